// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>What an extra chunk of BootInfo holds. BOOT-7.</summary>
public enum BootInfoChunk : ulong
{
    /// <summary>Nothing; skip it.</summary>
    Padding = 0,
    /// <summary>Graphics mode information of the firmware.</summary>
    X86Vbe = 1,
    /// <summary>The loader's memory map.</summary>
    X86MemoryMap = 2,
    /// <summary>The ACPI root pointer, 36 bytes.</summary>
    X86AcpiRsdp = 3,
    /// <summary>The loader's framebuffer.</summary>
    X86Framebuffer = 4,
    /// <summary>Time stamp counter frequency in MHz, 4 bytes.</summary>
    X86TscFrequency = 5,
    /// <summary>A flattened device tree; not on x86.</summary>
    DeviceTree = 6,
}
