// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The information structure of a multiboot 1 loader (Multiboot Specification 0.6.96 §3.3).</summary>
/// <remarks>Read through the physical window; everything that outlives boot is copied by those who ask.</remarks>
public readonly unsafe struct Multiboot(ulong physicalAddress)
{
    /// <summary>Longer command lines are cut.</summary>
    public const ulong MaximumCommandLine = 4096;

    /// <summary>Sizes of the two VBE blocks.</summary>
    public const ulong VideoControlBytes = 512;
    public const ulong VideoModeBytes = 256;

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

    /// <summary>Kernel address of the VBE control information; zero when the loader set no graphics mode.</summary>
    public ulong VideoControl => (Flags & HasVideo) == 0 || Field(72) == 0 || Field(76) == 0 ? 0 : Window(Field(72));

    /// <summary>Kernel address of the VBE mode information.</summary>
    public ulong VideoModeInfo => Window(Field(76));

    public uint VideoMode => Half(80);

    /// <summary>The real-mode interface of VBE 2.</summary>
    public uint VideoInterfaceSegment => Half(82);

    public uint VideoInterfaceOffset => Half(84);

    public uint VideoInterfaceLength => Half(86);

    public ulong ModuleStart(int module) => *(uint*)ModuleRecord(module);

    public ulong ModuleEnd(int module) => *(uint*)(ModuleRecord(module) + 4);

    private uint Flags => Field(0);

    private uint Field(ulong offset) => *(uint*)(_information + offset);

    private uint Half(ulong offset) => *(ushort*)(_information + offset);

    private ulong ModuleRecord(int module) => Window(Field(24)) + (16 * (ulong)module);

    private static ulong Window(ulong address) => KernelPageTables.PhysicalWindow + address;
}
