// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;

namespace Kernel.Model;

// Pages, tables and address spaces (ABI-16 to ABI-18, R-VS, R-ASID).
public sealed partial class ModelKernel
{
    private const ulong LastUserAddress = 0x7fff_ffff_ffff;
    private const int PageBits = 12;
    private const int IndexBits = 9;
    private const ulong AttributeBits = 7;

    private void PerformOnFrame(ModelCall call)
    {
        ModelFrame frame = (ModelFrame)call.Cap.Target!;
        switch (call.Label)
        {
            case InvocationLabel.X86PageMap:
                MapFrame(call, frame);
                break;
            case InvocationLabel.X86PageUnmap:
                UnmapFrame(call.Cap);
                call.Slot.Cap = call.Cap with { Mapping = null };
                break;
            case InvocationLabel.X86PageGetAddress:
                call.Results.Add(frame.Address);
                break;
            default:
                throw ModelCall.Illegal;
        }
    }

    private void MapFrame(ModelCall call, ModelFrame frame)
    {
        call.Need(3, 1);
        ulong address = call[0];
        (ModelTable root, int asid) = SpaceOf(call.Extras[0]);
        if (call.Cap.Mapping is { } present)
        {
            if (present.Asid != asid) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
            if (present.Address != address) throw new ModelRefusal(ErrorCode.InvalidArgument, 0);
        }
        else if (address > LastUserAddress || address + (1ul << frame.SizeBits) > LastUserAddress)
        {
            throw new ModelRefusal(ErrorCode.InvalidArgument, 0);
        }

        Judge(root, asid);
        if ((address & ((1ul << frame.SizeBits) - 1)) != 0) throw new ModelRefusal(ErrorCode.AlignmentError);
        int level = 1 + ((frame.SizeBits - PageBits) / IndexBits);
        ModelTable table = Descend(root, address, level);
        int index = IndexAt(address, level);
        if (table.Entries.GetValueOrDefault(index)?.Table != null) throw new ModelRefusal(ErrorCode.DeleteFirst);
        int rights = ModelFamily.MaskPage(call.Cap.PageRights, (CapRights)call[1]);
        table.Entries[index] = new ModelEntry(null, frame.Address, rights, call[2] & AttributeBits);
        call.Slot.Cap = call.Cap with { Mapping = new ModelMapping(asid, address) };
    }

    /// <summary>Takes a page out of its table, if it is still there (ABI-17.4).</summary>
    private void UnmapFrame(ModelCap cap)
    {
        if (cap.Mapping is not { } mapping || SpaceAt(mapping.Asid) is not { } root) return;
        ModelFrame frame = (ModelFrame)cap.Target!;
        int level = 1 + ((frame.SizeBits - PageBits) / IndexBits);
        ModelTable? table = root;
        for (int above = 4; above > level && table != null; above--)
            table = table.Entries.GetValueOrDefault(IndexAt(mapping.Address, above))?.Table;
        int index = IndexAt(mapping.Address, level);
        if (table?.Entries.GetValueOrDefault(index) is { Table: null } entry && entry.Page == frame.Address) table.Entries.Remove(index);
    }

    private void PerformOnTable(ModelCall call)
    {
        ModelTable table = (ModelTable)call.Cap.Target!;
        (InvocationLabel map, InvocationLabel unmap) = table.Level switch
        {
            1 => (InvocationLabel.X86PageTableMap, InvocationLabel.X86PageTableUnmap),
            2 => (InvocationLabel.X86PageDirectoryMap, InvocationLabel.X86PageDirectoryUnmap),
            _ => (InvocationLabel.X86PdptMap, InvocationLabel.X86PdptUnmap),
        };
        if (call.Label == unmap)
        {
            if (table.Capabilities.Count > 1) throw new ModelRefusal(ErrorCode.RevokeFirst);
            if (call.Cap.Mapping is null) return;
            Unhook(call.Cap, table);
            table.Entries.Clear();
            call.Slot.Cap = call.Cap with { Mapping = null };
            return;
        }

        if (call.Label != map) throw ModelCall.Illegal;
        call.Need(2, 1);
        if (call.Cap.Mapping != null) throw new ModelRefusal(ErrorCode.InvalidCapability, 0);
        int coverage = PageBits + (IndexBits * table.Level);
        ulong address = call[0] & ~((1ul << coverage) - 1);
        (ModelTable root, int asid) = SpaceOf(call.Extras[0]);
        if (call[0] > LastUserAddress) throw new ModelRefusal(ErrorCode.InvalidArgument, 0);
        Judge(root, asid);
        ModelTable parent = Descend(root, address, table.Level + 1);
        int index = IndexAt(address, table.Level + 1);
        if (parent.Entries.ContainsKey(index)) throw new ModelRefusal(ErrorCode.DeleteFirst);
        parent.Entries[index] = new ModelEntry(table, 0, 0, call[1] & 3);
        call.Slot.Cap = call.Cap with { Mapping = new ModelMapping(asid, address) };
    }

    /// <summary>Takes a table out of the one above it, if it is still there.</summary>
    private void Unhook(ModelCap cap, ModelTable table)
    {
        if (cap.Mapping is not { } mapping || SpaceAt(mapping.Asid) is not { } root) return;
        ModelTable? parent = root;
        for (int level = 4; level > table.Level + 1 && parent != null; level--)
            parent = parent.Entries.GetValueOrDefault(IndexAt(mapping.Address, level))?.Table;
        int index = IndexAt(mapping.Address, table.Level + 1);
        if (parent?.Entries.GetValueOrDefault(index)?.Table == table) parent.Entries.Remove(index);
    }

    /// <summary>The last capability to a table or root goes (R-DEL-10, R-DEL-11).</summary>
    private void EndTable(ModelCap cap, ModelTable table)
    {
        if (table.Level < 4)
        {
            Unhook(cap, table);
            return;
        }

        if (cap.Mapping is { } mapping && AsidPools[mapping.Asid >> IndexBits] is { } pool
            && pool.Spaces.GetValueOrDefault(mapping.Asid) == table) pool.Spaces.Remove(mapping.Asid);
    }

    /// <summary>The root and number that a vspace argument names.</summary>
    private static (ModelTable Root, int Asid) SpaceOf(ModelSlot slot) =>
        slot.Cap is { Type: CapabilityTypeTag.Pml4, Mapping: { } mapping } cap
            ? ((ModelTable)cap.Target!, mapping.Asid)
            : throw new ModelRefusal(ErrorCode.InvalidCapability, 1);

    /// <summary>Refuses a root whose number is gone or belongs to another by now.</summary>
    private void Judge(ModelTable root, int asid)
    {
        ModelTable? found = SpaceAt(asid);
        if (found is null) throw ModelRefusal.Lookup(false, ModelLookupFailure.InvalidRoot);
        if (found != root) throw new ModelRefusal(ErrorCode.InvalidCapability, 1);
    }

    private ModelTable? SpaceAt(int asid) => AsidPools[asid >> IndexBits]?.Spaces.GetValueOrDefault(asid);

    /// <summary>The table of a level for an address.</summary>
    /// <exception cref="ModelRefusal">The first missing level, by the bits that it leaves (R-VS-01).</exception>
    private static ModelTable Descend(ModelTable root, ulong address, int level)
    {
        ModelTable table = root;
        for (int above = 4; above > level; above--)
        {
            ModelTable? next = table.Entries.GetValueOrDefault(IndexAt(address, above))?.Table;
            int bitsLeft = PageBits + (IndexBits * (above - 1));
            table = next ?? throw ModelRefusal.Lookup(false, ModelLookupFailure.Missing((ulong)bitsLeft));
        }

        return table;
    }

    private static int IndexAt(ulong address, int level) => (int)(address >> (PageBits + (IndexBits * (level - 1)))) & 511;
}
