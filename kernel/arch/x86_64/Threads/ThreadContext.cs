// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>Which thread the CPU belongs to: address space, thread-local bases, FPU, and where trap entry stores registers.</summary>
internal static class ThreadContext<M>
    where M : struct, IMachine
{
    /// <summary>Gives a zeroed TCB its first registers (ABI §10.4).</summary>
    internal static void Initialize(ref Tcb tcb)
    {
        tcb.Registers[UserContext.Rflags] = UserRegisters.InitialFlags;
        tcb.Registers[UserContext.Cs] = UserRegisters.UserCodeSelector;
        tcb.Registers[UserContext.Ss] = UserRegisters.UserStackSelector;
        M.InitializeFpu(Fpu<M>.AreaOf(ref tcb));
    }

    /// <summary>Somebody wrote the registers: all of them count now, RCX and R11 too, so the thread must not return by sysret.</summary>
    /// <remarks>After a <c>syscall</c> entry the ErrorCode word is −1, and trap exit takes that as leave to use sysret.</remarks>
    internal static void RegistersChanged(ref KernelState kernel, Ref<Tcb> tcb)
    {
        tcb.Value.Registers[UserContext.ErrorCode] = 0;
        ThreadBases<M>.Load(ref kernel, tcb);
    }

    /// <summary>Makes <paramref name="tcb"/> the thread that user mode returns to.</summary>
    /// <remarks>
    /// Control registers and bases are written only when they change: a CR3 write costs the whole TLB, and the others
    /// serialise the CPU.
    /// </remarks>
    internal static void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ActiveSpace<M>.Enter(ref kernel, ref Slots.Of(tcb, TcbSlot.VSpaceRoot).Value);
        if (kernel.BaseOwner != tcb) ThreadBases<M>.TakeOver(ref kernel, tcb);
        Fpu<M>.GoTo(ref kernel, tcb);
        M.SetCurrentContext(tcb.Address + Tcb.RegistersOffset);
    }

    /// <summary>
    /// Prepares for the idle thread. It lives in the kernel half, which every address space shares, so the last one stays
    /// active: waking its thread costs no CR3 write. When that space dies, its finalisation moves on to the kernel's own.
    /// </summary>
    internal static void SwitchToIdle(ref KernelState kernel) => M.SetCurrentContext(kernel.Idle.Address + Tcb.RegistersOffset);

    /// <summary>The thread's memory is about to be reused: nothing may be saved to it any more.</summary>
    internal static void Forget(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (kernel.FpuOwner == tcb) kernel.FpuOwner = new(0);
        if (kernel.BaseOwner == tcb) kernel.BaseOwner = new(0);
    }
}
