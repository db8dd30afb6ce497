// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Kernel.Pc99;

/// <summary>Instructions that C# cannot express; the bodies are in Instructions.S.</summary>
public static unsafe class Instructions
{
    [RuntimeImport("*", "machine_symbols"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ImageSymbols* Symbols();

    [RuntimeImport("*", "machine_in8"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte In8(ushort port);

    [RuntimeImport("*", "machine_in16"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ushort In16(ushort port);

    [RuntimeImport("*", "machine_in32"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern uint In32(ushort port);

    [RuntimeImport("*", "machine_out8"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Out8(ushort port, byte value);

    [RuntimeImport("*", "machine_out16"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Out16(ushort port, ushort value);

    [RuntimeImport("*", "machine_out32"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Out32(ushort port, uint value);

    [RuntimeImport("*", "machine_read_cr0"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr0();

    [RuntimeImport("*", "machine_write_cr0"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr0(ulong value);

    [RuntimeImport("*", "machine_read_cr3"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr3();

    [RuntimeImport("*", "machine_write_cr3"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr3(ulong value);

    [RuntimeImport("*", "machine_read_cr4"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr4();

    [RuntimeImport("*", "machine_write_cr4"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr4(ulong value);

    [RuntimeImport("*", "machine_clear_task_switched"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void ClearTaskSwitched();

    [RuntimeImport("*", "machine_set_task_switched"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void SetTaskSwitched();

    [RuntimeImport("*", "machine_invalidate_page"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void InvalidatePage(ulong virtualAddress);

    [RuntimeImport("*", "machine_read_msr"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadMsr(uint register);

    [RuntimeImport("*", "machine_write_msr"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteMsr(uint register, ulong value);

    // The next four need CR4.FSGSBASE.
    [RuntimeImport("*", "machine_read_fs_base"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadFsBase();

    [RuntimeImport("*", "machine_read_gs_base"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadGsBase();

    [RuntimeImport("*", "machine_write_fs_base"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteFsBase(ulong value);

    /// <summary>FS and GS base to two words, and from two others.</summary>
    [RuntimeImport("*", "machine_exchange_bases"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void ExchangeBases(ulong saved, ulong loaded);

    /// <summary>XSAVE to one area, XRSTOR from another.</summary>
    [RuntimeImport("*", "machine_exchange_extended"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void ExchangeExtended(ulong saved, ulong restored);

    /// <summary>FXSAVE to one area, FXRSTOR from another.</summary>
    [RuntimeImport("*", "machine_exchange_legacy"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void ExchangeLegacy(ulong saved, ulong restored);

    [RuntimeImport("*", "machine_write_gs_base"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteGsBase(ulong value);

    /// <summary>Stores EAX, EBX, ECX, EDX at <paramref name="result"/>.</summary>
    [RuntimeImport("*", "machine_cpuid"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Cpuid(uint leaf, uint subleaf, uint* result);

    [RuntimeImport("*", "machine_read_time_stamp"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadTimeStamp();

    /// <summary>Chooses the parts of the extended state that XSAVE covers; needs CR4.OSXSAVE.</summary>
    [RuntimeImport("*", "machine_write_xcr0"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteXcr0(uint value);

    [RuntimeImport("*", "machine_xsave"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Xsave(ulong area);

    [RuntimeImport("*", "machine_xrstor"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Xrstor(ulong area);

    [RuntimeImport("*", "machine_fxsave"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Fxsave(ulong area);

    [RuntimeImport("*", "machine_fxrstor"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Fxrstor(ulong area);

    [RuntimeImport("*", "machine_load_gdt"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LoadGdt(byte* limitAndBase);

    [RuntimeImport("*", "machine_load_idt"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LoadIdt(byte* limitAndBase);

    [RuntimeImport("*", "machine_load_task_register"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void LoadTaskRegister(ushort selector);

    /// <summary>Clears memory with <c>rep stosq</c>; <paramref name="bytes"/> is a multiple of 8.</summary>
    [RuntimeImport("*", "machine_clear"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Clear(ulong address, ulong bytes);

    /// <summary>Passes the time of twice <paramref name="count"/> instructions.</summary>
    [RuntimeImport("*", "machine_spin"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Spin(ulong count);

    /// <summary>Stops the processor for good.</summary>
    [RuntimeImport("*", "machine_halt"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Halt();
}
