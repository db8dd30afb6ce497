// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>What page tables, page directories and PDPTs have in common: each hangs in an entry of the table above.</summary>
/// <remarks>
/// The three capabilities have their fields in the same places (capability.bf), so the accessors of one serve for all;
/// <c>CapabilityLayoutTests</c> holds them to it.
/// </remarks>
internal static class Tables<M>
    where M : struct, IMachine
{
    /// <summary>Address bits that an entry referring to this table covers: 21, 30 or 39.</summary>
    internal static int CoverBits(Capability table) => table.Tag switch
    {
        CapabilityTag.PageTable => AbiConstants.LargePageBits,
        CapabilityTag.PageDirectory => AbiConstants.HugePageBits,
        _ => AbiConstants.PdptCoverBits,
    };

    internal static bool IsMapped(Capability table) => table.PageTableIsMapped;

    internal static ulong Address(Capability table) => table.PageTableAddress;

    internal static Capability WithMapping(Capability table, ulong asid, ulong address) =>
        table.WithPageTableIsMapped(true).WithPageTableMappedAsid(asid).WithPageTableMappedAddress(address);

    internal static Capability WithoutMapping(Capability table) => new(table.WithPageTableIsMapped(false).Word0, 0);

    /// <summary>Takes the table out of the one above it, if it still hangs there.</summary>
    internal static void Remove(ref KernelState kernel, Capability table)
    {
        if (!IsMapped(table)) return;
        ulong pml4 = Asids<M>.Find(ref kernel, table.PageTableMappedAsid);
        if (pml4 == 0) return;
        WalkResult walk = PageWalk<M>.Find(pml4, table.PageTableMappedAddress, CoverBits(table));
        if (walk.IsMissing) return;
        ulong entry = walk.Entry.Value;
        ulong physical = ArchObjects.PhysicalAddress<M>(Address(table));
        if (!PageTableEntry.IsTable(entry) || (entry & PageTableEntry.AddressMask) != physical) return;
        walk.Entry.Value = 0;
        ActiveSpace<M>.TableRemoved(ref kernel, pml4);
    }
}
