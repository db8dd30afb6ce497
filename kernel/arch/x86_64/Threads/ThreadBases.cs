// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;

namespace Kernel.X64;

/// <summary>FS and GS base of threads (ABI §10.5).</summary>
/// <remarks>
/// The thread whose bases the CPU holds is <c>KernelState.BaseOwner</c>. Where user programs may change them without a
/// system call (FSGSBASE), the CPU has the truth about that thread and its register words are stale until
/// <see cref="Collect"/>; that happens once per switch to another thread, not once per kernel entry. Elsewhere the register
/// words and the CPU always agree.
/// </remarks>
internal static class ThreadBases<M>
    where M : struct, IMachine
{
    /// <summary>Brings the CPU's values into the register words if they are this thread's.</summary>
    internal static void Collect(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (!M.HasFsGsBase || kernel.BaseOwner != tcb || tcb.IsNull) return;
        tcb.Value.Registers[UserContext.FsBase] = M.ReadFsBase();
        tcb.Value.Registers[UserContext.GsBase] = M.ReadGsBase();
    }

    /// <summary>Brings the register words into the CPU if it holds this thread's bases.</summary>
    internal static void Load(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (kernel.BaseOwner != tcb) return;
        M.WriteFsBase(tcb.Value.Registers[UserContext.FsBase]);
        M.WriteGsBase(tcb.Value.Registers[UserContext.GsBase]);
    }

    /// <summary>Sets FS base; a non-canonical value becomes zero, as in WriteRegisters (ABI §10.2, R-TCB-33).</summary>
    internal static void SetTlsBase(ref KernelState kernel, Ref<Tcb> tcb, ulong value)
    {
        ulong address = UserRegisters.CanonicalOrZero(value);
        tcb.Value.Registers[UserContext.FsBase] = address;
        if (kernel.BaseOwner == tcb) M.WriteFsBase(address);
    }

    /// <summary>The CPU goes over from the present owner to <paramref name="tcb"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void TakeOver(ref KernelState kernel, Ref<Tcb> tcb)
    {
        Ref<Tcb> previous = kernel.BaseOwner;
        kernel.BaseOwner = tcb;
        if (M.HasFsGsBase && !previous.IsNull) M.ExchangeBases(WordsOf(previous), WordsOf(tcb));
        else TakeOverSlowly(previous, tcb);
    }

    /// <summary>Address of the two words, which are neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordsOf(Ref<Tcb> tcb) => tcb.Address + Tcb.RegistersOffset + (8 * UserContext.FsBase);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeOverSlowly(Ref<Tcb> previous, Ref<Tcb> tcb)
    {
        ulong fs = tcb.Value.Registers[UserContext.FsBase];
        ulong gs = tcb.Value.Registers[UserContext.GsBase];
        // Without FSGSBASE a base costs a WRMSR, which serialises; most threads share GS base zero.
        if (previous.IsNull || previous.Value.Registers[UserContext.FsBase] != fs) M.WriteFsBase(fs);
        if (previous.IsNull || previous.Value.Registers[UserContext.GsBase] != gs) M.WriteGsBase(gs);
    }
}
