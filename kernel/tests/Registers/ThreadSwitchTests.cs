// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using Arch = Kernel.X64.X64<Kernel.Sim.SimMachine>;

namespace Kernel.Tests.Registers;

/// <summary>What changes in the CPU when another thread runs: address space, bases, FPU, and what does not.</summary>
public sealed class ThreadSwitchTests : IDisposable
{
    private readonly RootTaskWorld _world = new();

    private ref KernelState State => ref _world.State;

    private SimHardware Hardware => _world.Hardware;

    [Fact]
    public void Threads_of_one_address_space_share_cr3()
    {
        Ref<Tcb> other = NewThread();
        Hardware.ClearRecord();
        Switch(other);
        Switch(_world.Root);
        Assert.Empty(Hardware.RootWrites);
        Assert.Equal(_world.Root.Address + Tcb.RegistersOffset, Hardware.CurrentContext);
    }

    [Fact]
    public void Idling_keeps_the_address_space_of_the_last_thread()
    {
        Hardware.ClearRecord();
        Arch.SwitchToIdle(ref State);
        Assert.Equal(State.Idle.Address + Tcb.RegistersOffset, Hardware.CurrentContext);
        Switch(_world.Root);
        Assert.Empty(Hardware.RootWrites);
    }

    [Fact]
    [Rule("R-TCB-38")]
    public void A_thread_without_address_space_runs_on_the_kernels_tables_and_faults()
    {
        Ref<Tcb> other = NewThread();
        Slots.Of(other, TcbSlot.VSpaceRoot).Value.Capability = Capability.NewNull();
        Switch(other);
        Assert.Equal(SimHardware.KernelRoot, Hardware.PageTableRoot);
        Assert.Null(Hardware.Access(0x40_0000));
        Switch(_world.Root);
        Assert.Equal(_world.RootTable, Hardware.PageTableRoot);
    }

    [Fact]
    [Rule("R-TCB-38", "R-ASID-07")]
    public void A_thread_whose_address_space_lost_its_number_runs_on_the_kernels_tables()
    {
        ulong pool = _world.NewSlot();
        ulong[] caps = [_world.Make(ObjectType.Untyped, 12), InitialSlot.CNode];
        _world.Call(InitialSlot.AsidControl, InvocationLabel.X86AsidControlMakePool, [pool, 64], caps).MustSucceed();
        ulong space = _world.Make(ObjectType.Pml4);
        _world.Call(pool, InvocationLabel.X86AsidPoolAssign, [], space).MustSucceed();
        Ref<Tcb> other = NewThread(space);
        Switch(other);
        Assert.Equal(_world.Physical(_world.At(space).Pml4Address), Hardware.PageTableRoot);
        Switch(_world.Root);
        _world.Delete(pool);
        Switch(other);
        Assert.Equal(SimHardware.KernelRoot, Hardware.PageTableRoot);
        Assert.Equal(CapabilityTag.Pml4, Slots.Of(other, TcbSlot.VSpaceRoot).Value.Tag);
    }

    [Fact]
    public void Bases_follow_the_thread()
    {
        Ref<Tcb> other = NewThread();
        other.Value.Registers[UserContext.FsBase] = 0x1111_0000;
        other.Value.Registers[UserContext.GsBase] = 0x2222_0000;
        Switch(other);
        Assert.Equal((0x1111_0000ul, 0x2222_0000ul), (Hardware.FsBase, Hardware.GsBase));
        Switch(_world.Root);
        Assert.Equal((0ul, 0ul), (Hardware.FsBase, Hardware.GsBase));
    }

    [Fact]
    public void Without_fsgsbase_equal_bases_are_not_written()
    {
        Ref<Tcb> other = NewThread();
        Hardware.ClearRecord();
        Switch(other);
        Switch(_world.Root);
        Assert.Equal(0, Hardware.BaseWrites);
    }

    [Fact]
    public void With_fsgsbase_what_a_thread_set_itself_survives_switches()
    {
        Hardware.HasFsGsBase = true;
        Ref<Tcb> other = NewThread();
        Hardware.FsBase = 0x7777_0000;
        Hardware.GsBase = 0x8888_0000;
        Switch(other);
        Assert.Equal((0ul, 0ul), (Hardware.FsBase, Hardware.GsBase));
        Assert.Equal(0x7777_0000ul, _world.Root.Value.Registers[UserContext.FsBase]);
        Switch(_world.Root);
        Assert.Equal((0x7777_0000ul, 0x8888_0000ul), (Hardware.FsBase, Hardware.GsBase));
    }

    [Fact]
    public void Collecting_registers_asks_the_cpu_about_its_owner_alone()
    {
        Hardware.HasFsGsBase = true;
        Ref<Tcb> other = NewThread();
        Hardware.FsBase = 0x7777_0000;
        Arch.CollectRegisters(ref State, other);
        Assert.Equal(0ul, other.Value.Registers[UserContext.FsBase]);
        Arch.CollectRegisters(ref State, _world.Root);
        Assert.Equal(0x7777_0000ul, _world.Root.Value.Registers[UserContext.FsBase]);
    }

    [Fact]
    public void Registers_written_by_others_reach_the_cpu_of_their_owner_alone()
    {
        Ref<Tcb> other = NewThread();
        other.Value.Registers[UserContext.FsBase] = 0x1000;
        Arch.RegistersChanged(ref State, other);
        Assert.Equal(0ul, Hardware.FsBase);
        _world.Root.Value.Registers[UserContext.FsBase] = 0x2000;
        Arch.RegistersChanged(ref State, _world.Root);
        Assert.Equal(0x2000ul, Hardware.FsBase);
    }

    [Fact]
    [Rule("R-TCB-33")]
    public void Tls_base_of_the_running_thread_changes_at_once()
    {
        _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetTlsBase, [0x1234_5000]).MustSucceed();
        Assert.Equal(0x1234_5000ul, Hardware.FsBase);
        Assert.Equal(0x1234_5000ul, _world.Root.Value.Registers[UserContext.FsBase]);
    }

    [Fact]
    public void A_tls_base_that_the_cpu_would_refuse_becomes_zero()
    {
        _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetTlsBase, [0x8000_0000_0000]).MustSucceed();
        Assert.Equal(0ul, Hardware.FsBase);
    }

    [Fact]
    public void A_destroyed_thread_is_written_to_no_more()
    {
        Hardware.HasFsGsBase = true;
        Ref<Tcb> other = NewThread();
        Switch(other);
        UseFpu();
        Arch.ThreadDestroyed(ref State, other);
        other.Value.Registers[UserContext.FsBase] = RootTaskWorld.Untouched;
        other.Value.Fpu[5] = RootTaskWorld.Untouched;
        Hardware.FsBase = 0x7777;
        Switch(_world.Root);
        UseFpu();
        Assert.Equal(RootTaskWorld.Untouched, other.Value.Registers[UserContext.FsBase]);
        Assert.Equal(RootTaskWorld.Untouched, other.Value.Fpu[5]);
    }

    [Fact]
    [Rule("R-TCB-36")]
    public void Fpu_registers_are_private_and_change_hands_between_users_without_a_trap()
    {
        Ref<Tcb> other = NewThread();
        UseFpu();
        Hardware.FpuRegisters[7] = 0x1111;
        Switch(other);
        Assert.True(Hardware.IsFpuTrapSet);
        Assert.Empty(Hardware.FpuSaves);
        UseFpu();
        Assert.Equal(0ul, Hardware.FpuRegisters[7]);
        Hardware.FpuRegisters[7] = 0x2222;
        Switch(_world.Root);
        Assert.False(Hardware.IsFpuTrapSet);
        Assert.Equal(0x1111ul, Hardware.FpuRegisters[7]);
        Switch(other);
        Assert.False(Hardware.IsFpuTrapSet);
        Assert.Equal(0x2222ul, Hardware.FpuRegisters[7]);
        Assert.Equal(3, Hardware.FpuSaves.Count);
    }

    [Fact]
    public void A_thread_that_never_uses_the_fpu_costs_its_owner_nothing()
    {
        Ref<Tcb> other = NewThread();
        UseFpu();
        Switch(other);
        Assert.True(Hardware.IsFpuTrapSet);
        Switch(_world.Root);
        Assert.False(Hardware.IsFpuTrapSet);
        Assert.Empty(Hardware.FpuSaves);
        Hardware.ClearRecord();
        Arch.SwitchToIdle(ref State);
        Switch(_world.Root);
        Assert.Equal(0, Hardware.FpuTrapWrites);
        Assert.Empty(Hardware.FpuRestores);
    }

    [Fact]
    [Rule("R-TCB-35")]
    public void A_thread_with_the_fpu_disabled_gets_a_user_exception()
    {
        UseFpu();
        _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetFlags, [0, 1]);
        Assert.True(Hardware.IsFpuTrapSet);
        Assert.False(Fpu<SimMachine>.Use(ref State));
        Traps<SimMachine>.Exception(ref State, Traps<SimMachine>.FpuVector, 0, 0);
        // No fault handler: the thread stops.
        Assert.False(State.Current == _world.Root);
    }

    [Fact]
    [Rule("R-TCB-34", "R-TCB-35")]
    public void Enabling_the_fpu_again_finds_the_registers_as_they_were()
    {
        UseFpu();
        Hardware.FpuRegisters[9] = 0x9999;
        Assert.Equal(1ul, _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetFlags, [0, 1]).Value());
        Assert.Equal(0ul, _world.Call(InitialSlot.Tcb, InvocationLabel.TcbSetFlags, [1, 0]).Value());
        Assert.False(Hardware.IsFpuTrapSet);
        Assert.Equal(0x9999ul, Hardware.FpuRegisters[9]);
        Assert.True(State.FpuOwner == _world.Root);
    }

    [Fact]
    [Rule("R-TCB-35")]
    public void Disabling_the_fpu_of_its_owner_leaves_the_trap_of_the_running_thread_in_place()
    {
        ulong tcb = _world.Make(ObjectType.Tcb);
        ulong[] caps = [InitialSlot.CNode, InitialSlot.VSpace, InitialSlot.IpcBufferFrame];
        _world.Call(tcb, InvocationLabel.TcbConfigure, [0, 0, 0, 0], caps).MustSucceed();
        Ref<Tcb> other = new(_world.At(tcb).TcbAddress);
        Switch(other);
        UseFpu();
        Hardware.FpuRegisters[3] = 0x3333;
        Switch(_world.Root);
        Assert.True(Hardware.IsFpuTrapSet);
        Assert.Equal(1ul, _world.Call(tcb, InvocationLabel.TcbSetFlags, [0, 1]).Value());
        Assert.True(Hardware.IsFpuTrapSet);
        Assert.Equal(0x3333ul, other.Value.Fpu[3]);
        Switch(other);
        Assert.True(Hardware.IsFpuTrapSet);
    }

    [Fact]
    public void The_first_use_of_the_fpu_traps_and_is_answered_without_a_fault()
    {
        Assert.True(Hardware.IsFpuTrapSet);
        Traps<SimMachine>.Exception(ref State, Traps<SimMachine>.FpuVector, 0, 0);
        Assert.False(Hardware.IsFpuTrapSet);
        Assert.True(State.Current == _world.Root);
        Assert.True(State.FpuOwner == _world.Root);
    }

    public void Dispose() => _world.Dispose();

    /// <summary>The running thread executes an FPU instruction.</summary>
    private void UseFpu()
    {
        if (Hardware.IsFpuTrapSet) Assert.True(Fpu<SimMachine>.Use(ref State));
    }

    /// <summary>Another thread, in the root task's address space unless another one is given.</summary>
    private Ref<Tcb> NewThread(ulong space = InitialSlot.VSpace)
    {
        ulong tcb = _world.Make(ObjectType.Tcb);
        ulong[] caps = [InitialSlot.CNode, space, InitialSlot.IpcBufferFrame];
        _world.Call(tcb, InvocationLabel.TcbConfigure, [0, 0, 0, 0], caps).MustSucceed();
        return new(_world.At(tcb).TcbAddress);
    }

    private void Switch(Ref<Tcb> tcb)
    {
        State.Current = tcb;
        Arch.SwitchTo(ref State, tcb);
    }
}
