// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Registers of a thread by address, for the hot paths: one instruction each, where an inline array needs three.</summary>
/// <remarks>The index is one of the architecture's own, below <see cref="RegisterWords.Count"/>; it is not checked.</remarks>
internal static unsafe class ThreadRegisters
{
    // SAFETY (both): the word lies inside the TCB, and a reference to a TCB was made by Retype or boot.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Read(Ref<Tcb> tcb, int index) => *(ulong*)(tcb.Address + Tcb.RegistersOffset + (8 * (ulong)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Ref<Tcb> tcb, int index, ulong value) =>
        *(ulong*)(tcb.Address + Tcb.RegistersOffset + (8 * (ulong)index)) = value;
}
