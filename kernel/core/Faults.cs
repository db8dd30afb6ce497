// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>What the running thread did wrong, as trap entry and system calls report it (ABI §8, R-FAULT).</summary>
/// <remarks>
/// Each fault is written into the TCB, where it stays until the handler answers or somebody cancels it. The words:
/// CapFault: address, 1 in the receive phase, lookup failure; UnknownSyscall: number; UserException: vector, error code;
/// VmFault: address, error code, and in <see cref="Tcb.FaultLookup0"/> whether an instruction was fetched.
/// </remarks>
public static class Faults<A> where A : struct, IArch
{
    /// <summary>The CPU raised exception <paramref name="number"/> (R-FAULT-02). An entry point of the kernel.</summary>
    public static void UserException(ref KernelState kernel, ulong number, ulong errorCode)
    {
        ref Tcb thread = ref kernel.Current.Value;
        thread.FaultKind = (byte)FaultLabel.UserException;
        thread.Fault0 = number;
        thread.Fault1 = errorCode;
        FaultDelivery<A>.Raise(ref kernel, kernel.Current);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>An access to <paramref name="address"/> failed (R-FAULT-01). An entry point of the kernel.</summary>
    public static void VmFault(ref KernelState kernel, ulong address, ulong errorCode, bool isInstruction)
    {
        ref Tcb thread = ref kernel.Current.Value;
        thread.FaultKind = (byte)FaultLabel.VmFault;
        thread.Fault0 = address;
        thread.Fault1 = errorCode;
        thread.FaultLookup0 = isInstruction ? 1u : 0u;
        FaultDelivery<A>.Raise(ref kernel, kernel.Current);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>A system-call number means nothing in this configuration (R-FAULT-03, R-SYS-13). An entry point of the kernel.</summary>
    public static void UnknownSyscall(ref KernelState kernel, ulong number)
    {
        ref Tcb thread = ref kernel.Current.Value;
        thread.FaultKind = (byte)FaultLabel.UnknownSyscall;
        thread.Fault0 = number;
        FaultDelivery<A>.Raise(ref kernel, kernel.Current);
        Scheduler<A>.Settle(ref kernel);
    }

    /// <summary>A CPtr of a system call led to no usable capability (R-FAULT-04, R-SYS-01, R-IPC-12…14).</summary>
    internal static void CapabilityFault(
        ref KernelState kernel, Ref<Tcb> tcb, ulong pointer, FaultPhase phase, LookupFailure failure)
    {
        ref Tcb thread = ref tcb.Value;
        thread.FaultKind = (byte)FaultLabel.CapFault;
        thread.Fault0 = pointer;
        thread.Fault1 = (ulong)phase;
        thread.FaultLookup0 = failure.Word0;
        thread.FaultLookup1 = failure.Word1;
        FaultDelivery<A>.Raise(ref kernel, tcb);
    }
}

/// <summary>The half of a system call in which a capability fault arose; the value is message word 2.</summary>
internal enum FaultPhase : ulong
{
    Send = 0,
    Receive = 1,
}
