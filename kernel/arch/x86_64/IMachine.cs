// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.X64;

/// <summary>The instructions and devices of a PC that the x86_64 layer needs. Supplied as a type argument.</summary>
/// <remarks>Implemented by <c>Kernel.Pc99.Pc99</c> on the machine and by <c>Kernel.Sim.SimMachine</c> on the host.</remarks>
public interface IMachine
{
    /// <summary>Kernel address of physical address 0: the window through which the kernel sees memory.</summary>
    static abstract ulong PhysicalWindow { get; }

    /// <summary>Loads CR3 with the physical address of a PML4; flushes the TLB of user entries.</summary>
    static abstract void WritePageTableRoot(ulong physicalAddress);

    /// <summary>Physical address of the PML4 in CR3.</summary>
    static abstract ulong ReadPageTableRoot();

    /// <summary>Physical address of the kernel's own PML4, used while no valid user VSpace is active.</summary>
    static abstract ulong KernelPageTableRoot { get; }

    /// <summary>Invalidates the TLB entry of a user page in the active address space (<c>invlpg</c>).</summary>
    static abstract void InvalidatePage(ulong virtualAddress);

    /// <summary>Invalidates all TLB entries and paging-structure caches of the active address space.</summary>
    static abstract void FlushTlb();

    static abstract void WriteFsBase(ulong value);
    static abstract void WriteGsBase(ulong value);
    static abstract ulong ReadFsBase();
    static abstract ulong ReadGsBase();

    /// <summary>Stores FS and GS base in two words and loads them from two others.</summary>
    /// <remarks>Kernel addresses. Requires <see cref="HasFsGsBase"/>. One call where four would do, for thread switches.</remarks>
    static abstract void ExchangeBases(ulong saved, ulong loaded);

    /// <summary>True when user programs may change FS and GS base themselves (CR4.FSGSBASE).</summary>
    static abstract bool HasFsGsBase { get; }

    /// <summary>Tells trap entry which thread's registers to fill: ring 0's stack pointer, and the one for <c>syscall</c>.</summary>
    static abstract void SetCurrentContext(ulong registersKernelAddress);

    /// <summary>Saves x87, SSE and, where the CPU has it, AVX state (XSAVE or FXSAVE) to a 64-byte aligned area.</summary>
    static abstract void SaveFpu(ulong area);
    static abstract void RestoreFpu(ulong area);

    /// <summary><see cref="SaveFpu"/> to one area and <see cref="RestoreFpu"/> from another, for thread switches.</summary>
    static abstract void ExchangeFpu(ulong saved, ulong restored);

    /// <summary>Sets or clears CR0.TS, so that FPU instructions raise exception 7 or run.</summary>
    static abstract void SetFpuTrap(bool enabled);

    /// <summary>Writes the power-on FPU image (MXCSR 0x1f80, FCW 0x37f) to an area.</summary>
    static abstract void InitializeFpu(ulong area);

    static abstract byte In8(ushort port);
    static abstract ushort In16(ushort port);
    static abstract uint In32(ushort port);
    static abstract void Out8(ushort port, byte value);
    static abstract void Out16(ushort port, ushort value);
    static abstract void Out32(ushort port, uint value);

    /// <summary>Number of IOAPICs, and the number of pins of one.</summary>
    static abstract int IoApicCount { get; }
    static abstract int IoApicPins(int ioApic);

    /// <summary>Programs a redirection entry: pin to CPU vector, trigger, polarity; leaves it unmasked or masked.</summary>
    static abstract void SetIoApicEntry(int ioApic, int pin, byte cpuVector, bool isLevel, bool isActiveLow, bool isMasked);
    static abstract void MaskIoApicPin(int ioApic, int pin, bool isMasked);

    /// <summary>Signals end of interrupt to the local APIC.</summary>
    static abstract void EndOfInterrupt();

    /// <summary>True when an interrupt waits at the local APIC (IRR) or was latched while the kernel runs.</summary>
    static abstract bool IsInterruptPending { get; }

    static abstract void ClearMemory(ulong kernelAddress, ulong bytes);
    static abstract void WriteConsole(byte character);
    static abstract void Halt();
}
