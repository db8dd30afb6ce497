// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The information structure of a multiboot 1 loader (Multiboot Specification 0.6.96 §3.3).</summary>
/// <remarks>Read through the physical window; everything that outlives boot is copied by those who ask.</remarks>
public readonly unsafe struct Multiboot(ulong physicalAddress)
{
    /// <summary>Longer command lines are cut.</summary>
    public const ulong MaximumCommandLine = 4096;

    private const uint HasMemory = 1 << 0;
    private const uint HasCommandLine = 1 << 2;
    private const uint HasModules = 1 << 3;
    private const uint HasMemoryMap = 1 << 6;
    private const uint HasVideo = 1 << 11;

    private readonly ulong _information = KernelPageTables.PhysicalWindow + physicalAddress;

    public bool HasMemorySizes => (Flags & HasMemory) != 0;

    /// <summary>KiB of memory above 1 MiB, up to the first hole.</summary>
    public ulong UpperKibibytes => Field(8);

    /// <summary>Kernel address of the command line; zero when there is none.</summary>
    public ulong CommandLine => (Flags & HasCommandLine) == 0 ? 0 : Window(Field(16));

    public int ModuleCount => (Flags & HasModules) == 0 ? 0 : (int)Field(20);

    /// <summary>Kernel address of the memory map and its bytes; zero when there is none.</summary>
    public ulong MemoryMap => (Flags & HasMemoryMap) == 0 ? 0 : Window(Field(48));

    public ulong MemoryMapBytes => (Flags & HasMemoryMap) == 0 ? 0 : Field(44);

    /// <summary>Kernel addresses of the VBE blocks, zero when there are none; mode and real-mode interface (16-bit words).</summary>
    public ulong VideoControl => (Flags & HasVideo) == 0 ? 0 : Window(Field(72));

    public ulong VideoMode => Window(Field(76));

    /// <summary>The four 16-bit words from offset 80: mode, interface segment, interface offset, interface length.</summary>
    public uint VideoWord(int index) => *(ushort*)(_information + 80 + (2 * (ulong)index));

    public ulong ModuleStart(int module) => *(uint*)ModuleRecord(module);

    public ulong ModuleEnd(int module) => *(uint*)(ModuleRecord(module) + 4);

    private uint Flags => Field(0);

    private uint Field(ulong offset) => *(uint*)(_information + offset);

    private ulong ModuleRecord(int module) => Window(Field(24)) + (16 * (ulong)module);

    private static ulong Window(ulong address) => KernelPageTables.PhysicalWindow + address;
}
