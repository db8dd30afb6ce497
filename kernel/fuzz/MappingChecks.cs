// SPDX-License-Identifier: BSD-2-Clause

using System.Collections.Generic;
using Kernel.Core;
using Kernel.Sim;

namespace Kernel.Fuzz;

/// <summary>Whether page tables show users nothing but pages that some capability says are mapped there.</summary>
/// <remarks>
/// Goes through the tables with an eye of its own (SDM 3A §4.5) from every address space that has a number, because these are
/// the ones that CR3 is ever loaded with, and compares each present entry with the capabilities in all slots. The converse does
/// not hold: a page may be unmapped by taking away a table above it, and its capability does not know.
/// </remarks>
internal static class MappingChecks
{
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong User = 4;
    private const ulong Large = 0x80;
    private const ulong AddressBits = 0x000f_ffff_ffff_f000;
    private const int UserEntries = 256;
    private const int TableEntries = 512;
    private const int TopShift = 39;

    private readonly record struct Mapping(ulong Asid, ulong Address, ulong Physical, CapabilityTag Tag, int SizeBits);

    /// <summary>Throws when an entry has no capability behind it.</summary>
    public static void Check(SimSystem sim)
    {
        HashSet<Mapping> known = [];
        HashSet<Mapping> writable = [];
        Collect(sim, known, writable);
        ref KernelState state = ref sim.State;
        for (int pool = 0; pool < AsidPoolTable.Count; pool++)
        {
            if (state.AsidPools[pool] == 0) continue;
            for (int index = 0; index < TableEntries; index++)
            {
                ulong root = new Ref<ulong>(state.AsidPools[pool] + (8 * (ulong)index)).Value;
                if (root != 0) CheckTable(sim, known, writable, (ulong)((pool * TableEntries) + index), root, 0, TopShift);
            }
        }
    }

    private static void CheckTable(
        SimSystem sim, HashSet<Mapping> known, HashSet<Mapping> writable, ulong asid, ulong table, ulong start, int shift)
    {
        int entries = shift == TopShift ? UserEntries : TableEntries;
        for (int index = 0; index < entries; index++)
        {
            ulong entry = new Ref<ulong>(table + (8 * (ulong)index)).Value;
            if ((entry & Present) == 0) continue;
            ulong address = start + ((ulong)index << shift);
            ulong physical = entry & AddressBits;
            bool isLeaf = shift == 12 || (shift < TopShift && (entry & Large) != 0);
            CapabilityTag tag = isLeaf ? CapabilityTag.Frame : TableTag(shift);
            ulong target = isLeaf ? physical & ~((1ul << shift) - 1) : physical;
            Mapping mapping = new(asid, address, target, tag, isLeaf ? shift : 12);
            if (!known.Contains(mapping)) throw new FuzzException($"a page-table entry without a capability: {mapping}");
            if (isLeaf && (entry & (Writable | User)) == (Writable | User) && !writable.Contains(mapping))
                throw new FuzzException($"a page that can be written though no capability allows it: {mapping}");
            if (!isLeaf) CheckTable(sim, known, writable, asid, sim.Kernel.Window(physical), address, shift - 9);
        }
    }

    private static CapabilityTag TableTag(int shift) => shift switch
    {
        39 => CapabilityTag.Pdpt,
        30 => CapabilityTag.PageDirectory,
        _ => CapabilityTag.PageTable,
    };

    private static void Collect(SimSystem sim, HashSet<Mapping> known, HashSet<Mapping> writable)
    {
        ulong window = sim.Kernel.Memory.Window;
        foreach (Capability capability in sim.AllCapabilities())
        {
            switch (capability.Tag)
            {
                case CapabilityTag.Frame when capability.FrameMappedAsid != 0:
                    Mapping page = new(
                        capability.FrameMappedAsid, capability.FrameMappedAddress, capability.FrameAddress - window, CapabilityTag.Frame,
                        12 + (9 * (int)capability.FrameSizeClass));
                    known.Add(page);
                    if (capability.FrameRights == 3) writable.Add(page);
                    break;
                case CapabilityTag.PageTable when capability.PageTableIsMapped:
                    known.Add(new(
                        capability.PageTableMappedAsid, capability.PageTableMappedAddress, capability.PageTableAddress - window,
                        CapabilityTag.PageTable, 12));
                    break;
                case CapabilityTag.PageDirectory when capability.PageDirectoryIsMapped:
                    known.Add(new(
                        capability.PageDirectoryMappedAsid, capability.PageDirectoryMappedAddress, capability.PageDirectoryAddress - window,
                        CapabilityTag.PageDirectory, 12));
                    break;
                case CapabilityTag.Pdpt when capability.PdptIsMapped:
                    known.Add(new(
                        capability.PdptMappedAsid, capability.PdptMappedAddress, capability.PdptAddress - window, CapabilityTag.Pdpt, 12));
                    break;
                default:
                    break;
            }
        }
    }
}
