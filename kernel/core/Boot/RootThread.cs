// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The first thread of user mode, and the idle thread (boot sheet §4).</summary>
public static class RootThread<A> where A : struct, IArch
{
    /// <summary>Makes the root task's thread runnable; its CSpace has been filled.</summary>
    /// <remarks>All registers are zero but the entry point and, in the register of the invoked CPtr, the address of BootInfo.</remarks>
    public static void Create(ref KernelState kernel, ref RootTaskPlan plan)
    {
        Ref<Tcb> tcb = plan.RootThread;
        Threads<A>.Initialize(ref kernel, tcb);
        GiveRoot(ref kernel, ref plan, InitialSlot.CNode, TcbSlot.CSpaceRoot);
        GiveRoot(ref kernel, ref plan, InitialSlot.VSpace, TcbSlot.VSpaceRoot);
        GiveRoot(ref kernel, ref plan, InitialSlot.IpcBufferFrame, TcbSlot.IpcBuffer);

        ref Tcb thread = ref tcb.Value;
        thread.Priority = AbiConstants.MaxPriority;
        thread.MaximumControlledPriority = AbiConstants.MaxPriority;
        thread.IpcBufferAddress = plan.IpcBufferUserAddress;
        thread.Registers[A.CapabilityRegister] = plan.BootInfoUserAddress;
        thread.Registers[A.FaultIpRegister] = plan.Image.Entry;
        thread.Registers[A.NextIpRegister] = plan.Image.Entry;
        thread.State = ThreadState.Running;
        Replies<A>.EnsureMaster(tcb);
    }

    /// <summary>Makes the idle thread; the architecture sets its registers.</summary>
    public static void CreateIdle(ref KernelState kernel, ref RootTaskPlan plan)
    {
        Ref<Tcb> tcb = plan.IdleThread;
        tcb.Value.State = ThreadState.Idle;
        kernel.Idle = tcb;
    }

    /// <summary>A thread holds copies of its own, as after TCB_Configure.</summary>
    private static void GiveRoot(ref KernelState kernel, ref RootTaskPlan plan, ulong source, TcbSlot target)
    {
        Ref<CapabilitySlot> slot = RootCSpace<A>.SlotOf(ref plan, source);
        SyscallError error = CapabilityDerivation<A>.Derive(slot, slot.Value.Capability, out Capability copy);
        Require.That(error.IsNone);
        MappingDatabase<A>.Insert(ref kernel, copy, slot, Slots.Of(plan.RootThread, target));
    }
}
