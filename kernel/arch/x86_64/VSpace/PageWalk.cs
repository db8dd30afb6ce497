// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;

namespace Kernel.X64;

/// <summary>Where a walk through the tables ended: at an entry, or at a level whose table is missing.</summary>
/// <remarks>One word: the address of the entry, or the bits that remained, which no address is as low as.</remarks>
internal readonly struct WalkResult(ulong entryOrMissingBits)
{
    private const ulong MaxBits = 63;

    private readonly ulong _entryOrMissingBits = entryOrMissingBits;

    /// <summary>The entry asked for; not to be used when a table above it is missing.</summary>
    internal Ref<ulong> Entry => new(_entryOrMissingBits);

    internal bool IsMissing => _entryOrMissingBits <= MaxBits;

    /// <summary>The lookup failure that tells which table is missing: 39, 30 or 21 bits (ABI §17.4).</summary>
    internal SyscallError Error => SyscallError.FailedLookup(LookupFailure.MissingCapability(_entryOrMissingBits), wasSource: false);
}

/// <summary>The walk from a PML4 down to the entry that decides about an address.</summary>
/// <remarks>Written out level by level: every shift is a constant, and a level costs a dozen instructions.</remarks>
internal static class PageWalk<M>
    where M : struct, IMachine
{
    private const int RootShift = 39;
    private const int HugeShift = 30;
    private const int LargeShift = 21;
    private const int SmallShift = 12;

    /// <summary>log2 of the bytes of an entry, and the mask of an offset in a table.</summary>
    private const int EntryBits = 3;
    private const ulong OffsetMask = 511 << EntryBits;

    /// <summary>Finds the entry for <paramref name="address"/> in the table whose entries cover 2^<paramref name="shift"/> bytes.</summary>
    /// <remarks>A large page on the way counts as a missing table (R-VS-10).</remarks>
    internal static WalkResult Find(ulong pml4, ulong address, int shift)
    {
        ulong entry = pml4 + ((address >> (RootShift - EntryBits)) & OffsetMask);
        if (shift == RootShift) return new(entry);
        ulong value = new Ref<ulong>(entry).Value;
        if (!PageTableEntry.IsTable(value)) return new(RootShift);

        entry = TableOf(value) + ((address >> (HugeShift - EntryBits)) & OffsetMask);
        if (shift == HugeShift) return new(entry);
        value = new Ref<ulong>(entry).Value;
        if (!PageTableEntry.IsTable(value)) return new(HugeShift);

        entry = TableOf(value) + ((address >> (LargeShift - EntryBits)) & OffsetMask);
        if (shift == LargeShift) return new(entry);
        value = new Ref<ulong>(entry).Value;
        if (!PageTableEntry.IsTable(value)) return new(LargeShift);

        return new(TableOf(value) + ((address >> (SmallShift - EntryBits)) & OffsetMask));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong TableOf(ulong entry) => M.PhysicalWindow + (entry & PageTableEntry.AddressMask);
}
