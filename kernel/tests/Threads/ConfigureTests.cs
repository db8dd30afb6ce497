// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Threads;

/// <summary>Configure, SetSpace, SetIPCBuffer: roots and buffer of a thread (ABI §10.2).</summary>
public sealed class ConfigureTests : KernelTest
{
    private const ulong BadGuard = 55;

    private readonly ulong _tcb;
    private readonly ulong _frame;
    private readonly ulong _plainPml4;

    public ConfigureTests()
    {
        _tcb = Sim.NewObject(ObjectType.Tcb);
        _frame = Sim.NewObject(ObjectType.SmallPage);
        _plainPml4 = Sim.NewObject(ObjectType.Pml4);
    }

    private Ref<Tcb> Tcb => new(Sim.CapabilityAt(_tcb).TcbAddress);

    private SimAnswer Configure(ulong cspace, ulong vspace, ulong frame, ulong address, ulong cspaceData = 0, ulong handler = 0) =>
        Root.Invoke(_tcb, InvocationLabel.TcbConfigure, [handler, cspaceData, 0, address], [cspace, vspace, frame]);

    private SimAnswer SetSpace(ulong cspace, ulong vspace, ulong handler = 0, ulong cspaceData = 0) =>
        Root.Invoke(_tcb, InvocationLabel.TcbSetSpace, [handler, cspaceData, 0], [cspace, vspace]);

    private SimAnswer SetBuffer(ulong address, ulong frame) => Root.Invoke(_tcb, InvocationLabel.TcbSetIpcBuffer, [address], [frame]);

    private void AssertNothingConfigured()
    {
        Assert.True(Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.IsEmpty);
        Assert.True(Slots.Of(Tcb, TcbSlot.VSpaceRoot).Value.IsEmpty);
        Assert.True(Slots.Of(Tcb, TcbSlot.IpcBuffer).Value.IsEmpty);
        Assert.Equal(0ul, Tcb.Value.FaultHandler);
    }

    [Theory]
    [InlineData(InitialSlot.Tcb)]
    [InlineData(EmptySlot)]
    [InlineData(InitialSlot.VSpace)]
    [Rule("R-TCB-18")]
    public void The_CSpace_root_must_be_a_CNode(ulong root)
    {
        AssertRefused(Configure(root, InitialSlot.VSpace, EmptySlot, 0, handler: 5), ErrorCode.IllegalOperation);
        AssertRefused(SetSpace(root, InitialSlot.VSpace, 5), ErrorCode.IllegalOperation);
        AssertNothingConfigured();
    }

    [Fact]
    [Rule("R-TCB-19")]
    public void The_VSpace_root_must_be_a_PML4_with_an_ASID()
    {
        foreach (ulong root in (ulong[])[InitialSlot.CNode, EmptySlot, _plainPml4, _frame])
        {
            AssertRefused(Configure(InitialSlot.CNode, root, EmptySlot, 0), ErrorCode.IllegalOperation);
            AssertRefused(SetSpace(InitialSlot.CNode, root), ErrorCode.IllegalOperation);
        }

        AssertNothingConfigured();
        AssertDone(Root.Invoke(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [_plainPml4]));
        AssertDone(Configure(InitialSlot.CNode, _plainPml4, EmptySlot, 0));
    }

    [Fact]
    [Rule("R-TCB-21", "R-UT-19")]
    public void The_buffer_must_be_a_frame_of_ordinary_memory()
    {
        ulong device = Sim.NewObject(ObjectType.SmallPage, 0, SimSystem.DeviceUntyped);
        foreach (ulong frame in (ulong[])[InitialSlot.CNode, EmptySlot, device])
        {
            AssertRefused(Configure(InitialSlot.CNode, InitialSlot.VSpace, frame, 0x1000), ErrorCode.IllegalOperation);
            AssertRefused(SetBuffer(0x1000, frame), ErrorCode.IllegalOperation);

            // The kind of frame is judged before the address.
            AssertRefused(SetBuffer(0x1001, frame), ErrorCode.IllegalOperation);
        }

        AssertNothingConfigured();
    }

    [Theory]
    [InlineData(0x1001ul)]
    [InlineData(0x1200ul)]
    [InlineData(1ul)]
    [Rule("R-TCB-22")]
    public void A_crooked_buffer_address_is_an_alignment_error_and_comes_before_bad_roots(ulong address)
    {
        AssertRefused(SetBuffer(address, _frame), ErrorCode.AlignmentError);
        AssertRefused(Configure(EmptySlot, EmptySlot, _frame, address), ErrorCode.AlignmentError);
        AssertNothingConfigured();
    }

    [Fact]
    [Rule("R-TCB-21")]
    public void An_untyped_with_children_as_buffer_gives_the_error_of_its_derivation() =>
        AssertRefused(SetBuffer(0x1000, SimSystem.WorkUntyped), ErrorCode.RevokeFirst);

    [Fact]
    [Rule("R-TCB-20")]
    public void Buffer_address_0_means_no_buffer_whatever_the_capability()
    {
        AssertDone(SetBuffer(0x1000, _frame));
        AssertDone(SetBuffer(0, EmptySlot));
        Assert.True(Slots.Of(Tcb, TcbSlot.IpcBuffer).Value.IsEmpty);
        AssertDone(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0x1000));
        AssertDone(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0));
        Assert.True(Slots.Of(Tcb, TcbSlot.IpcBuffer).Value.IsEmpty);
    }

    [Fact]
    [Rule("R-TCB-26")]
    public void CSpace_data_0_keeps_the_guard_and_other_values_set_it()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertDone(Configure(node, InitialSlot.VSpace, EmptySlot, 0));
        Assert.Equal(0ul, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Capability.CNodeGuardSize);
        AssertDone(Configure(node, InitialSlot.VSpace, EmptySlot, 0, new CNodeGuard(5, 60).Word));
        Assert.Equal(60ul, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Capability.CNodeGuardSize);
        Assert.Equal(5ul, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Capability.CNodeGuard);
        Assert.Equal(0ul, Sim.CapabilityAt(node).CNodeGuardSize);
    }

    [Fact]
    [Rule("R-TCB-26", "R-TCB-18")]
    public void A_guard_that_does_not_fit_is_refused()
    {
        ulong data = new CNodeGuard(0, (int)BadGuard).Word;
        AssertRefused(Configure(InitialSlot.CNode, InitialSlot.VSpace, EmptySlot, 0, data), ErrorCode.IllegalOperation);
        AssertRefused(SetSpace(InitialSlot.CNode, InitialSlot.VSpace, 0, data), ErrorCode.IllegalOperation);
    }

    [Fact]
    [Rule("R-TCB-27")]
    public void SetSpace_replaces_roots_and_handler_and_leaves_the_buffer()
    {
        AssertDone(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0x1000, 0, 9));
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertDone(SetSpace(node, InitialSlot.VSpace, 11));
        Assert.Equal(4ul, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Capability.CNodeRadix);
        Assert.Equal(11ul, Tcb.Value.FaultHandler);
        Assert.Equal(CapabilityTag.Frame, Slots.Of(Tcb, TcbSlot.IpcBuffer).Value.Tag);
        Assert.Equal(0x1000ul, Tcb.Value.IpcBufferAddress);
    }

    [Fact]
    [Rule("R-TCB-28")]
    public void SetIPCBuffer_replaces_only_the_buffer()
    {
        AssertDone(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0x1000, 0, 9));
        ulong other = Sim.NewObject(ObjectType.SmallPage);
        AssertDone(SetBuffer(0x2400, other));
        Assert.Equal(Sim.CapabilityAt(other).FrameAddress, Slots.Of(Tcb, TcbSlot.IpcBuffer).Value.Capability.FrameAddress);
        Assert.Equal(9ul, Tcb.Value.FaultHandler);
        Assert.Equal(CapabilityTag.CNode, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Tag);
    }

    [Fact]
    [Rule("R-DER-17", "R-TCB-37", "R-CSP-13")]
    public void Revoking_the_original_takes_the_CSpace_away_and_every_lookup_fails()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertDone(Configure(node, InitialSlot.VSpace, EmptySlot, 0));
        AssertDone(Root.Invoke(_tcb, InvocationLabel.TcbResume));
        SimThread thread = Sim.Adopt(Tcb, _tcb, "thread");
        AssertDone(RevokeCap(node));
        Assert.True(Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.IsEmpty);
        Sim.Park();
        thread.NBSend(1, 0);
        Assert.True(thread.IsRunning);
        thread.Call(1, 0);
        Assert.Equal(ThreadState.Inactive, thread.State);
    }

    [Fact]
    [Rule("R-TCB-18")]
    public void A_root_whose_deletion_could_be_long_is_not_replaced()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertDone(Configure(node, InitialSlot.VSpace, _frame, 0x1000));
        AssertDone(DeleteCap(node));
        AssertRefused(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0x1000), ErrorCode.IllegalOperation);
        AssertRefused(SetSpace(InitialSlot.CNode, InitialSlot.VSpace), ErrorCode.IllegalOperation);
        Assert.Equal(4ul, Slots.Of(Tcb, TcbSlot.CSpaceRoot).Value.Capability.CNodeRadix);
    }

    [Fact]
    [Rule("R-TCB-27", "R-TCB-28")]
    public void A_thread_may_reconfigure_itself_and_goes_on_in_its_new_space()
    {
        AssertDone(Root.Invoke(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [_plainPml4]));
        AssertDone(Root.Invoke(
            InitialSlot.Tcb, InvocationLabel.TcbConfigure, [0, 0, 0, 0x1400], [InitialSlot.CNode, _plainPml4, _frame]));
        Assert.True(Root.IsRunning);
        Assert.Equal(Sim.CapabilityAt(_plainPml4).Pml4Address - Sim.Kernel.Memory.Window, Sim.Kernel.Hardware.PageTableRoot);
        Assert.Equal(Sim.CapabilityAt(_frame).FrameAddress + 0x400, Root.Buffer.Address);
    }

    [Fact]
    [Rule("R-TCB-39")]
    public void A_copy_of_a_TCB_capability_with_no_rights_is_full_authority()
    {
        ulong copy = Sim.NewSlot();
        AssertDone(CopyCap(_tcb, copy, CapRights.None));
        AssertDone(Root.Invoke(copy, InvocationLabel.TcbSetIpcBuffer, [0x1000], [_frame]));
    }

    [Fact]
    [Rule("R-TCB-40", "R-DEL-04", "R-DEL-01")]
    public void A_destroyed_thread_gives_up_the_capabilities_it_holds()
    {
        ulong frameAddress = Sim.CapabilityAt(_frame).FrameAddress;
        AssertDone(Configure(InitialSlot.CNode, InitialSlot.VSpace, _frame, 0x1000));
        AssertDone(Root.Invoke(_tcb, InvocationLabel.TcbResume));
        Ref<Tcb> tcb = Tcb;
        AssertDone(DeleteCap(_tcb));
        for (int i = 0; i < TcbSlots.Count; i++) Assert.True(Slots.Of(tcb, (TcbSlot)i).Value.IsEmpty);
        Assert.Equal(frameAddress, Sim.CapabilityAt(_frame).FrameAddress);
    }
}
