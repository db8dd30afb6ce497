// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Physical addresses from <see cref="Start"/> up to, but not including, <see cref="End"/>.</summary>
public struct PhysicalRegion
{
    public ulong Start;
    public ulong End;

    public readonly bool IsEmpty => Start >= End;
}

/// <summary>Storage of a <see cref="RegionList"/>.</summary>
[InlineArray(Count)]
public struct PhysicalRegions
{
    public const int Count = 128;
    private PhysicalRegion _first;
}

/// <summary>What the command line asked for (boot sheet §3).</summary>
public struct BootOptions
{
    /// <summary>I/O port of the serial console; zero when the user switched it off.</summary>
    public ulong ConsolePort;

    /// <summary>I/O port for debug output; zero when switched off.</summary>
    public ulong DebugPort;

    /// <summary>True when the words above come from the command line and not from the caller's defaults.</summary>
    public bool HasConsolePort;
    public bool HasDebugPort;

    /// <summary>How much the kernel says on the console (see <c>KernelState.LogLevel</c>); an option of this kernel.</summary>
    public ulong LogLevel;

    /// <summary>What <see cref="LogLevel"/> is when the command line says nothing: boot messages and faults.</summary>
    public const ulong UsualLogLevel = 1;

    /// <summary>DMAR tables are to be ignored. This kernel has no IOMMU support, so the word is accepted and has no effect.</summary>
    public bool IsIommuDisabled;
}

/// <summary>What a multiboot 1 loader said about VESA (boot sheet §7, chunk 1); nothing when <see cref="ControlInfo"/> is zero.</summary>
public struct BootVbe
{
    /// <summary>Kernel address of the 512-byte VBE info block; zero when the loader gave none.</summary>
    public ulong ControlInfo;

    /// <summary>Kernel address of the 256-byte mode info block.</summary>
    public ulong ModeInfo;
    public uint Mode;
    public uint InterfaceSegment;
    public uint InterfaceOffset;
    public uint InterfaceLength;
}

/// <summary>A framebuffer as multiboot 2 describes it (boot sheet §7, chunk 4); present when <see cref="Address"/> is not zero.</summary>
public struct BootFramebuffer
{
    public ulong Address;
    public uint Pitch;
    public uint Width;
    public uint Height;
    public byte BitsPerPixel;
    public byte Type;
}

/// <summary>All that the machine layer found out before the kernel proper starts; the only input of the boot code.</summary>
/// <remarks>
/// Filled field by field by <c>kernel/image</c> (or by a host test) in memory that starts out zeroed. Addresses of bytes
/// are kernel addresses inside the physical window; regions are physical. Nothing in it is needed after boot.
/// </remarks>
public struct BootDescription
{
    /// <summary>RAM that may be handed out, from 1 MiB up (<see cref="BootMemory"/> fills it from a loader's map).</summary>
    public RegionList Ram;

    /// <summary>What must never be handed out: kernel image with its tables and stacks, local APIC, IOAPICs.</summary>
    public RegionList Reserved;

    /// <summary>The root task's ELF file (module 0). Its memory is handed out once it has been loaded.</summary>
    public PhysicalRegion Module;

    /// <summary>Kernel address of 36 bytes of RSDP; an ACPI 1 RSDP is followed by zeros.</summary>
    public ulong Rsdp;

    /// <summary>Kernel address of the raw multiboot 1 memory map, and its length in bytes; zero bytes with multiboot 2.</summary>
    public ulong MemoryMap;
    public ulong MemoryMapBytes;

    public BootVbe Vbe;
    public BootFramebuffer Framebuffer;

    /// <summary>Measured frequency of the time stamp counter; never zero (boot sheet §7).</summary>
    public ulong TscMegahertz;

    /// <summary>First physical address that the kernel's window does not reach; RAM from here on counts as device memory.</summary>
    public ulong PhysicalTop;

    /// <summary>Kernel address of the loop that the idle thread runs in ring 0: enable interrupts, halt, again.</summary>
    /// <remarks>
    /// Its stack pointer is set to the end of its own register area, so that an interrupt pushes its frame there just as
    /// one from ring 3 does; the loop itself must not use the stack.
    /// </remarks>
    public ulong IdleEntry;

    /// <summary>Selectors of the idle thread.</summary>
    public ulong IdleCodeSelector;
    public ulong IdleStackSelector;

    public BootOptions Options;

    // What the boot code works with; the caller leaves it zeroed.

    /// <summary>RAM that nobody uses.</summary>
    public RegionList Free;

    /// <summary>Physical addresses that are neither RAM nor reserved.</summary>
    public RegionList Devices;

    public RootTaskPlan Plan;
}
