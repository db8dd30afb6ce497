// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Lazy switching of floating-point and vector registers (R-TCB-35, R-TCB-36).</summary>
/// <remarks>
/// The registers stay with <c>KernelState.FpuOwner</c> until another thread really uses the FPU; CR0.TS makes that use trap
/// (vector 7, SDM 3A §6.15). A thread that never touches them never pays, and two threads that take turns without using
/// them do not either.
/// </remarks>
internal static class Fpu<M>
    where M : struct, IMachine
{
    internal static ulong AreaOf(ref Tcb tcb) => FpuArea.Address(ref tcb);

    /// <summary>Decides whether FPU instructions of <paramref name="tcb"/>, about to run, are to trap.</summary>
    internal static void Arm(ref KernelState kernel, Ref<Tcb> tcb)
    {
        bool isFree = kernel.FpuOwner == tcb && !IsDisabled(ref tcb.Value);
        SetTrap(ref kernel, isFree ? 0ul : 1ul);
    }

    /// <summary>SetFlags on the running thread takes effect at once; on others when they are switched to.</summary>
    internal static void FlagsChanged(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (kernel.Current == tcb) Arm(ref kernel, tcb);
    }

    /// <summary>Answers a trapped FPU instruction of the running thread; false when the thread may not use the FPU (R-TCB-35).</summary>
    internal static bool Use(ref KernelState kernel)
    {
        Ref<Tcb> tcb = kernel.Current;
        if (IsDisabled(ref tcb.Value)) return false;
        SetTrap(ref kernel, 0);
        Ref<Tcb> owner = kernel.FpuOwner;
        if (owner == tcb) return true;
        if (!owner.IsNull) M.SaveFpu(AreaOf(ref owner.Value));
        M.RestoreFpu(AreaOf(ref tcb.Value));
        kernel.FpuOwner = tcb;
        return true;
    }

    private static bool IsDisabled(ref Tcb tcb) => (tcb.Flags & (byte)TcbFlags.FpuDisabled) != 0;

    private static void SetTrap(ref KernelState kernel, ulong isSet)
    {
        if (kernel.IsFpuTrapSet == isSet) return;
        kernel.IsFpuTrapSet = isSet;
        M.SetFpuTrap(isSet != 0);
    }
}

/// <summary>Where in a TCB the FPU image lies.</summary>
internal static unsafe class FpuArea
{
    // SAFETY: TCBs lie in untyped memory, never on the managed heap, so the address stays what it is.
    internal static ulong Address(ref Tcb tcb) => (ulong)System.Runtime.CompilerServices.Unsafe.AsPointer(ref tcb.Fpu);
}
