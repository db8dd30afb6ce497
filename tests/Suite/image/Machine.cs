// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.Suite;

/// <summary>The functions of Machine.S.</summary>
internal static unsafe class Machine
{
    [RuntimeImport("*", "suite_system_call")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SystemCall(ulong number);

    [RuntimeImport("*", "suite_invalid_instruction")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void InvalidInstruction();

    [RuntimeImport("*", "suite_divide")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Divide(ulong dividend, ulong divisor);

    [RuntimeImport("*", "suite_registers_survive")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong RegistersChangedBy(ulong number);

    [RuntimeImport("*", "suite_fill_vectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void FillVectors(ulong word);

    [RuntimeImport("*", "suite_count_vectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CountVectorsThatAreNot(ulong word);

    [RuntimeImport("*", "suite_spin")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Spin(ulong* flag);

    [RuntimeImport("*", "suite_set_mxcsr")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong SetMxcsr(ulong value);

    [RuntimeImport("*", "suite_use_fpu")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void UseFpu();

    [RuntimeImport("*", "suite_fs_word")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong FsWord();

    [RuntimeImport("*", "suite_keep_registers_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong KeepRegisters();

    [RuntimeImport("*", "suite_out")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out(ulong port, ulong value);
}
