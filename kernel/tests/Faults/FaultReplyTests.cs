// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Faults;

/// <summary>What a handler's answer does to the thread (ABI §8.4).</summary>
public sealed class FaultReplyTests : KernelTest
{
    private readonly ulong _faults;
    private readonly SimThread _handler;
    private readonly SimThread _thread;

    public FaultReplyTests()
    {
        _faults = Sim.NewObject(ObjectType.Endpoint);
        _handler = Sim.NewThread("handler", 120);
        _thread = Sim.NewThread("thread", 110, _faults);
        Sim.Park();
        _handler.Recv(_faults);
    }

    private ulong[] Registers()
    {
        ulong[] registers = new ulong[UserContext.Count];
        for (int i = 0; i < registers.Length; i++) registers[i] = _thread.Register(i);
        return registers;
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [Rule("R-FAULT-11", "R-FAULT-13")]
    public void A_reply_to_a_page_fault_restarts_whatever_its_label_and_words(ulong label)
    {
        ulong ip = _thread.Rip;
        _thread.Except(14, 6, 0x9000);
        ulong[] before = Registers();
        _handler.ReplyRecv(_faults, label, [1, 2, 3, 4]);
        Assert.True(_thread.IsRunning);
        Assert.Equal(ip, _thread.Rip);
        Assert.Equal(before, Registers());
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(77ul)]
    [Rule("R-FAULT-11", "R-FAULT-13")]
    public void A_reply_to_a_capability_fault_restarts_the_system_call(ulong label)
    {
        ulong ip = _thread.Rip;
        _thread.Call(Unresolvable, 5, [1]);
        _handler.ReplyRecv(_faults, label, [1, 2, 3, 4]);
        Assert.True(_thread.IsRunning);
        Assert.Equal(ip, _thread.Rip);
        Assert.Equal(Unresolvable, _thread.Register(UserContext.Rdi));
        _thread.Repeat();
        Assert.Equal(Unresolvable, _handler.Answer[1]);
    }

    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    [InlineData(1ul << 51)]
    [Rule("R-FAULT-10")]
    public void Another_label_than_0_leaves_an_exception_stopped(ulong label)
    {
        _thread.Except(6);
        _handler.ReplyRecv(_faults, label);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Assert.True(Sim.IsIdle);
    }

    [Fact]
    [Rule("R-FAULT-10", "R-FAULT-12")]
    public void Another_label_than_0_leaves_an_unknown_system_call_stopped_with_its_registers_written()
    {
        _thread.Enter(0, 0, 0);
        _handler.ReplyRecv(_faults, 1, [0xaaaa]);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Assert.Equal(0xaaaaul, _thread.Register(UserContext.Rax));
    }

    [Fact]
    [Rule("R-FAULT-12", "R-FAULT-13", "R-TCB-15")]
    public void A_reply_to_an_exception_sets_address_stack_and_flags_sanitised()
    {
        _thread.Except(6);
        ulong rax = _thread.Register(UserContext.Rax);
        _handler.ReplyRecv(_faults, 0, [0x7000, 0x8000, ulong.MaxValue, 0x1111, 0x2222]);
        Assert.True(_thread.IsRunning);
        Assert.Equal(0x7000ul, _thread.Rip);
        Assert.Equal(0x8000ul, _thread.Register(UserContext.Rsp));
        Assert.Equal(0xed7ul, _thread.Register(UserContext.Rflags));
        Assert.Equal(rax, _thread.Register(UserContext.Rax));
    }

    [Fact]
    [Rule("R-FAULT-12")]
    public void A_shorter_reply_sets_fewer_registers()
    {
        ulong rsp = _thread.Register(UserContext.Rsp);
        _thread.Except(6);
        _handler.ReplyRecv(_faults, 0, [0x7000]);
        Assert.Equal(0x7000ul, _thread.Rip);
        Assert.Equal(rsp, _thread.Register(UserContext.Rsp));
    }

    [Fact]
    [Rule("R-FAULT-12", "R-FAULT-03")]
    public void A_full_reply_to_an_unknown_system_call_sets_18_registers_in_message_order()
    {
        _thread.Enter((SystemCall)5, 0, 0);
        ulong[] words = new ulong[20];
        for (int i = 0; i < words.Length; i++) words[i] = 0x1000 + (ulong)i;
        words[17] = 0x246;
        _handler.ReplyRecv(_faults, 0, words);
        Assert.True(_thread.IsRunning);
        int[] order = [UserContext.Rax, UserContext.Rbx, UserContext.Rcx, UserContext.Rdx, UserContext.Rsi, UserContext.Rdi,
            UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10, UserContext.R11, UserContext.R12, UserContext.R13,
            UserContext.R14, UserContext.R15, UserContext.Rip, UserContext.Rsp, UserContext.Rflags];
        for (int i = 0; i < order.Length; i++) Assert.Equal(words[i], _thread.Register(order[i]));
    }

    [Fact]
    [Rule("R-FAULT-18", "R-FAULT-12")]
    public void A_handler_without_buffer_can_set_four_registers()
    {
        SimThread bare = null!;
        ulong other = 0;
        Sim.AsRoot(root =>
        {
            other = Sim.NewObject(ObjectType.Endpoint);
            bare = Sim.NewThread("bare", 130, 0, SimBuffer.None);
            AssertDone(root.Invoke(
                _thread.Capability, InvocationLabel.TcbSetSpace, [other, 0, 0], [InitialSlot.CNode, InitialSlot.VSpace]));
        });
        bare.Recv(other);
        _thread.Enter((SystemCall)5, 0, Untouched);
        bare.SetWord(0, 1);
        bare.SetWord(3, 4);
        bare.Enter(SystemCall.Reply, 0, new MessageInfo(0, 0, 0, 18).Word);
        Assert.Equal(1ul, _thread.Register(UserContext.Rax));
        Assert.Equal(4ul, _thread.Register(UserContext.Rdx));
        Assert.Equal(Untouched, _thread.Register(UserContext.Rsi));
        Assert.Equal(ThreadState.Restart, _thread.State);
    }

    [Fact]
    [Rule("R-FAULT-14", "R-REPLY-08")]
    public void A_saved_reply_capability_answers_a_fault_as_well()
    {
        ulong saved = Sim.NewSlot();
        _thread.Except(6);
        AssertDone(_handler.Invoke(InitialSlot.CNode, InvocationLabel.CNodeSaveCaller, [saved, 64]));
        _handler.Send(saved, 0, [0x7000]);
        Assert.Equal(ThreadState.Restart, _thread.State);
        _handler.Recv(_faults);
        Assert.Equal(0x7000ul, _thread.Rip);
    }

    [Fact]
    [Rule("R-FAULT-15", "R-REPLY-04")]
    public void Discarding_the_reply_leaves_the_thread_blocked_and_Resume_repeats_the_instruction()
    {
        ulong ip = _thread.Rip;
        _thread.Except(6);
        _handler.Recv(_faults);
        Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
        Resume(_thread);
        Assert.True(_thread.IsRunning);
        Assert.Equal(ip, _thread.Rip);
        _thread.Except(6);
        Assert.True(_handler.IsRunning);
    }

    [Fact]
    [Rule("R-FAULT-16")]
    public void Writing_registers_and_resuming_continues_a_faulted_thread()
    {
        _thread.Except(14, 4, 0x9000);
        Sim.AsRoot(root => AssertDone(root.Invoke(_thread.Capability, InvocationLabel.TcbWriteRegisters, [1, 1, 0x6000])));
        Assert.Equal(ThreadState.Restart, _thread.State);
        _handler.Recv(_faults);
        Assert.True(_thread.IsRunning);
        Assert.Equal(0x6000ul, _thread.Rip);

        // The fault is forgotten: a message from here is a message.
        Sim.AsRoot(root => AssertDone(root.Invoke(_handler.Capability, InvocationLabel.TcbSuspend)));
        _thread.Send(_faults, 42);
        Sim.AsRoot(root => Assert.Equal(42ul, root.NBRecv(_faults).Label));
    }

    [Fact]
    [Rule("R-FAULT-15", "R-TCB-05")]
    public void Suspending_a_faulted_thread_takes_its_fault_back()
    {
        Sim.AsRoot(root => AssertDone(root.Invoke(_handler.Capability, InvocationLabel.TcbSuspend)));
        _thread.Except(6);
        Assert.Equal(ThreadState.BlockedOnSend, _thread.State);
        Suspend(_thread);
        Sim.AsRoot(root => Assert.Equal(0ul, root.NBRecv(_faults).Badge));
        Assert.Equal(0, _thread.Tcb.Value.FaultKind);
    }

    [Fact]
    [Rule("R-FAULT-13", "R-TCB-33")]
    public void A_reply_does_not_lose_the_bases_that_the_CPU_holds()
    {
        Sim.Kernel.Hardware.HasFsGsBase = true;
        SimThread single = _thread;
        Sim.Kernel.Hardware.FsBase = 0x5555_0000;
        single.Except(6);
        _handler.ReplyRecv(_faults, 0, [0x7000]);
        Assert.True(single.IsRunning);
        Assert.Equal(0x5555_0000ul, Sim.Kernel.Hardware.FsBase);
    }
}
