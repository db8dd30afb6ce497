// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Turns what a boot loader says about memory into the RAM list of a <see cref="BootDescription"/>.</summary>
public static class BootMemory
{
    /// <summary>Below this address nothing is RAM (boot sheet §2.1).</summary>
    public const ulong LowMemoryEnd = 0x10_0000;

    /// <summary>Bytes of a multiboot 1 record; its own size word is not honoured (boot sheet §2.1).</summary>
    public const ulong RecordBytes = 24;

    private const uint UsableMemory = 1;
    private const ulong PageMask = 0xfff;

    /// <summary>Adds the usable records of a raw multiboot 1 memory map.</summary>
    /// <remarks><see cref="BootDescription.PhysicalTop"/> must be set before.</remarks>
    public static void AddMultibootMap(ref BootDescription description, ulong map, ulong mapBytes)
    {
        for (ulong offset = 0; offset + RecordBytes <= mapBytes; offset += RecordBytes)
        {
            ulong start = RawMemory.ReadWord(map + offset + 4);
            ulong length = RawMemory.ReadWord(map + offset + 12);
            AddRecord(ref description, start, length, RawMemory.ReadUInt32(map + offset + 20));
        }
    }

    /// <summary>Adds one record: of type 1, at or above 1 MiB, at least a page long; cut to whole pages (boot sheet §2.1).</summary>
    public static void AddRecord(ref BootDescription description, ulong start, ulong length, uint type)
    {
        if (type != UsableMemory || start < LowMemoryEnd || length <= PageMask) return;
        ulong top = description.PhysicalTop & ~PageMask;
        if (start >= top) return;
        ulong end = length > top - start ? top : (start + length) & ~PageMask;
        description.Ram.Add((start + PageMask) & ~PageMask, end);
    }

    /// <summary>Without a map: RAM is 1 MiB up to 1 MiB + <paramref name="upperKibibytes"/> KiB (boot sheet §2.1).</summary>
    public static void AddUpperMemory(ref BootDescription description, ulong upperKibibytes) =>
        AddRecord(ref description, LowMemoryEnd, upperKibibytes << 10, UsableMemory);
}
