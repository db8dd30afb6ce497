// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4;

/// <summary>Decides whether BootInfo makes sense (RT:B1), so that a program can stop with a sentence instead of going astray.</summary>
public static class BootInfoCheck
{
    private const int RegionCount = 6;

    /// <summary>
    /// log2 of the largest alignment that the base of an untyped object can be relied on to have: above, the kernel aligns
    /// by its own window and not by physical address (BOOT-8.2).
    /// </summary>
    private const int ReliableAlignmentBits = 39;

    /// <summary>Null when everything is as it must be; otherwise a sentence that names the first thing that is not.</summary>
    public static string? FindDefect(BootInfo info)
    {
        if (info.Bytes.Length < BootInfoLayout.Size)
        {
            return "BootInfo is shorter than its structure";
        }

        if (info.CNodeRadix is < 1 or > AbiConstants.MaxUntypedBits - AbiConstants.SlotSizeBits)
        {
            return $"the root CNode cannot have a radix of {info.CNodeRadix}";
        }

        if (info.IpcBufferAddress == 0 || info.IpcBufferAddress % IpcBufferLayout.Size != 0)
        {
            return $"the IPC buffer cannot be at {info.IpcBufferAddress}";
        }

        return FindRegionDefect(info) ?? FindUntypedDefect(info) ?? FindChunkDefect(info);
    }

    private static string? FindRegionDefect(BootInfo info)
    {
        ulong slots = 1UL << info.CNodeRadix;
        for (int i = 0; i < RegionCount; i++)
        {
            SlotRegion region = Region(info, i);
            if (region.Start > region.End || region.End > slots)
            {
                return $"the region {RegionName(i)}, {region.Start} to {region.End}, is not inside a CNode of {slots} slots";
            }

            if (region.Count != 0 && region.Start < InitialSlot.FirstDynamic)
            {
                return $"the region {RegionName(i)} starts at {region.Start}, where fixed capabilities are";
            }

            for (int j = 0; j < i; j++)
            {
                SlotRegion other = Region(info, j);
                if (region.Count != 0 && other.Count != 0 && region.Start < other.End && other.Start < region.End)
                {
                    return $"the regions {RegionName(j)} and {RegionName(i)} overlap";
                }
            }
        }

        return null;
    }

    private static string? FindUntypedDefect(BootInfo info)
    {
        if (info.Untypeds.Count > AbiConstants.MaxBootUntypeds)
        {
            return $"there are {info.Untypeds.Count} untyped capabilities and {AbiConstants.MaxBootUntypeds} places to describe them";
        }

        for (int i = 0; i < info.UntypedCount; i++)
        {
            UntypedDescriptor untyped = info.Untyped(i);
            if (untyped.SizeBits is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits)
            {
                return $"untyped {i} cannot have a size of 2^{untyped.SizeBits} bytes";
            }

            int alignBits = Math.Min(untyped.SizeBits, ReliableAlignmentBits);
            if ((untyped.PhysicalAddress & ((1UL << alignBits) - 1)) != 0)
            {
                return $"untyped {i} at {untyped.PhysicalAddress} is not aligned to its size of 2^{untyped.SizeBits} bytes";
            }
        }

        return null;
    }

    private static string? FindChunkDefect(BootInfo info)
    {
        if (info.ExtraLength > (ulong)info.ExtraBytes.Length)
        {
            return $"the extra chunks should have {info.ExtraLength} bytes, and {info.ExtraBytes.Length} are there";
        }

        BootInfoChunks chunks = info.Chunks;
        int count = 0;
        while (chunks.MoveNext())
        {
            count++;
        }

        return chunks.IsBroken ? $"extra chunk {count} has a length that does not fit" : null;
    }

    private static SlotRegion Region(BootInfo info, int index) => index switch
    {
        0 => info.Empty,
        1 => info.SharedFrames,
        2 => info.UserImageFrames,
        3 => info.UserImagePaging,
        4 => info.ExtraPages,
        _ => info.Untypeds,
    };

    private static string RegionName(int index) => index switch
    {
        0 => "empty",
        1 => "sharedFrames",
        2 => "userImageFrames",
        3 => "userImagePaging",
        4 => "extraBIPages",
        _ => "untyped",
    };
}
