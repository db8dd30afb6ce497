// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>RAM of the machine beside what the boot information lists as untyped (AL:U10).</summary>
/// <remarks>The list has a fixed length: more untypeds than fit are lost without a word, so somebody has to compare.</remarks>
public readonly struct MemoryCensus(ulong mapBytes, ulong untypedBytes, int untypeds, bool hasMap)
{
    private const ulong LowestRam = 1ul << 20;
    private const ulong PageBytes = 1ul << AbiConstants.PageBits;
    private const uint RamType = 1;

    /// <summary>RAM by the loader's memory map, from 1 MiB on, in whole pages.</summary>
    public readonly ulong MapBytes = mapBytes;

    /// <summary>RAM in untypeds.</summary>
    public readonly ulong UntypedBytes = untypedBytes;

    /// <summary>How many untypeds are listed.</summary>
    public readonly int Untypeds = untypeds;

    /// <summary>False when the loader gave no map, so that nothing can be compared.</summary>
    public readonly bool HasMap = hasMap;

    /// <summary>RAM that is in no untyped: kernel, images, and whatever was lost.</summary>
    public ulong MissingBytes => HasMap && MapBytes > UntypedBytes ? MapBytes - UntypedBytes : 0;

    /// <summary>True when the list is full: then there may have been more.</summary>
    public bool IsListFull => Untypeds >= AbiConstants.MaxBootUntypeds;

    /// <summary>Reads both from the boot information.</summary>
    public static MemoryCensus Measure(BootInfo info)
    {
        ulong untyped = 0;
        for (int index = 0; index < info.UntypedCount; index++)
            if (!info.Untyped(index).IsDevice) untyped += 1ul << info.Untyped(index).SizeBits;
        ulong map = 0;
        bool hasMap = false;
        foreach (BootInfoChunkView chunk in info.Chunks)
        {
            if (chunk.Kind != BootInfoChunk.X86MemoryMap || chunk.Bytes.Length < BootInfoLayout.MemoryMapEntries) continue;
            hasMap = true;
            map += RamOf(chunk.Bytes);
        }

        return new MemoryCensus(map, untyped, info.UntypedCount, hasMap);
    }

    private static ulong RamOf(ReadOnlySpan<byte> chunk)
    {
        int valid = (int)Math.Min(MemoryMarshal.Read<uint>(chunk.Slice(BootInfoLayout.ChunkHeaderSize)), (uint)chunk.Length);
        ulong bytes = 0;
        for (int offset = 0; offset + BootInfoLayout.MemoryMapEntrySize <= valid; offset += BootInfoLayout.MemoryMapEntrySize)
        {
            if (BootInfoLayout.MemoryMapEntries + offset + BootInfoLayout.MemoryMapEntrySize > chunk.Length) break;
            // A size word, then base, length and type, unaligned.
            ReadOnlySpan<byte> entry = chunk.Slice(BootInfoLayout.MemoryMapEntries + offset, BootInfoLayout.MemoryMapEntrySize);
            ulong start = MemoryMarshal.Read<ulong>(entry.Slice(4));
            ulong length = MemoryMarshal.Read<ulong>(entry.Slice(12));
            if (MemoryMarshal.Read<uint>(entry.Slice(20)) != RamType || start < LowestRam || length < PageBytes) continue;
            ulong first = (start + (PageBytes - 1)) & ~(PageBytes - 1);
            ulong end = (start + length) & ~(PageBytes - 1);
            if (end > first) bytes += end - first;
        }

        return bytes;
    }
}
