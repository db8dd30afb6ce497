// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The mappings of one address space: frames, and the paging structures that they need (AL:V2–V5).</summary>
/// <remarks>
/// Structures are made when the kernel names one that is missing, at most three a mapping, counted by what is mapped below
/// them, and freed when nothing is. All bookkeeping is here, in the server's own memory, not in the foreign address space.
/// </remarks>
public sealed class MappedSpace
{
    private const int MaxStructures = 3;

    private readonly ObjectAllocator _objects;
    private readonly ISlotSource _slots;
    private readonly IPagingOperations _kernel;
    private readonly ulong _owner;
    private readonly AddressTree _mappings;
    private readonly Mapping[] _mappingRecords;
    private readonly AddressTree[] _structures = new AddressTree[MaxStructures];
    private readonly Structure[] _structureRecords;
    private readonly IndexStack _freeMappings;
    private readonly IndexStack _freeStructures;

    private struct Mapping
    {
        public uint CopySlot;
        public byte SizeBits;
        public ulong OwnedFrame;
    }

    private struct Structure
    {
        public ulong Cookie;
        public int Entries;
    }

    /// <summary>An address space without mappings.</summary>
    /// <param name="objects">Makes paging structures.</param>
    /// <param name="slots">For the mappings' copies.</param>
    /// <param name="kernel">Maps and unmaps in this address space.</param>
    /// <param name="owner">For whom structures are written down.</param>
    /// <param name="mappings">How many mappings there can be; and as many paging structures.</param>
    public MappedSpace(ObjectAllocator objects, ISlotSource slots, IPagingOperations kernel, ulong owner, int mappings)
    {
        _objects = objects;
        _slots = slots;
        _kernel = kernel;
        _owner = owner;
        _mappings = new AddressTree(mappings);
        _mappingRecords = new Mapping[mappings];
        _structureRecords = new Structure[mappings + MaxStructures];
        for (int level = 0; level < MaxStructures; level++) _structures[level] = new AddressTree(_structureRecords.Length);
        _freeMappings = new IndexStack(mappings);
        _freeStructures = new IndexStack(_structureRecords.Length);
    }

    /// <summary>How many frames are mapped.</summary>
    public int Mappings => _mappings.Count;

    /// <summary>How many paging structures there are.</summary>
    public int Structures => _structures[0].Count + _structures[1].Count + _structures[2].Count;

    /// <summary>Maps a copy of a frame's capability.</summary>
    /// <param name="address">A multiple of the frame's size (AL:V3).</param>
    /// <param name="frameSlot">The frame.</param>
    /// <param name="sizeBits">12, 21 or 30.</param>
    /// <param name="rights">For the mapping.</param>
    /// <param name="ownedFrame">Cookie of the frame when it is to go with the mapping; 0 when it is shared.</param>
    /// <returns>On failure nothing stays behind, structures that were made for it included.</returns>
    public AllocationError Map(ulong address, uint frameSlot, int sizeBits, CapRights rights, ulong ownedFrame = 0)
    {
        if (sizeBits is not (AbiConstants.PageBits or AbiConstants.LargePageBits or AbiConstants.HugePageBits))
            return AllocationError.BadSize;
        if ((address & ((1ul << sizeBits) - 1)) != 0) return AllocationError.Misaligned;
        if (Overlaps(address, sizeBits)) return AllocationError.Taken;
        if (_freeMappings.Count == 0) return AllocationError.OutOfNodes;
        if (!_slots.TryAllocate(out uint copy)) return AllocationError.OutOfSlots;
        AllocationError error = _kernel.CopyFrame(frameSlot, copy, rights) == ErrorCode.None
            ? MapCopy(copy, address, rights) : AllocationError.KernelRefused;
        if (error != AllocationError.None)
        {
            _kernel.Delete(copy);
            _slots.Free(copy);
            RemoveUnused(address);
            return error;
        }

        uint record = _freeMappings.Pop();
        _mappingRecords[record] = new Mapping { CopySlot = copy, SizeBits = (byte)sizeBits, OwnedFrame = ownedFrame };
        _mappings.TryAdd(address, record);
        Count(address, sizeBits, 1);
        return AllocationError.None;
    }

    /// <summary>Removes the mapping that begins at an address and structures that nothing needs any more; false for none.</summary>
    public bool Unmap(ulong address)
    {
        if (!_mappings.TryGet(address, out uint record)) return false;
        Mapping mapping = _mappingRecords[record];
        _mappings.Remove(address);
        _freeMappings.Push(record);
        // Deleting the copy is what unmaps it: nothing else maps here.
        _kernel.Delete(mapping.CopySlot);
        _slots.Free(mapping.CopySlot);
        if (mapping.OwnedFrame != 0) _objects.Free(mapping.OwnedFrame);
        Count(address, mapping.SizeBits, -1);
        RemoveUnused(address);
        return true;
    }

    /// <summary>Removes up to so many mappings, from the lowest address up (AL:F3); true when none is left.</summary>
    public bool Clear(int atMost = int.MaxValue)
    {
        for (int removed = 0; removed < atMost && _mappings.TryCeiling(0, out ulong address, out _); removed++) Unmap(address);
        return _mappings.Count == 0;
    }

    /// <summary>log2 bytes of the mapping that contains an address; false when nothing is mapped there.</summary>
    public bool TryFind(ulong address, out ulong start, out int sizeBits)
    {
        sizeBits = 0;
        if (!_mappings.TryFloor(address, out start, out uint record)) return false;
        sizeBits = _mappingRecords[record].SizeBits;
        return address - start >> sizeBits == 0;
    }

    private static int SpanBits(int level) => AbiConstants.LargePageBits + (9 * level);

    private static ulong KeyOf(ulong address, int level) => address >> SpanBits(level) << SpanBits(level);

    private static ObjectType TypeOf(int level) => level switch
    {
        0 => ObjectType.PageTable,
        1 => ObjectType.PageDirectory,
        _ => ObjectType.Pdpt,
    };

    private bool Overlaps(ulong address, int sizeBits) =>
        TryFind(address, out _, out _) || (_mappings.TryCeiling(address, out ulong next, out _) && next - address >> sizeBits == 0);

    private AllocationError MapCopy(uint copy, ulong address, CapRights rights)
    {
        for (int made = 0; ; made++)
        {
            MapOutcome outcome = _kernel.MapFrame(copy, address, rights);
            if (outcome.Error == ErrorCode.None) return AllocationError.None;
            int level = (outcome.BitsLeft - AbiConstants.LargePageBits) / 9;
            bool isMissing = outcome.Error == ErrorCode.FailedLookup && level is >= 0 and < MaxStructures
                && SpanBits(level) == outcome.BitsLeft;
            // Three structures lie between the root and a page: whoever names a fourth is wrong (AL:V4).
            if (!isMissing || made == MaxStructures) return AllocationError.KernelRefused;
            AllocationError error = MakeStructure(address, level);
            if (error != AllocationError.None) return error;
        }
    }

    private AllocationError MakeStructure(ulong address, int level)
    {
        if (_freeStructures.Count == 0) return AllocationError.OutOfNodes;
        if (_structures[level].TryGet(KeyOf(address, level), out _)) return AllocationError.KernelRefused;
        AllocationError error = _objects.Create(_owner, TypeOf(level), 0, "paging structure", out ObjectRecord structure);
        if (error != AllocationError.None) return error;
        if (_kernel.MapStructure(structure.FirstSlot, TypeOf(level), KeyOf(address, level)).Error != ErrorCode.None)
        {
            _objects.Free(structure.Cookie);
            return AllocationError.KernelRefused;
        }

        uint record = _freeStructures.Pop();
        _structureRecords[record] = new Structure { Cookie = structure.Cookie };
        _structures[level].TryAdd(KeyOf(address, level), record);
        if (level + 1 < MaxStructures && _structures[level + 1].TryGet(KeyOf(address, level + 1), out uint above))
            _structureRecords[above].Entries++;
        return AllocationError.None;
    }

    /// <summary>Counts a frame in the structure that its entry lies in.</summary>
    private void Count(ulong address, int sizeBits, int by)
    {
        int level = (sizeBits - AbiConstants.PageBits) / 9;
        if (_structures[level].TryGet(KeyOf(address, level), out uint record)) _structureRecords[record].Entries += by;
    }

    /// <summary>Frees the structures over an address that have no entries, from the lowest up (AL:V2).</summary>
    private void RemoveUnused(ulong address)
    {
        for (int level = 0; level < MaxStructures; level++)
        {
            ulong key = KeyOf(address, level);
            if (!_structures[level].TryGet(key, out uint record)) continue;
            if (_structureRecords[record].Entries != 0) return;
            _objects.Free(_structureRecords[record].Cookie);
            _structures[level].Remove(key);
            _freeStructures.Push(record);
            if (level + 1 < MaxStructures && _structures[level + 1].TryGet(KeyOf(address, level + 1), out uint above))
                _structureRecords[above].Entries--;
        }
    }
}
