// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>Hands out naturally aligned power-of-two blocks of untyped memory, anywhere or at a physical address.</summary>
/// <remarks>
/// A binary split tree over the untypeds of the boot information. Each piece is an untyped of its own, so that any piece can
/// be given back by one Revoke (AL:U2, AL:F1). Both halves of a piece come from one Retype when two adjacent slots are at
/// hand (AL:U5). Freed pieces are kept as they are and merged only when a request finds nothing of its size or above, or when
/// slots or nodes run out (AL:U11a): merging to the top would make the kernel clear the whole parent again (AL:U7).
/// Every operation first reserves all slots and nodes that it can need and only then calls the kernel (AL:B5, AL:B7).
/// Allocation is best fit by order; there a piece whose sibling is in use goes first, then the one freed last; of a fresh
/// split the lower half is used first (AL:U11, AL:U12).
/// </remarks>
public sealed class UntypedAllocator
{
    private const int KernelAttempts = 3;

    private readonly IUntypedOperations _kernel;
    private readonly SlotAllocator _slots;
    private readonly NodePool _pool;
    private readonly UntypedRegions _regions;
    private readonly PieceLists _ram;
    private readonly PieceLists _device;
    private readonly SplitReserve _reserve = new();
    private readonly ulong[] _freeBytes = new ulong[2];
    private readonly ulong[] _grantedBytes = new ulong[2];
    private readonly ulong[] _reservedBytes = new ulong[2];
    private readonly ulong[] _quarantinedBytes = new ulong[2];
    private readonly int[] _grantedBlocks = new int[2];
    private int _slotsOfPieces;

    /// <summary>Creates an allocator without memory; nothing is allocated after this and <see cref="Adopt"/>.</summary>
    /// <param name="kernel">The kernel operations.</param>
    /// <param name="slots">Where the pieces' capabilities go.</param>
    /// <param name="nodePairs">Bookkeeping: number of splits that can exist at one time, 64 bytes each.</param>
    /// <param name="regions">Largest number of untypeds that can be adopted.</param>
    public UntypedAllocator(IUntypedOperations kernel, SlotAllocator slots, int nodePairs, int regions)
    {
        _kernel = kernel;
        _slots = slots;
        _pool = new NodePool(nodePairs);
        _regions = new UntypedRegions(regions);
        _ram = new PieceLists(_pool);
        _device = new PieceLists(_pool);
    }

    /// <summary>Number of slots that hold the allocator's own pieces below the adopted untypeds.</summary>
    public int SlotsOfPieces => _slotsOfPieces;

    /// <summary>Number of splits that can still be recorded.</summary>
    public int FreeNodePairs => _pool.FreePairs;

    /// <summary>The books of one kind of memory.</summary>
    public UntypedTotals Totals(MemoryKind kind)
    {
        int k = (int)kind;
        return new UntypedTotals(_freeBytes[k], _grantedBytes[k], _reservedBytes[k], _quarantinedBytes[k], _grantedBlocks[k]);
    }

    /// <summary>log2 bytes of the largest block that could be handed out now; −1 when there is none (AL:G1).</summary>
    public int LargestFree(MemoryKind kind) => ListsOf(kind).Largest;

    /// <summary>How many free pieces of exactly 2^<paramref name="order"/> bytes there are, before any merging.</summary>
    public int FreeBlocks(MemoryKind kind, int order) => ListsOf(kind).FreeCount(order);

    /// <summary>Takes over an untyped whose capability is in <paramref name="slot"/> and which has no children.</summary>
    public AllocationError Adopt(uint slot, ulong physicalAddress, int sizeBits, MemoryKind kind)
    {
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        if (_pool.FreePairs == 0) return AllocationError.OutOfNodes;
        uint index = _pool.Take();
        ref UntypedNode node = ref _pool[index];
        node.Base = physicalAddress;
        node.Slot = slot;
        node.Parent = 0;
        node.Order = (byte)sizeBits;
        node.IsDevice = (byte)kind;
        node.State = NodeState.Free;
        if (!_regions.TryAdd(physicalAddress, sizeBits, index))
        {
            _pool.Release(index);
            return _regions.Find(physicalAddress) != 0 ? AllocationError.Taken : AllocationError.OutOfNodes;
        }

        ListsOf(kind).AddFree(index);
        _freeBytes[(int)kind] += 1ul << sizeBits;
        return AllocationError.None;
    }

    /// <summary>Takes a block of 2^<paramref name="sizeBits"/> bytes of RAM from anywhere (AL:I5).</summary>
    public AllocationError Allocate(int sizeBits, out UntypedBlock block) => Allocate(sizeBits, MemoryKind.Ram, out block);

    /// <summary>Takes a block of the given kind from anywhere.</summary>
    public AllocationError Allocate(int sizeBits, MemoryKind kind, out UntypedBlock block)
    {
        block = default;
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        PieceLists lists = ListsOf(kind);
        AllocationError error = AllocationError.None;
        for (int attempt = 0; attempt < KernelAttempts; attempt++)
        {
            uint piece = lists.BestFree(sizeBits);
            if (piece == 0)
            {
                // After a refusal of the kernel that is the reason to report, not the lack of memory that it caused.
                AllocationError merging = MergeFor(lists, sizeBits, kind, out piece);
                if (merging is not (AllocationError.None or AllocationError.KernelRefused))
                    return error == AllocationError.None ? merging : error;
                error = merging;
                if (error == AllocationError.KernelRefused) continue;
            }

            error = SplitDown(ref piece, sizeBits, _pool[piece].Base);
            if (error is AllocationError.OutOfSlots or AllocationError.OutOfNodes)
            {
                if (attempt == 0 && MergeAll()) continue;
                return error;
            }

            if (error == AllocationError.KernelRefused) continue;
            block = Grant(piece);
            return AllocationError.None;
        }

        return error;
    }

    /// <summary>Takes exactly the block at <paramref name="physicalAddress"/>, device memory or RAM (AL:I4, AL:U14).</summary>
    public AllocationError AllocateAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        block = default;
        for (int attempt = 0; ; attempt++)
        {
            AllocationError error = FindAt(physicalAddress, sizeBits, out uint piece);
            if (error != AllocationError.None) return error;
            error = MakeWhole(piece);
            if (error == AllocationError.None) error = SplitDown(ref piece, sizeBits, physicalAddress);
            if (error is AllocationError.OutOfSlots or AllocationError.OutOfNodes && attempt == 0 && MergeAll()) continue;
            if (error != AllocationError.None) return error;
            block = Grant(piece);
            return AllocationError.None;
        }
    }

    /// <summary>Keeps a range for the system: it is taken and never handed out (AL:U18).</summary>
    public AllocationError Reserve(ulong physicalAddress, int sizeBits)
    {
        AllocationError error = AllocateAt(physicalAddress, sizeBits, out UntypedBlock block);
        if (error != AllocationError.None) return error;
        ref UntypedNode node = ref _pool[block.Index];
        node.State = NodeState.Reserved;
        MoveBytes(_grantedBytes, _reservedBytes, ref node);
        _grantedBlocks[node.IsDevice]--;
        return AllocationError.None;
    }

    /// <summary>Gives a block back: revokes everything made from it, in whatever CSpace it is, and makes it free (AL:I6, AL:F1).</summary>
    /// <returns>
    /// BadSize for a block that is not handed out (a second call changes nothing); KernelRefused when it had to be quarantined.
    /// </returns>
    public AllocationError Free(UntypedBlock block)
    {
        if (!IsGranted(block)) return AllocationError.BadSize;
        ref UntypedNode node = ref _pool[block.Index];
        _grantedBlocks[node.IsDevice]--;
        if (_kernel.Revoke(node.Slot) != ErrorCode.None)
        {
            node.State = NodeState.Quarantined;
            MoveBytes(_grantedBytes, _quarantinedBytes, ref node);
            return AllocationError.KernelRefused;
        }

        MoveBytes(_grantedBytes, _freeBytes, ref node);
        node.State = NodeState.Free;
        PieceLists lists = ListsOf((MemoryKind)node.IsDevice);
        lists.AddFree(block.Index);
        lists.BecameFree(block.Index);
        return AllocationError.None;
    }

    /// <summary>True while the block is handed out.</summary>
    public bool IsGranted(UntypedBlock block) =>
        block.Index != 0 && _pool[block.Index].State == NodeState.Granted && _pool[block.Index].Slot == block.Slot;

    /// <summary>Merges everything that can be merged; true when that gave back at least one slot (AL:U11a).</summary>
    public bool MergeAll()
    {
        int before = _slotsOfPieces;
        MergeAll(_ram);
        MergeAll(_device);
        return _slotsOfPieces < before;
    }

    private void MergeAll(PieceLists lists)
    {
        // The largest first: merging a piece removes all that lies below it from the list.
        for (int order = lists.Mergeable.Largest; order >= 0; order = lists.Mergeable.Largest)
        {
            if (Merge(lists, lists.Mergeable.First(order)) != AllocationError.None) return;
        }
    }

    private PieceLists ListsOf(MemoryKind kind) => kind == MemoryKind.Ram ? _ram : _device;

    private static bool IsSize(int sizeBits) => sizeBits is >= AbiConstants.MinUntypedBits and <= AbiConstants.MaxUntypedBits;

    private AllocationError MergeFor(PieceLists lists, int sizeBits, MemoryKind kind, out uint piece)
    {
        piece = 0;
        int order = lists.Mergeable.SmallestFrom(sizeBits);
        if (order < 0) return _freeBytes[(int)kind] >> sizeBits == 0 ? AllocationError.OutOfMemory : AllocationError.Fragmented;
        piece = lists.Mergeable.First(order);
        return Merge(lists, piece);
    }

    /// <summary>Makes a split, completely free piece whole: one Revoke, then the books (AL:U6).</summary>
    private AllocationError Merge(PieceLists lists, uint index)
    {
        lists.Mergeable.Remove(index);
        if (_kernel.Revoke(_pool[index].Slot) != ErrorCode.None)
        {
            lists.Mergeable.Add(index);
            QuarantineTree(lists, index);
            return AllocationError.KernelRefused;
        }

        ReleaseHalves(lists, index);
        _pool[index].State = NodeState.Free;
        lists.AddFree(index);
        return AllocationError.None;
    }

    /// <summary>Forgets everything below a completely free piece; depth is bounded by the orders, 47 − 4.</summary>
    private void ReleaseHalves(PieceLists lists, uint index)
    {
        // Both leave their lists before either changes state: a piece's list depends on its sibling's state.
        uint first = _pool[index].FirstChild;
        ReleaseHalf(lists, first);
        ReleaseHalf(lists, first + 1);
        _slots.Free(_pool[first].Slot);
        _slots.Free(_pool[first + 1].Slot);
        _slotsOfPieces -= 2;
        _pool.Release(first);
    }

    private void ReleaseHalf(PieceLists lists, uint half)
    {
        if (_pool[half].State != NodeState.Split)
        {
            lists.RemoveFree(half);
            return;
        }

        lists.Mergeable.Remove(half);
        ReleaseHalves(lists, half);
    }

    /// <summary>Takes a whole subtree out of circulation after the kernel refused to revoke it (AL:F2).</summary>
    private void QuarantineTree(PieceLists lists, uint index)
    {
        uint first = _pool[index].FirstChild;
        for (uint half = first; half <= first + 1; half++)
        {
            if (_pool[half].State == NodeState.Split) QuarantineTree(lists, half);
            else if (_pool[half].State == NodeState.Free) Quarantine(lists, half);
        }
    }

    private void Quarantine(PieceLists lists, uint index)
    {
        ref UntypedNode node = ref _pool[index];
        lists.RemoveFree(index);
        node.State = NodeState.Quarantined;
        lists.BecameBusy(index);
        MoveBytes(_freeBytes, _quarantinedBytes, ref node);
    }

    private UntypedBlock Grant(uint index)
    {
        ref UntypedNode node = ref _pool[index];
        PieceLists lists = ListsOf((MemoryKind)node.IsDevice);
        lists.RemoveFree(index);
        node.State = NodeState.Granted;
        lists.BecameBusy(index);
        MoveBytes(_freeBytes, _grantedBytes, ref node);
        _grantedBlocks[node.IsDevice]++;
        return new UntypedBlock(index, node.Slot, node.Base, node.Order, (MemoryKind)node.IsDevice);
    }

    private static void MoveBytes(ulong[] from, ulong[] to, ref UntypedNode node)
    {
        from[node.IsDevice] -= 1ul << node.Order;
        to[node.IsDevice] += 1ul << node.Order;
    }

    /// <summary>Finds the smallest completely free piece that contains the wanted block, or says why there is none.</summary>
    private AllocationError FindAt(ulong address, int sizeBits, out uint piece)
    {
        piece = 0;
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        if ((address & ((1ul << sizeBits) - 1)) != 0) return AllocationError.Misaligned;
        uint index = _regions.Find(address);
        if (index == 0) return AllocationError.NoRegion;
        if (_pool[index].Order < sizeBits) return AllocationError.Straddles;
        while (true)
        {
            ref UntypedNode node = ref _pool[index];
            switch (node.State)
            {
                case NodeState.Free:
                    piece = index;
                    return AllocationError.None;
                case NodeState.Split when node.Order > sizeBits:
                    index = node.FirstChild + (uint)(address >> (node.Order - 1) & 1);
                    break;
                case NodeState.Split when node.BusyHalves == 0:
                    piece = index;
                    return AllocationError.None;
                case NodeState.Reserved:
                    return AllocationError.Reserved;
                default:
                    return AllocationError.Taken;
            }
        }
    }

    private AllocationError MakeWhole(uint piece)
    {
        ref UntypedNode node = ref _pool[piece];
        return node.State == NodeState.Split ? Merge(ListsOf((MemoryKind)node.IsDevice), piece) : AllocationError.None;
    }

    /// <summary>Splits a free piece until it has the wanted order, going towards <paramref name="address"/>.</summary>
    private AllocationError SplitDown(ref uint piece, int sizeBits, ulong address)
    {
        int levels = _pool[piece].Order - sizeBits;
        if (levels == 0) return AllocationError.None;
        if (_pool.FreePairs < levels) return AllocationError.OutOfNodes;
        if (!_reserve.TryFill(_slots, levels)) return AllocationError.OutOfSlots;
        for (int level = 0; level < levels; level++)
        {
            if (!Split(piece, _reserve.Lower(level), _reserve.Upper(level)))
            {
                _reserve.Return(_slots, level);
                ref UntypedNode refused = ref _pool[piece];
                Quarantine(ListsOf((MemoryKind)refused.IsDevice), piece);
                return AllocationError.KernelRefused;
            }

            ref UntypedNode node = ref _pool[piece];
            piece = node.FirstChild + (uint)(address >> (node.Order - 1) & 1);
        }

        return AllocationError.None;
    }

    private bool Split(uint index, uint lowerSlot, uint upperSlot)
    {
        ref UntypedNode node = ref _pool[index];
        int order = node.Order - 1;
        bool made = upperSlot == lowerSlot + 1
            ? _kernel.Split(node.Slot, order, lowerSlot, 2) == ErrorCode.None
            : _kernel.Split(node.Slot, order, lowerSlot, 1) == ErrorCode.None
                && _kernel.Split(node.Slot, order, upperSlot, 1) == ErrorCode.None;
        if (!made)
        {
            // The first of two calls may have worked; nothing may stay behind in the slots that are given back.
            _kernel.Revoke(node.Slot);
            return false;
        }

        PieceLists lists = ListsOf((MemoryKind)node.IsDevice);
        lists.RemoveFree(index);
        uint first = _pool.Take();
        FillHalf(first, index, lowerSlot, node.Base);
        FillHalf(first + 1, index, upperSlot, node.Base + (1ul << order));
        node.State = NodeState.Split;
        node.FirstChild = first;
        node.BusyHalves = 0;
        lists.Mergeable.Add(index);
        lists.AddFree(first);
        lists.AddFree(first + 1);
        _slotsOfPieces += 2;
        return true;
    }

    private void FillHalf(uint index, uint parent, uint slot, ulong address)
    {
        ref UntypedNode node = ref _pool[index];
        node.Base = address;
        node.Slot = slot;
        node.Parent = parent;
        node.Order = (byte)(_pool[parent].Order - 1);
        node.IsDevice = _pool[parent].IsDevice;
        node.State = NodeState.Free;
    }
}
