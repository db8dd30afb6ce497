// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Switching of floating-point and vector registers (R-TCB-35, R-TCB-36).</summary>
/// <remarks>
/// A thread's first use traps (CR0.TS and vector 7, SDM 3A §6.15) and marks it as a user of the FPU. From then on its
/// registers are exchanged whenever it gets the CPU from another user: compiled C# moves data through vector registers all
/// the time, so waiting for a trap on each turn would cost far more than XSAVE and XRSTOR. Threads that never use them do
/// not take part: the registers stay with <c>KernelState.FpuOwner</c> while such threads, or the idle thread, run.
/// </remarks>
internal static unsafe class Fpu<M>
    where M : struct, IMachine
{
    // SAFETY: TCBs lie in untyped memory, never on the managed heap, so the address stays what it is.
    internal static ulong AreaOf(ref Tcb tcb) => (ulong)Unsafe.AsPointer(ref tcb.Fpu);

    /// <summary>Prepares the FPU for <paramref name="tcb"/>, about to run; without effect when it owns it and no trap is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void GoTo(ref KernelState kernel, Ref<Tcb> tcb)
    {
        // A thread whose FPU is disabled is never the owner (FlagsChanged).
        if (kernel.FpuOwner == tcb) SetTrap(ref kernel, 0);
        else if (tcb.Value.UsesFpu != 0) GoToUser(ref kernel, tcb);
        else SetTrap(ref kernel, 1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void GoToUser(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (IsDisabled(ref tcb.Value)) SetTrap(ref kernel, 1);
        else Take(ref kernel, tcb);
    }

    /// <summary>SetFlags on the running thread takes effect at once; on others when they are switched to.</summary>
    /// <remarks>
    /// A disabled thread gives the registers up, so that whoever owns them is allowed to use them; the switch to a thread
    /// relies on that.
    /// </remarks>
    internal static void FlagsChanged(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (IsDisabled(ref tcb.Value) && kernel.FpuOwner == tcb)
        {
            SetTrap(ref kernel, 0);
            M.SaveFpu(AreaOf(ref tcb.Value));
            kernel.FpuOwner = new(0);
        }
        // Whoever runs, the trap may stand differently now.
        GoTo(ref kernel, kernel.Current);
    }

    /// <summary>Answers a trapped FPU instruction of the running thread; false when the thread may not use the FPU (R-TCB-35).</summary>
    internal static bool Use(ref KernelState kernel)
    {
        Ref<Tcb> tcb = kernel.Current;
        if (IsDisabled(ref tcb.Value)) return false;
        tcb.Value.UsesFpu = 1;
        Take(ref kernel, tcb);
        return true;
    }

    /// <summary>The trap is lifted first, because saving and restoring would spring it too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Take(ref KernelState kernel, Ref<Tcb> tcb)
    {
        SetTrap(ref kernel, 0);
        Ref<Tcb> owner = kernel.FpuOwner;
        if (owner == tcb) return;
        kernel.FpuOwner = tcb;
        if (owner.IsNull) M.RestoreFpu(AreaOf(ref tcb.Value));
        else M.ExchangeFpu(AreaOf(ref owner.Value), AreaOf(ref tcb.Value));
    }

    private static bool IsDisabled(ref Tcb tcb) => (tcb.Flags & (byte)TcbFlags.FpuDisabled) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetTrap(ref KernelState kernel, ulong isSet)
    {
        if (kernel.IsFpuTrapSet == isSet) return;
        kernel.IsFpuTrapSet = isSet;
        M.SetFpuTrap(isSet != 0);
    }
}
