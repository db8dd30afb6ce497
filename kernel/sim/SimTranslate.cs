// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;

namespace Kernel.Sim;

/// <summary>What page tables say about one address.</summary>
/// <param name="PhysicalAddress">Where the address leads, low bits included.</param>
/// <param name="SizeBits">Size of the page: 12, 21 or 30.</param>
/// <param name="IsWritable">Writable at every level.</param>
/// <param name="IsUser">The user's at every level.</param>
/// <param name="MemoryType">PAT index: PWT, PCD and PAT of the page as bits 0, 1 and 2 (ABI §17.3).</param>
public readonly record struct Translation(ulong PhysicalAddress, int SizeBits, bool IsWritable, bool IsUser, int MemoryType)
{
    /// <summary>What the hardware would do with a user's read.</summary>
    public bool CanUserRead => IsUser;

    public bool CanUserWrite => IsUser && IsWritable;
}

/// <summary>A page-table walker that knows nothing of the kernel's: written from SDM 3A §4.5 alone, to judge it.</summary>
public static class SimTranslate
{
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong User = 4;
    private const ulong Large = 0x80;
    private const ulong AddressBits = 0x000f_ffff_ffff_f000;

    /// <summary>Follows the tables of a PML4 (physical address) in memory as they are now; null when nothing is mapped.</summary>
    public static Translation? Walk(SimMemory memory, ulong root, ulong address) => Walk(memory, root, address, null);

    /// <summary>The same with a cache of upper entries, keyed by level and address prefix, that is read before memory.</summary>
    internal static Translation? Walk(SimMemory memory, ulong root, ulong address, Dictionary<(int, ulong), ulong>? upperEntries)
    {
        ulong table = root;
        bool isWritable = true;
        bool isUser = true;
        for (int shift = 39; ; shift -= 9)
        {
            ulong entry = ReadEntry(memory, table, address, shift, upperEntries);
            if ((entry & Present) == 0) return null;
            isWritable &= (entry & Writable) != 0;
            isUser &= (entry & User) != 0;
            if (shift == 12 || (shift < 39 && (entry & Large) != 0)) return Leaf(entry, address, shift, isWritable, isUser);
            if (upperEntries is not null) upperEntries[(shift, address >> shift)] = entry;
            table = entry & AddressBits;
        }
    }

    private static ulong ReadEntry(
        SimMemory memory, ulong table, ulong address, int shift, Dictionary<(int, ulong), ulong>? upperEntries)
    {
        if (upperEntries is not null && upperEntries.TryGetValue((shift, address >> shift), out ulong cached)) return cached;
        return memory.ReadWord(table + (((address >> shift) & 511) * 8));
    }

    private static Translation Leaf(ulong entry, ulong address, int shift, bool isWritable, bool isUser)
    {
        ulong offsetMask = (1ul << shift) - 1;
        ulong physical = (entry & AddressBits & ~offsetMask) | (address & offsetMask);
        ulong pat = shift == 12 ? entry >> 7 : entry >> 12;
        int memoryType = (int)(((entry >> 3) & 3) | ((pat & 1) << 2));
        return new(physical, shift, isWritable, isUser, memoryType);
    }
}

/// <summary>A TLB that forgets nothing by itself: the worst that hardware may do (SDM 3A §4.10).</summary>
/// <remarks>
/// Once an address was used, its translation and the tables on the way stay until the kernel invalidates them. A kernel
/// that forgets an invalidation shows the old page here.
/// </remarks>
public sealed class SimTlb(SimMemory memory)
{
    private readonly Dictionary<ulong, Translation> _pages = [];
    private readonly Dictionary<(int, ulong), ulong> _upperEntries = [];

    /// <summary>What a user's access to an address sees in the address space of <paramref name="root"/>; null for a page fault.</summary>
    public Translation? Access(ulong root, ulong address)
    {
        ulong page = address >> 12;
        if (_pages.TryGetValue(page, out Translation cached))
        {
            return cached with { PhysicalAddress = (cached.PhysicalAddress & ~0xffful) | (address & 0xfff) };
        }
        Translation? found = SimTranslate.Walk(memory, root, address, _upperEntries);
        if (found is Translation translation) _pages[page] = translation;
        return found;
    }

    /// <summary>A page that is still cached though the tables no longer allow it, or allow less; null when there is none.</summary>
    public ulong? FindStale(ulong root)
    {
        foreach ((ulong page, Translation cached) in _pages)
        {
            Translation? now = SimTranslate.Walk(memory, root, page << 12);
            bool isGood = now is Translation found && found.PhysicalAddress >> 12 == cached.PhysicalAddress >> 12
                && (found.IsWritable || !cached.IsWritable) && (found.IsUser || !cached.IsUser);
            if (!isGood) return page << 12;
        }
        return null;
    }

    /// <summary>INVLPG: the page of that address, whatever its size, and all cached upper entries (SDM 3A §4.10.4.1).</summary>
    internal void Invalidate(ulong address)
    {
        _upperEntries.Clear();
        foreach ((ulong page, Translation translation) in new List<KeyValuePair<ulong, Translation>>(_pages))
        {
            if (page << 12 >> translation.SizeBits == address >> translation.SizeBits) _pages.Remove(page);
        }
    }

    internal void Flush()
    {
        _pages.Clear();
        _upperEntries.Clear();
    }
}
