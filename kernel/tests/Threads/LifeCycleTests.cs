// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Threads;

/// <summary>A thread from Retype to deletion: Resume, Suspend, flags, thread-local base.</summary>
public sealed class LifeCycleTests : KernelTest
{
    [Fact]
    [Rule("R-TCB-01", "R-DOM-04", "ABI-10.4")]
    public void A_new_thread_is_inactive_with_priority_0_and_without_anything()
    {
        ulong slot = Sim.NewObject(ObjectType.Tcb);
        ref Tcb thread = ref new Ref<Tcb>(Sim.CapabilityAt(slot).TcbAddress).Value;
        Assert.Equal(ThreadState.Inactive, thread.State);
        Assert.Equal(0, thread.Priority);
        Assert.Equal(0, thread.MaximumControlledPriority);
        Assert.Equal(0, thread.Flags);
        Assert.Equal(0, thread.Domain);
        Assert.Equal(5ul, thread.TimeSlice);
        Assert.Equal(0ul, thread.FaultHandler);
        Assert.True(thread.BoundNotification.IsNull);
        for (int i = 0; i < TcbSlots.Count; i++) Assert.True(thread.Slots[i].IsEmpty);
        for (int i = 0; i < UserContext.Count; i++)
        {
            ulong expected = i == UserContext.Rflags ? 0x202ul : i == UserContext.Cs ? 0x2b : i == UserContext.Ss ? 0x33ul : 0;
            Assert.Equal(expected, thread.Registers[i]);
        }
    }

    [Fact]
    [Rule("R-TCB-03")]
    public void Resuming_a_runnable_thread_does_nothing()
    {
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        thread.Yield();
        ulong ip = thread.Rip;
        Resume(thread);
        Assert.Equal(ip, thread.Rip);
        Assert.True(thread.IsRunning);
    }

    [Fact]
    [Rule("R-TCB-03")]
    public void Resuming_oneself_does_nothing()
    {
        ulong ip = Root.Rip;
        AssertDone(Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbResume));
        Assert.Equal(ip + 2, Root.Rip);
    }

    [Fact]
    [Rule("R-TCB-05")]
    public void A_suspended_thread_goes_on_at_its_next_instruction_when_resumed()
    {
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        thread.Yield();
        ulong ip = thread.Rip;
        Suspend(thread);
        Assert.Equal(ThreadState.Inactive, thread.State);
        Assert.True(Sim.IsIdle);
        Resume(thread);
        Assert.True(thread.IsRunning);
        Assert.Equal(ip, thread.Rip);
    }

    [Fact]
    [Rule("R-TCB-06")]
    public void A_thread_that_suspends_itself_repeats_that_call_when_resumed()
    {
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        ulong ip = thread.Rip;
        thread.Invoke(thread.Capability, InvocationLabel.TcbSuspend);
        Assert.Equal(ThreadState.Inactive, thread.State);
        Assert.True(Sim.IsIdle);
        Resume(thread);
        Assert.Equal(ip, thread.Rip);
        thread.Repeat();
        Assert.Equal(ThreadState.Inactive, thread.State);
        Sim.AsRoot(root => AssertDone(root.Invoke(thread.Capability, InvocationLabel.TcbWriteRegisters, [1, 1, 0x9000])));
        Assert.True(thread.IsRunning);
        Assert.Equal(0x9000ul, thread.Rip);
    }

    [Fact]
    [Rule("R-TCB-05")]
    public void Suspending_twice_changes_nothing()
    {
        SimThread thread = Sim.NewThread("thread");
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSuspend));
        ulong ip = thread.FaultIp;
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSuspend));
        Assert.Equal(ip, thread.FaultIp);
    }

    [Fact]
    [Rule("R-DEL-15", "R-DEL-04")]
    public void A_thread_that_deletes_itself_stops_and_disturbs_nobody()
    {
        SimThread doomed = Sim.NewThread("doomed", 120);
        SimThread other = Sim.NewThread("other", 110);
        Sim.Park();
        doomed.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [doomed.Capability, 64]);
        Assert.True(other.IsRunning);
        Assert.True(Sim.CapabilityAt(doomed.Capability).IsNull);
    }

    [Fact]
    [Rule("R-DEL-15")]
    public void A_thread_that_deletes_its_CSpace_stops_at_its_next_lookup()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        SimThread thread = Sim.NewThread("thread", 120);
        AssertDone(Root.Invoke(node, InvocationLabel.CNodeCopy, [1, 4, node, 64, 15], [InitialSlot.CNode]));
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetSpace,
            [0, new CNodeGuard(0, 60).Word, 0], [node, InitialSlot.VSpace]));
        AssertDone(DeleteCap(node));
        Sim.Park();

        // Slot 1 has guard 0 of size 0, so that operations on it take the index with four bits.
        AssertDone(thread.Invoke(1, InvocationLabel.CNodeDelete, [1, 4]));
        thread.Call(1, 0);
        Assert.True(thread.IsRunning);
        AssertRefused(thread.Answer, ErrorCode.InvalidCapability, 0);
    }

    [Fact]
    [Rule("R-TCB-33")]
    public void SetTLSBase_changes_the_base_of_another_thread_and_of_the_caller_at_once()
    {
        SimThread thread = Sim.NewThread("thread");
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetTlsBase, [0x1234_5000]));
        AssertDone(Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetTlsBase, [0x5678_9000]));
        Assert.Equal(0x5678_9000ul, Sim.Kernel.Hardware.FsBase);
        Sim.Park();
        Assert.Equal(0x1234_5000ul, Sim.Kernel.Hardware.FsBase);
    }

    [Fact]
    [Rule("R-TCB-33", "R-SYS-17")]
    public void The_SetTLSBase_system_call_changes_the_callers_base_and_no_register()
    {
        Mark(Root);
        Root.Enter(SystemCall.SetTlsBase, 0x4444_0000, Untouched);
        Assert.Equal(0x4444_0000ul, Sim.Kernel.Hardware.FsBase);
        Assert.Equal(0x4444_0000ul, Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root);
    }

    [Fact]
    [Rule("R-TCB-33")]
    public void A_base_that_is_not_canonical_becomes_0()
    {
        AssertDone(Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetTlsBase, [1ul << 63]));
        Assert.Equal(0ul, Sim.Kernel.Hardware.FsBase);
    }

    [Fact]
    [Rule("R-TCB-34")]
    public void SetFlags_clears_then_sets_ignores_unknown_bits_and_returns_the_word()
    {
        SimThread thread = Sim.NewThread("thread");
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetFlags, [0, ulong.MaxValue]), 1);
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetFlags, [0, 0]), 1);
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetFlags, [1, 1]), 1);
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetFlags, [1, 2]), 0);
    }

    [Fact]
    [Rule("R-TCB-35", "R-FAULT-02")]
    public void Using_the_FPU_with_the_flag_set_raises_exception_7()
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        SimThread thread = Sim.NewThread("thread", 110, faults);
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetFlags, [0, 1]), 1);
        Sim.Park();
        Assert.True(Sim.Kernel.Hardware.IsFpuTrapSet);
        thread.Except(7);
        Sim.AsRoot(root => Assert.Equal(7ul, root.NBRecv(faults)[3]));
    }

    [Fact]
    [Rule("R-TCB-36")]
    public void FPU_registers_are_private_to_a_thread()
    {
        SimThread first = Sim.NewStoppedThread("first", 110);
        SimThread second = Sim.NewStoppedThread("second", 110);
        StartInOrder(first, second);
        first.Except(7);
        Assert.True(first.IsRunning);
        Sim.Kernel.Hardware.FpuRegisters[10] = 0xaaaa;
        first.Yield();
        second.Except(7);
        Assert.NotEqual(0xaaaaul, Sim.Kernel.Hardware.FpuRegisters[10]);
        Sim.Kernel.Hardware.FpuRegisters[10] = 0xbbbb;
        second.Yield();
        first.Except(7);
        Assert.Equal(0xaaaaul, Sim.Kernel.Hardware.FpuRegisters[10]);
    }

    [Fact]
    [Rule("R-TCB-38", "R-DEL-11")]
    public void A_thread_whose_VSpace_is_gone_runs_in_the_kernels_tables_alone()
    {
        ulong pml4 = Sim.NewObject(ObjectType.Pml4);
        AssertDone(Root.Invoke(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], [pml4]));
        SimThread thread = Sim.NewThread("thread");
        AssertDone(Root.Invoke(thread.Capability, InvocationLabel.TcbSetSpace, [0, 0, 0], [InitialSlot.CNode, pml4]));
        AssertDone(RevokeCap(pml4));
        AssertDone(DeleteCap(pml4));
        Sim.Park();
        Assert.True(thread.IsRunning);
        Assert.Equal(SimHardware.KernelRoot, Sim.Kernel.Hardware.PageTableRoot);
        Assert.Null(Sim.Kernel.Hardware.Access(thread.Rip));
    }
}
