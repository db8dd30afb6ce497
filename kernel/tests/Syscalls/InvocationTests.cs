// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Syscalls;

/// <summary>What is common to all invocations: who is invoked, with what, and what comes back (ABI §3.6, §7).</summary>
public sealed class InvocationTests : KernelTest
{
    private readonly ulong _faults;
    private readonly SimThread _handler;
    private readonly SimThread _caller;

    public InvocationTests()
    {
        _faults = Sim.NewObject(ObjectType.Endpoint);
        _handler = Sim.NewThread("handler", 120);
        _caller = Sim.NewThread("caller", 110, Sim.Mint(_faults, 7));
    }

    private void StartWithHandler()
    {
        Sim.Park();
        _handler.Recv(_faults);
    }

    [Theory]
    [InlineData(SystemCall.Call)]
    [InlineData(SystemCall.Send)]
    [Rule("R-SYS-01", "R-FAULT-04", "R-FAULT-08")]
    public void Invoking_an_address_that_leads_nowhere_raises_a_fault_in_the_send_phase(SystemCall call)
    {
        StartWithHandler();
        ulong ip = _caller.Rip;
        _caller.Enter(call, Unresolvable, 0);
        Assert.True(_handler.IsRunning);
        AssertCapFault(_handler.Answer, ip, Unresolvable, 0, 4, 64, 0, 54);
        Assert.Equal(7ul, _handler.Answer.Badge);
        Assert.Equal(ThreadState.BlockedOnReply, _caller.State);
    }

    [Fact]
    [Rule("R-SYS-02")]
    public void NBSend_to_an_address_that_leads_nowhere_does_nothing()
    {
        StartWithHandler();
        Mark(_caller);
        _caller.Enter(SystemCall.NBSend, Unresolvable, Untouched);
        Assert.True(_caller.IsRunning);
        Assert.Equal(Unresolvable, _caller.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_caller);
        Assert.Equal(ThreadState.BlockedOnReceive, _handler.State);
    }

    [Fact]
    [Rule("R-SYS-03", "R-SYS-12", "ABI-7.2")]
    public void Calling_an_empty_slot_fails_with_InvalidCapability_0() =>
        AssertRefused(Root.Call(EmptySlot, 99), ErrorCode.InvalidCapability, 0);

    [Theory]
    [InlineData(InitialSlot.Tcb)]
    [InlineData(InitialSlot.CNode)]
    [InlineData(InitialSlot.Domain)]
    [InlineData(InitialSlot.AsidControl)]
    [InlineData(InitialSlot.AsidPool)]
    [InlineData(InitialSlot.IoPortControl)]
    [InlineData(InitialSlot.IpcBufferFrame)]
    [InlineData(SimSystem.WorkUntyped)]
    [Rule("R-SYS-04")]
    public void A_label_that_is_no_method_fails_before_anything_else_is_looked_at(ulong target)
    {
        AssertRefused(Root.Call(target, 0), ErrorCode.IllegalOperation);
        AssertRefused(Root.Call(target, 1000), ErrorCode.IllegalOperation);
        AssertRefused(Root.Call(target, (1ul << 52) - 1), ErrorCode.IllegalOperation);
    }

    [Theory]
    [InlineData(InvocationLabel.TcbReadRegisters, 1)]
    [InlineData(InvocationLabel.TcbWriteRegisters, 1)]
    [InlineData(InvocationLabel.TcbCopyRegisters, 0)]
    [InlineData(InvocationLabel.TcbConfigure, 3)]
    [InlineData(InvocationLabel.TcbSetPriority, 0)]
    [InlineData(InvocationLabel.TcbSetMcPriority, 0)]
    [InlineData(InvocationLabel.TcbSetSchedParams, 1)]
    [InlineData(InvocationLabel.TcbSetIpcBuffer, 0)]
    [InlineData(InvocationLabel.TcbSetSpace, 2)]
    [InlineData(InvocationLabel.TcbSetTlsBase, 0)]
    [InlineData(InvocationLabel.TcbSetFlags, 1)]
    [Rule("R-SYS-05", "ABI-7.3")]
    public void One_word_too_few_is_a_truncated_message_even_when_the_rest_is_wrong_too(InvocationLabel method, int words)
    {
        ulong[] message = new ulong[words];
        Array.Fill(message, ulong.MaxValue);
        AssertRefused(Root.Invoke(_caller.Capability, method, message, [EmptySlot, EmptySlot, EmptySlot]), ErrorCode.TruncatedMessage);
    }

    [Theory]
    [InlineData(InvocationLabel.TcbCopyRegisters, 0)]
    [InlineData(InvocationLabel.TcbConfigure, 2)]
    [InlineData(InvocationLabel.TcbSetPriority, 0)]
    [InlineData(InvocationLabel.TcbSetMcPriority, 0)]
    [InlineData(InvocationLabel.TcbSetSchedParams, 0)]
    [InlineData(InvocationLabel.TcbSetIpcBuffer, 0)]
    [InlineData(InvocationLabel.TcbSetSpace, 1)]
    [InlineData(InvocationLabel.TcbBindNotification, 0)]
    [Rule("R-SYS-06")]
    public void One_capability_too_few_is_a_truncated_message(InvocationLabel method, int capabilities)
    {
        ulong[] given = new ulong[capabilities];
        Array.Fill(given, EmptySlot);
        AssertRefused(Root.Invoke(_caller.Capability, method, [0, 0, 0, 0, 0], given), ErrorCode.TruncatedMessage);
    }

    [Fact]
    [Rule("R-SYS-07", "ABI-7.1", "ABI-8.2")]
    public void An_extra_capability_that_leads_nowhere_raises_a_fault_and_the_method_is_not_executed()
    {
        StartWithHandler();
        ulong ip = _caller.Rip;
        _caller.Invoke(_handler.Capability, InvocationLabel.TcbSetPriority, [1], [Unresolvable]);
        AssertCapFault(_handler.Answer, ip, Unresolvable, 0, 4, 64, 0, 54);
        Assert.Equal(120, _handler.Tcb.Value.Priority);
    }

    [Fact]
    [Rule("R-SYS-07")]
    public void The_second_of_three_bad_extra_capabilities_is_named_when_the_first_is_good()
    {
        StartWithHandler();
        _caller.Invoke(_handler.Capability, InvocationLabel.TcbSuspend, [], [InitialSlot.Tcb, Unresolvable + 1, Unresolvable + 2]);
        Assert.Equal(Unresolvable + 1, _handler.Answer[1]);
    }

    [Fact]
    [Rule("R-SYS-08")]
    public void An_empty_extra_slot_is_judged_by_the_method() =>
        AssertRefused(Root.Invoke(_caller.Capability, InvocationLabel.TcbSetPriority, [1], [EmptySlot]), ErrorCode.InvalidCapability, 1);

    [Fact]
    [Rule("R-SYS-09", "R-SYS-10")]
    public void Surplus_words_and_capabilities_are_ignored()
    {
        SimAnswer answer = Root.Invoke(
            _caller.Capability, InvocationLabel.TcbSetPriority, [3, 4, 5, 6, 7, 8], [InitialSlot.Tcb, EmptySlot, InitialSlot.CNode]);
        AssertDone(answer);
        Assert.Equal(3, _caller.Tcb.Value.Priority);
    }

    [Theory]
    [InlineData(SystemCall.Send)]
    [InlineData(SystemCall.NBSend)]
    [Rule("R-SYS-11", "R-SYS-17")]
    public void Send_and_NBSend_perform_a_method_and_return_nothing(SystemCall call)
    {
        Mark(Root);
        MessageInfo info = new((ulong)InvocationLabel.TcbSetFlags, 0, 0, 2);
        Root.Enter(call, _caller.Capability, info.Word);
        Assert.Equal(_caller.Capability, Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root, info.Word);

        // Untouched has bit 0 clear in both words, so nothing was set; now with a set bit.
        Root.SetWord(1, 1);
        Root.Enter(call, _caller.Capability, info.Word);
        Assert.Equal(1, _caller.Tcb.Value.Flags);
    }

    [Theory]
    [InlineData(SystemCall.Send)]
    [InlineData(SystemCall.NBSend)]
    [Rule("R-SYS-11")]
    public void Errors_of_Send_and_NBSend_are_invisible(SystemCall call)
    {
        Mark(Root);
        Root.Enter(call, EmptySlot, Untouched);
        Assert.Equal(EmptySlot, Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root);
        Assert.True(Root.IsRunning);
    }

    [Fact]
    [Rule("R-SYS-14")]
    public void Without_a_buffer_four_words_and_no_capability_arrive_at_a_method()
    {
        SimThread bare = Sim.NewThread("bare", 115, 0, SimBuffer.None);
        Sim.Park();
        _handler.Recv(_faults);

        // Three registers are promised, and with the two words before them that makes five, but only four can be passed.
        bare.Register(UserContext.Rsi) = 0;
        SimAnswer answer = bare.Invoke(_caller.Capability, InvocationLabel.TcbWriteRegisters, [0, 3, 0x1000, 0x2000, 0x3000]);
        AssertRefused(answer, ErrorCode.TruncatedMessage);
        MessageInfo info = new((ulong)InvocationLabel.TcbSetPriority, 0, 1, 1);
        AssertRefused(bare.Enter(SystemCall.Call, _caller.Capability, info.Word), ErrorCode.TruncatedMessage);
    }

    [Fact]
    [Rule("R-SYS-14", "R-TCB-10")]
    public void Without_a_buffer_at_most_four_results_come_back()
    {
        SimThread bare = Sim.NewThread("bare", 130, 0, SimBuffer.None);
        Sim.Park();
        bare.Invoke(_caller.Capability, InvocationLabel.TcbReadRegisters, [0, 20]);
        Assert.Equal(4, bare.Answer.Length);
    }

    [Fact]
    [Rule("R-SYS-15")]
    public void A_length_field_above_120_counts_as_120()
    {
        MessageInfo info = new((ulong)InvocationLabel.TcbWriteRegisters, 0, 0, 127);
        Root.SetWord(0, 0);
        Root.SetWord(1, 119);
        AssertRefused(Root.Enter(SystemCall.Call, _caller.Capability, info.Word), ErrorCode.TruncatedMessage);
        Root.SetWord(0, 0);
        Root.SetWord(1, 118);
        AssertDone(Root.Enter(SystemCall.Call, _caller.Capability, info.Word));
    }

    [Fact]
    [Rule("R-SYS-16", "R-DEL-16", "ABI-7.4")]
    public void A_preempted_invocation_is_executed_again_and_looks_like_one_call()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 8);
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        for (ulong i = 0; i < 200; i++)
            AssertDone(Root.Invoke(node, InvocationLabel.CNodeCopy, [i, 8, endpoint, 64, 15], [InitialSlot.CNode]));
        int steps = 0;
        Sim.Stepped = () => steps++;
        Sim.Kernel.Hardware.IsInterruptPending = true;
        Root.SetWord(3, Untouched);
        AssertDone(Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [node, 64]));
        Assert.True(steps >= 2, $"the deletion of 200 capabilities was not interrupted: {steps} steps");
        Assert.Equal(Untouched, Root.Word(3));
        Assert.True(Sim.CapabilityAt(node).IsNull);
    }

    [Fact]
    [Rule("R-SYS-17")]
    public void Registers_that_carry_nothing_keep_their_values_over_a_call()
    {
        int[] plain = [UserContext.Rax, UserContext.Rbx, UserContext.Rbp, UserContext.R12, UserContext.R13, UserContext.R14,
            UserContext.Rsp, UserContext.Rflags, UserContext.FsBase, UserContext.GsBase, UserContext.Cs, UserContext.Ss];
        ulong[] before = new ulong[plain.Length];
        for (int i = 0; i < plain.Length; i++) before[i] = Root.Register(plain[i]);
        AssertDone(Root.Invoke(_caller.Capability, InvocationLabel.TcbSuspend));
        for (int i = 0; i < plain.Length; i++) Assert.Equal(before[i], Root.Register(plain[i]));
        Assert.Equal(ulong.MaxValue, Root.Register(UserContext.Rdx));
    }
}
