// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Faults;

/// <summary>What a fault handler is told, and what happens without a usable one (ABI §8.1–8.3).</summary>
[Rule("ABI-8.3")]
public sealed class FaultDeliveryTests : KernelTest
{
    private const ulong Badge = 0xbad9e;

    private readonly ulong _faults;
    private readonly SimThread _handler;
    private readonly SimThread _thread;

    public FaultDeliveryTests()
    {
        _faults = Sim.NewObject(ObjectType.Endpoint);
        _handler = Sim.NewThread("handler", 120);
        _thread = Sim.NewThread("thread", 110, Sim.Mint(_faults, Badge));
    }

    private void Start()
    {
        Sim.Park();
        _handler.Recv(_faults);
    }

    private void SetHandler(ulong capability) => AssertDone(Root.Invoke(
        _thread.Capability, InvocationLabel.TcbSetSpace, [capability, 0, 0], [InitialSlot.CNode, InitialSlot.VSpace]));

    [Theory]
    [InlineData(CapRights.Read | CapRights.Grant | CapRights.GrantReply)]
    [InlineData(CapRights.Write | CapRights.Read)]
    [InlineData(CapRights.None)]
    [Rule("R-FAULT-06", "R-FAULT-07")]
    public void A_handler_without_Write_and_one_of_Grant_and_GrantReply_is_unusable(CapRights rights)
    {
        ulong weak = Sim.NewSlot();
        AssertDone(CopyCap(_faults, weak, rights));
        SetHandler(weak);
        Start();
        ulong ip = _thread.Rip;
        _thread.Except(6);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Assert.Equal(ThreadState.BlockedOnReceive, _handler.State);
        Resume(_thread);
        Assert.True(_thread.IsRunning);
        Assert.Equal(ip, _thread.Rip);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(Unresolvable)]
    [InlineData(EmptySlot)]
    [InlineData(InitialSlot.Tcb)]
    [Rule("R-FAULT-07")]
    public void Without_a_handler_the_thread_stops_and_can_be_resumed(ulong handler)
    {
        SetHandler(handler);
        Start();
        _thread.Except(13, 8);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Assert.True(Sim.IsIdle);
        Resume(_thread);
        Assert.True(_thread.IsAboutToRepeat);
    }

    [Theory]
    [InlineData(CapRights.Write | CapRights.Grant)]
    [InlineData(CapRights.Write | CapRights.GrantReply)]
    [Rule("R-FAULT-06")]
    public void Write_with_one_of_the_grant_rights_is_enough(CapRights rights)
    {
        ulong handler = Sim.NewSlot();
        AssertDone(CopyCap(_faults, handler, rights));
        SetHandler(handler);
        Start();
        _thread.Except(6);
        Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
    }

    [Fact]
    [Rule("R-FAULT-01", "R-FAULT-08")]
    public void A_page_fault_is_sent_with_address_and_status()
    {
        Start();
        ulong ip = _thread.Rip;
        _thread.Except(14, 0x27, 0x1234_5678);
        SimAnswer message = _handler.Answer;
        Assert.Equal((ulong)FaultLabel.VmFault, message.Label);
        Assert.Equal(Badge, message.Badge);
        Assert.Equal([ip, 0x1234_5678, 0, 0x7], message.Words);
        Assert.Equal(0, message.Info.ExtraCaps);
    }

    [Fact]
    [Rule("R-FAULT-01")]
    public void A_fault_of_an_instruction_fetch_says_so()
    {
        Start();
        _thread.Except(14, 0x14, 0x9000);
        Assert.Equal([_thread.Rip, 0x9000, 1, 0x14], _handler.Answer.Words);
    }

    [Fact]
    [Rule("R-FAULT-02")]
    public void An_exception_is_sent_with_registers_number_and_code()
    {
        Start();
        ulong ip = _thread.Rip;
        _thread.Register(UserContext.Rsp) = 0x7ff0;
        _thread.Register(UserContext.Rflags) = 0x246;
        _thread.Except(13, 0x18);
        Assert.Equal((ulong)FaultLabel.UserException, _handler.Answer.Label);
        Assert.Equal([ip, 0x7ff0, 0x246, 13, 0x18], _handler.Answer.Words);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(-15L)]
    [InlineData(-22L)]
    [InlineData(-29L)]
    [InlineData(-31L)]
    [InlineData(long.MinValue)]
    [Rule("R-FAULT-03", "R-SYS-13", "R-FAULT-19")]
    public void An_unknown_system_call_is_sent_with_all_registers(long number)
    {
        Start();
        ulong ip = _thread.Rip;
        int[] order = [UserContext.Rax, UserContext.Rbx, UserContext.Rcx, UserContext.Rdx, UserContext.Rsi, UserContext.Rdi,
            UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10, UserContext.R11, UserContext.R12, UserContext.R13,
            UserContext.R14, UserContext.R15];
        foreach (int register in order) _thread.Register(register) = 0x100 + (ulong)register;
        _thread.Register(UserContext.Rsp) = 0x7ff0;
        ulong rdi = _thread.Register(UserContext.Rdi);
        _thread.Enter((SystemCall)number, rdi, _thread.Register(UserContext.Rsi));
        Assert.Equal((ulong)FaultLabel.UnknownSyscall, _handler.Answer.Label);
        ulong[] expected = new ulong[19];
        for (int i = 0; i < order.Length; i++) expected[i] = 0x100 + (ulong)order[i];
        expected[3] = (ulong)number;
        expected[15] = ip;
        expected[16] = 0x7ff0;
        expected[17] = 0x202;
        expected[18] = (ulong)number;
        Assert.Equal(expected, _handler.Answer.Words);
    }

    [Theory]
    [InlineData(160, 0xff00_1234ul, 0xffff_ffff_a000_1234ul)]
    [InlineData(254, 0x00ab_cdeful, 0xffff_ffff_feab_cdeful)]
    [Rule("R-FAULT-03")]
    public void A_software_interrupt_counts_as_an_unknown_system_call(int vector, ulong rax, ulong number)
    {
        Start();
        _thread.Register(UserContext.Rax) = rax;
        ulong ip = _thread.Rip;
        _thread.Register(UserContext.Rip) = ip + 2;
        Sim.Vector(vector);
        Assert.Equal((ulong)FaultLabel.UnknownSyscall, _handler.Answer.Label);
        Assert.Equal(number, _handler.Answer[18]);
        Assert.Equal(ip, _handler.Answer[15]);
    }

    [Fact]
    [Rule("R-FAULT-05")]
    public void The_handler_is_looked_up_when_the_fault_happens()
    {
        ulong later = Sim.NewSlot();
        SetHandler(later);
        AssertDone(CopyCap(_faults, later));
        Start();
        _thread.Except(6);
        Assert.True(_handler.IsRunning);
    }

    [Fact]
    [Rule("R-FAULT-05")]
    public void The_handler_is_looked_up_in_the_CSpace_of_the_thread_that_faults()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertDone(Root.Invoke(node, InvocationLabel.CNodeMint, [3, 4, _faults, 64, 15, 0x55], [InitialSlot.CNode]));
        AssertDone(Root.Invoke(
            _thread.Capability, InvocationLabel.TcbSetSpace, [3, new CNodeGuard(0, 60).Word, 0], [node, InitialSlot.VSpace]));
        Start();
        _thread.Except(6);
        Assert.Equal(0x55ul, _handler.Answer.Badge);
    }

    [Fact]
    [Rule("R-FAULT-09")]
    public void A_fault_waits_in_the_queue_like_a_call()
    {
        AssertDone(Root.Invoke(_handler.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _thread.Except(6);
        Assert.Equal(ThreadState.BlockedOnSend, _thread.State);
        Resume(_handler);
        _handler.Recv(_faults);
        Assert.Equal((ulong)FaultLabel.UserException, _handler.Answer.Label);
        Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
    }

    [Fact]
    [Rule("R-FAULT-18", "R-FAULT-19")]
    public void A_handler_without_buffer_gets_four_words_and_the_length_says_so()
    {
        SimThread bare = Sim.NewThread("bare", 130, 0, SimBuffer.None);
        Sim.Park();
        bare.Recv(_faults);
        _handler.Recv(_faults);
        _thread.Except(13, 0x18);
        Assert.Equal(4, bare.Answer.Length);
        Assert.Equal(13ul, bare.Answer[3]);
    }

    [Fact]
    [Rule("R-FAULT-17")]
    public void A_fault_carries_no_capabilities_even_if_the_registers_ask_for_it()
    {
        _handler.SetReceiveSlot(InitialSlot.CNode, EmptySlot, 64);
        Start();
        _thread.Load(0, [], [InitialSlot.Tcb]);
        _thread.Register(UserContext.Rsi) = new MessageInfo(0, 0, 1, 0).Word;
        _thread.Except(6);
        Assert.Equal(0, _handler.Answer.Info.ExtraCaps);
        Assert.True(Sim.CapabilityAt(EmptySlot).IsNull);
    }

    [Fact]
    [Rule("R-FAULT-20", "R-SYS-01")]
    public void A_fault_in_the_send_phase_of_a_call_leaves_nothing_queued_on_the_target()
    {
        ulong target = Sim.NewObject(ObjectType.Endpoint);
        Start();
        _thread.Call(target, 1, [], [Unresolvable]);
        Assert.True(_handler.IsRunning);
        _handler.NBRecv(target);
        Assert.Equal(0ul, _handler.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-FAULT-04", "R-CSP-05")]
    public void A_depth_mismatch_has_six_words()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        ulong inner = Sim.NewSlot();
        AssertDone(Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeMint,
            [inner, 64, node, 64, 15, new CNodeGuard(0, 50).Word], [InitialSlot.CNode]));
        AssertDone(Root.Invoke(_thread.Capability, InvocationLabel.TcbSetSpace,
            [4, new CNodeGuard(0, 58).Word, 0], [node, InitialSlot.VSpace]));
        AssertDone(Root.Invoke(node, InvocationLabel.CNodeMint,
            [1, 4, node, 64, 15, new CNodeGuard(0, 0).Word], [InitialSlot.CNode]));
        AssertDone(Root.Invoke(node, InvocationLabel.CNodeMint, [0, 4, _faults, 64, 15, 0x66], [InitialSlot.CNode]));
        Start();
        ulong ip = _thread.Rip;

        // 58 bits of guard and 4 of index leave 2, which are too few for the 4 of the next level. Address 4 is slot 1 then.
        _thread.Call(4, 0);
        Assert.Equal(ThreadState.Inactive, _thread.State);
        Sim.AsRoot(root => AssertDone(root.Invoke(_thread.Capability, InvocationLabel.TcbSetSpace,
            [0, new CNodeGuard(0, 58).Word, 0], [node, InitialSlot.VSpace])));
        Resume(_thread);
        _thread.Repeat();
        AssertCapFault(_handler.Answer, ip, 4, 0, 3, 2, 4);
    }

    [Fact]
    [Rule("R-FAULT-21")]
    public void A_breakpoint_is_a_user_exception_in_this_configuration()
    {
        Start();
        _thread.Except(3);
        Assert.Equal((ulong)FaultLabel.UserException, _handler.Answer.Label);
        Assert.Equal(3ul, _handler.Answer[3]);
    }
}
