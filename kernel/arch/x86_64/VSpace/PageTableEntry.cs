// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;

namespace Kernel.X64;

/// <summary>Rights of a frame capability and of its mapping (ABI §16).</summary>
internal static class VmRights
{
    internal const ulong KernelOnly = 1;
    internal const ulong ReadOnly = 2;
    internal const ulong ReadWrite = 3;
}

/// <summary>The bits of paging-structure entries (SDM 3A §4.5, tables 4-15 to 4-20).</summary>
internal static class PageTableEntry
{
    internal const ulong Present = 1;
    internal const ulong Writable = 2;
    internal const ulong User = 4;
    internal const ulong WriteThrough = 8;
    internal const ulong CacheDisabled = 0x10;

    /// <summary>In entries of page directories and PDPTs: maps a page instead of referring to a table.</summary>
    internal const ulong Large = 0x80;

    /// <summary>Third bit of the memory type: here in entries of page tables, …</summary>
    internal const ulong SmallPat = 0x80;

    /// <summary>… and here in entries that map large pages.</summary>
    internal const ulong LargePat = 0x1000;

    /// <summary>Ours: the CPU ignores bits 9–11. Marks device memory, which the kernel itself never touches.</summary>
    internal const ulong Device = 0x200;

    internal const ulong AddressMask = 0x000f_ffff_ffff_f000;
    internal const int EntriesPerTable = 512;

    private const ulong PatAttribute = 4;

    internal static bool IsPresent(ulong entry) => (entry & Present) != 0;

    /// <summary>True when the entry refers to a lower table. Not for entries of page tables, whose bit 7 means something else.</summary>
    internal static bool IsTable(ulong entry) => (entry & (Present | Large)) == Present;

    /// <summary>Physical address of the page that an entry of that size maps.</summary>
    internal static ulong PageAddress(ulong entry, int sizeBits) => entry & AddressMask & ~((1ul << sizeBits) - 1);

    /// <summary>An entry that refers to a table. Rights are judged at the page alone, so a table allows everything.</summary>
    internal static ulong ForTable(ulong physicalAddress, ulong attributes) =>
        physicalAddress | Present | Writable | User | CachingBits(attributes);

    /// <summary>An entry that maps a page. Kernel-only pages are present but not the user's (R-VS-12).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong ForPage(ulong physicalAddress, int sizeBits, ulong rights, ulong attributes)
    {
        // Bit 1 of the rights is "the user's", both bits together are "writable": no need to branch.
        ulong entry = physicalAddress | Present | CachingBits(attributes) | ((rights & 2) << 1) | (rights & (rights << 1) & Writable);
        ulong pat = attributes & PatAttribute;
        if (sizeBits == ArchObjects.SmallPageBits) return entry | (pat * (SmallPat / PatAttribute));
        return entry | Large | (pat * (LargePat / PatAttribute));
    }

    /// <summary>Attribute bits 0 and 1 are PWT and PCD (ABI §17.3).</summary>
    private static ulong CachingBits(ulong attributes) => (attributes & 3) << 3;
}
