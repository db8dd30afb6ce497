// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>Where a walk through the tables ended: at an entry, or at a level whose table is missing. Two words (anchors §4.5).</summary>
internal readonly struct WalkResult(Ref<ulong> entry, int missingBits)
{
    /// <summary>The entry asked for; null when a table above it is missing.</summary>
    internal readonly Ref<ulong> Entry = entry;

    /// <summary>When a table is missing: the address bits that remained, 39, 30 or 21 (ABI §17.4).</summary>
    internal readonly int MissingBits = missingBits;

    internal bool IsMissing => Entry.IsNull;

    internal SyscallError Error => SyscallError.FailedLookup(LookupFailure.MissingCapability((ulong)MissingBits), wasSource: false);
}

/// <summary>The walk from a PML4 down to the entry that decides about an address.</summary>
internal static class PageWalk<M>
    where M : struct, IMachine
{
    private const int RootShift = 39;
    private const int BitsPerLevel = 9;
    private const ulong IndexMask = 511;

    /// <summary>Finds the entry for <paramref name="address"/> in the table whose entries cover 2^<paramref name="shift"/> bytes.</summary>
    /// <remarks>A large page on the way counts as a missing table (R-VS-10).</remarks>
    internal static WalkResult Find(ulong pml4, ulong address, int shift)
    {
        ulong table = pml4;
        int level = RootShift;
        while (true)
        {
            Ref<ulong> entry = new(table + (((address >> level) & IndexMask) << 3));
            if (level == shift) return new(entry, 0);
            ulong value = entry.Value;
            if (!PageTableEntry.IsTable(value)) return new(new(0), level);
            table = M.PhysicalWindow + (value & PageTableEntry.AddressMask);
            level -= BitsPerLevel;
        }
    }
}
