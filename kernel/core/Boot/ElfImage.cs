// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The root task's ELF file: what it must look like, and loading it (boot sheet §2.4).</summary>
/// <remarks>
/// Offsets are those of ELF64 headers (System V ABI, chapter 4). Only PT_LOAD segments count: the others describe bytes that
/// lie inside loaded ones, or are no bytes of the image at all. The file comes from the boot loader, which is trusted as much
/// as the kernel itself; it is checked so that a mistake ends in a sentence and not in a wild write.
/// </remarks>
public static class ElfImage
{
    private const uint Magic = 0x464c_457f;
    private const byte Class64 = 2;
    private const uint LoadSegment = 1;

    private const ulong HeaderBytes = 64;
    private const ulong ClassOffset = 4;
    private const ulong EntryOffset = 24;
    private const ulong SegmentsOffset = 32;
    private const ulong SegmentSizeOffset = 54;
    private const ulong SegmentCountOffset = 56;

    private const ulong SegmentHeaderBytes = 56;
    private const ulong FileOffset = 8;
    private const ulong VirtualAddress = 16;
    private const ulong FileBytes = 32;
    private const ulong MemoryBytes = 40;

    private const ulong PageMask = (1ul << AbiConstants.PageBits) - 1;

    /// <summary>Pages above the image that must still be user space: IPC buffer and BootInfo.</summary>
    private const ulong RoomAbove = 2ul << AbiConstants.PageBits;

    /// <summary>Checks the file and finds the range of addresses that the image takes.</summary>
    public static BootFailure Check(ulong file, ulong bytes, ref RootImage image)
    {
        if (bytes < HeaderBytes || RawMemory.ReadUInt32(file) != Magic || RawMemory.ReadByte(file + ClassOffset) != Class64)
            return BootFailure.NotElf64;
        ulong count = RawMemory.ReadUInt16(file + SegmentCountOffset);
        ulong table = RawMemory.ReadWord(file + SegmentsOffset);
        if (count == 0) return BootFailure.NoSegments;
        if (RawMemory.ReadUInt16(file + SegmentSizeOffset) != SegmentHeaderBytes) return BootFailure.NotElf64;
        if (!IsInside(table, count * SegmentHeaderBytes, bytes)) return BootFailure.SegmentOutsideFile;

        ulong lowest = ulong.MaxValue;
        ulong highest = 0;
        for (ulong index = 0; index < count; index++)
        {
            ulong segment = file + table + (index * SegmentHeaderBytes);
            if (!IsLoaded(segment)) continue;
            BootFailure failure = CheckSegment(segment, bytes);
            if (failure != BootFailure.None) return failure;
            ulong start = RawMemory.ReadWord(segment + VirtualAddress);
            ulong end = start + RawMemory.ReadWord(segment + MemoryBytes);
            if (start < lowest) lowest = start;
            if (end > highest) highest = end;
        }
        if (highest == 0) return BootFailure.NoSegments;
        return CheckRange(RawMemory.ReadWord(file + EntryOffset), lowest, highest, ref image);
    }

    /// <summary>Copies the segments of a checked file to where the image lies; the target has been zeroed.</summary>
    public static void Load(ulong file, ulong target, ref RootImage image)
    {
        ulong count = RawMemory.ReadUInt16(file + SegmentCountOffset);
        ulong table = RawMemory.ReadWord(file + SegmentsOffset);
        for (ulong index = 0; index < count; index++)
        {
            ulong segment = file + table + (index * SegmentHeaderBytes);
            if (!IsLoaded(segment)) continue;
            RawMemory.Copy(
                target + RawMemory.ReadWord(segment + VirtualAddress) - image.Start,
                file + RawMemory.ReadWord(segment + FileOffset),
                RawMemory.ReadWord(segment + FileBytes));
        }
    }

    private static bool IsLoaded(ulong segment) =>
        RawMemory.ReadUInt32(segment) == LoadSegment && RawMemory.ReadWord(segment + MemoryBytes) != 0;

    private static BootFailure CheckSegment(ulong segment, ulong bytes)
    {
        ulong start = RawMemory.ReadWord(segment + VirtualAddress);
        ulong memoryBytes = RawMemory.ReadWord(segment + MemoryBytes);
        ulong fileBytes = RawMemory.ReadWord(segment + FileBytes);
        if (start > AbiConstants.UserTop || memoryBytes > AbiConstants.UserTop - start) return BootFailure.SegmentOutsideUserSpace;
        if (fileBytes > memoryBytes || !IsInside(RawMemory.ReadWord(segment + FileOffset), fileBytes, bytes))
            return BootFailure.SegmentOutsideFile;
        return BootFailure.None;
    }

    private static BootFailure CheckRange(ulong entry, ulong lowest, ulong highest, ref RootImage image)
    {
        if ((lowest & PageMask) != 0) return BootFailure.ImageNotAligned;
        ulong end = (highest + PageMask) & ~PageMask;
        if (end + RoomAbove > AbiConstants.UserTop) return BootFailure.ImageTooHigh;
        if (entry < lowest || entry >= highest) return BootFailure.EntryOutsideImage;
        image.Start = lowest;
        image.Entry = entry;
        image.End = end;
        return BootFailure.None;
    }

    private static bool IsInside(ulong start, ulong length, ulong bytes) => start <= bytes && length <= bytes - start;
}
