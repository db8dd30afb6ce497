// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>What memory can be used for (AL:U9).</summary>
public enum MemoryKind : byte
{
    /// <summary>RAM that the kernel clears and can make objects from.</summary>
    Ram = 0,

    /// <summary>Registers and memory of devices: frames and untypeds only, never cleared (AL:U8).</summary>
    Device = 1,

    /// <summary>RAM beyond the kernel's window, which it lists as device memory: frames only, and not cleared.</summary>
    FarRam = 2,
}

/// <summary>How scarce an address is: old devices reach 16 MiB, many 4 GiB (AL:U19).</summary>
public enum MemoryZone : byte
{
    Below16MiB = 0,
    Below4GiB = 1,
    Above4GiB = 2,
}
