// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>Compares the memory that was handed over with the memory that the machine has (RT:B3).</summary>
/// <remarks>The kernel's list of untyped memory has an end. What did not fit is lost, and only the two sums tell.</remarks>
public static class BootMemory
{
    // A chunk of the multiboot memory map: its header, its length in bytes, then packed entries (BOOT-7).
    private const int EntriesAt = BootInfoLayout.MemoryMapEntries;
    private const int EntryBytes = BootInfoLayout.MemoryMapEntrySize;
    private const int LengthAt = 12;
    private const int TypeAt = 20;
    private const uint Ram = 1;

    /// <summary>True when the list is as long as it can be: more memory may have been there.</summary>
    public static bool IsListFull(BootInfo info) => info.UntypedCount == AbiConstants.MaxBootUntypeds;

    /// <summary>Bytes of RAM in the list of untyped memory.</summary>
    public static ulong RamOfList(BootInfo info)
    {
        ulong bytes = 0;
        for (int index = 0; index < info.UntypedCount; index++)
        {
            UntypedDescriptor untyped = info.Untyped(index);
            if (!untyped.IsDevice) bytes += 1ul << untyped.SizeBits;
        }

        return bytes;
    }

    /// <summary>Bytes of RAM in the memory map of the boot loader; 0 when there is none.</summary>
    public static ulong RamOfMap(BootInfo info)
    {
        ReadOnlySpan<byte> chunk = info.Chunk(BootInfoChunk.X86MemoryMap);
        ulong bytes = 0;
        for (int at = EntriesAt; at <= chunk.Length - EntryBytes; at += EntryBytes)
        {
            if (MemoryMarshal.Read<uint>(chunk.Slice(at + TypeAt)) == Ram) bytes += MemoryMarshal.Read<ulong>(chunk.Slice(at + LengthAt));
        }

        return bytes;
    }
}
