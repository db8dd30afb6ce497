// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>The split trees: cuts pieces, merges them, and changes what they are doing. Knows no placement.</summary>
/// <remarks>
/// Every node knows the largest completely free piece below it, so that a search skips what is in use (AL:U14, AL:U19).
/// The books, the lists and that number change together, here and nowhere else.
/// </remarks>
internal sealed class UntypedTree
{
    private const int Zones = 3;
    private const int LowestZoneBits = 24;

    private readonly IUntypedOperations _kernel;
    private readonly ISlotSource _slots;
    private readonly SplitReserve _reserve = new();
    private readonly PieceLists[] _lists = new PieceLists[Zones + 2];

    public UntypedTree(IUntypedOperations kernel, ISlotSource slots, NodePool pool, int regions)
    {
        _kernel = kernel;
        _slots = slots;
        Pool = pool;
        Regions = new UntypedRegions(regions, pool);
        for (int index = 0; index < _lists.Length; index++) _lists[index] = new PieceLists(pool);
    }

    public NodePool Pool { get; }

    public UntypedRegions Regions { get; }

    public UntypedBooks Books { get; } = new();

    /// <summary>Slots that hold pieces below the adopted untypeds.</summary>
    public int SlotsOfPieces { get; private set; }

    /// <summary>How often the kernel refused what should have worked.</summary>
    public int Quarantines { get; private set; }

    /// <summary>The lists of a kind; zones are for RAM alone.</summary>
    public PieceLists Lists(MemoryKind kind, MemoryZone zone) => _lists[kind switch
    {
        MemoryKind.Ram => (int)zone,
        MemoryKind.Device => Zones,
        _ => Zones + 1,
    }];

    public PieceLists ListsOf(uint index) => Lists(Pool[index].Kind, ZoneOf(Pool[index].Base));

    /// <summary>How scarce an address is (AL:U19).</summary>
    public static MemoryZone ZoneOf(ulong address) =>
        address < 1ul << LowestZoneBits ? MemoryZone.Below16MiB : address < 1ul << 32 ? MemoryZone.Below4GiB : MemoryZone.Above4GiB;

    public AllocationError Adopt(uint slot, ulong address, int order, MemoryKind kind)
    {
        // Before anything is changed: everything that the splits at the zones' ends will need (AL:B5).
        int splits = kind == MemoryKind.Ram && address == 0 && order > LowestZoneBits ? order - LowestZoneBits : 0;
        if (Pool.FreePairs <= splits || Regions.IsFull) return AllocationError.OutOfNodes;
        if (_slots.FreeCount < 2 * splits) return AllocationError.OutOfSlots;
        uint index = Pool.Take();
        ref UntypedNode node = ref Pool[index];
        node.Base = address;
        node.Slot = slot;
        node.Parent = 0;
        node.Order = (byte)order;
        node.Largest = (byte)order;
        node.State = NodeState.Free;
        node.Reset(kind);
        if (!Regions.TryAdd(address, order, index))
        {
            Pool.Release(index);
            return AllocationError.Taken;
        }

        Books.Adopt(kind, order);
        ListsOf(index).AddFree(index);
        // A block whose address is no multiple of its size cannot be halved by address: it stays whole and apart (AL:U3).
        if ((address & ((1ul << order) - 1)) != 0) Take(index, NodeState.Reserved);
        else if (kind == MemoryKind.Ram) return SplitAtZones(index);
        return AllocationError.None;
    }

    /// <summary>A free piece is put to use, or set aside.</summary>
    public void Take(uint index, NodeState state)
    {
        PieceLists lists = ListsOf(index);
        lists.RemoveFree(index);
        Books.Move(ref Pool[index], state);
        lists.BecameBusy(index);
        UpdateLargest(index);
    }

    /// <summary>A piece in use becomes free.</summary>
    public void Release(uint index)
    {
        Books.Move(ref Pool[index], NodeState.Free);
        PieceLists lists = ListsOf(index);
        lists.AddFree(index);
        lists.BecameFree(index);
        UpdateLargest(index);
    }

    /// <summary>Asks the kernel to remove everything below a piece; when it refuses, the piece is quarantined.</summary>
    public bool TryRevoke(uint index)
    {
        if (_kernel.Revoke(Pool[index].Slot) == ErrorCode.None) return true;
        Books.Move(ref Pool[index], NodeState.Quarantined);
        Quarantines++;
        return false;
    }

    /// <summary>Makes a split, completely free piece whole: one Revoke, then the books (AL:U6).</summary>
    public AllocationError Merge(uint index)
    {
        PieceLists lists = ListsOf(index);
        lists.Mergeable.Remove(index);
        if (_kernel.Revoke(Pool[index].Slot) != ErrorCode.None)
        {
            lists.Mergeable.Add(index);
            QuarantineTree(index);
            return AllocationError.KernelRefused;
        }

        ReleaseHalves(lists, index);
        Pool[index].State = NodeState.Free;
        lists.AddFree(index);
        UpdateLargest(index);
        return AllocationError.None;
    }

    /// <summary>Splits a free piece until it has the wanted order, going towards <paramref name="address"/>.</summary>
    public AllocationError SplitDown(ref uint piece, int order, ulong address)
    {
        int levels = Pool[piece].Order - order;
        if (levels == 0) return AllocationError.None;
        if (Pool.FreePairs < levels) return AllocationError.OutOfNodes;
        if (!_reserve.TryFill(_slots, levels)) return AllocationError.OutOfSlots;
        for (int level = 0; level < levels; level++)
        {
            if (!TrySplit(piece, _reserve.Lower(level), _reserve.Upper(level)))
            {
                _reserve.Return(_slots, level);
                Take(piece, NodeState.Quarantined);
                Quarantines++;
                return AllocationError.KernelRefused;
            }

            piece = HalfTowards(piece, address);
        }

        return AllocationError.None;
    }

    /// <summary>Forgets a region below which everything was revoked from outside: no kernel call, slots and nodes come back.</summary>
    public void Abandon(uint root)
    {
        ReleaseAll(root);
        PieceLists lists = ListsOf(root);
        if (Pool[root].State == NodeState.Split)
        {
            lists.Mergeable.Remove(root);
            ReleaseHalves(lists, root);
            Pool[root].State = NodeState.Free;
            lists.AddFree(root);
        }

        lists.RemoveFree(root);
        Books.Abandon(Pool[root].Kind, Pool[root].Order);
        Regions.Remove(Pool[root].Base);
        Pool.Release(root);
    }

    /// <summary>Takes everything below a piece out of circulation.</summary>
    public void Condemn(uint index)
    {
        switch (Pool[index].State)
        {
            case NodeState.Split:
                uint first = Pool[index].FirstChild;
                Condemn(first);
                Condemn(first + 1);
                break;
            case NodeState.Free:
                Take(index, NodeState.Quarantined);
                break;
            default:
                Books.Move(ref Pool[index], NodeState.Quarantined);
                break;
        }
    }

    private void ReleaseAll(uint index)
    {
        switch (Pool[index].State)
        {
            case NodeState.Split:
                uint first = Pool[index].FirstChild;
                ReleaseAll(first);
                ReleaseAll(first + 1);
                break;
            case NodeState.Free:
                break;
            default:
                Release(index);
                break;
        }
    }

    /// <summary>The half of a split piece that contains the address.</summary>
    public uint HalfTowards(uint index, ulong address) =>
        Pool[index].FirstChild + (uint)(address >> (Pool[index].Order - 1) & 1);

    /// <summary>The 2 MiB piece around a node, or the region's root when that is smaller; the node itself when it is larger.</summary>
    public uint NeighbourhoodOf(uint index)
    {
        while (Pool[index].Order < AbiConstants.LargePageBits && Pool[index].Parent != 0) index = Pool[index].Parent;
        return index;
    }

    /// <summary>Remembers for whom the 2 MiB around a block are now; who does not say how long it stays leaves no mark.</summary>
    public void NoteLifetime(uint index, MemoryLifetime lifetime)
    {
        if (lifetime == MemoryLifetime.Unknown) return;
        uint around = NeighbourhoodOf(index);
        if (!Pool[around].HasLifetime) Pool[around].Lifetime = lifetime;
    }

    private bool TrySplit(uint index, uint lowerSlot, uint upperSlot)
    {
        ref UntypedNode node = ref Pool[index];
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

        PieceLists lists = ListsOf(index);
        lists.RemoveFree(index);
        uint first = Pool.Take();
        FillHalf(first, index, lowerSlot, node.Base);
        FillHalf(first + 1, index, upperSlot, node.Base + (1ul << order));
        node.State = NodeState.Split;
        node.FirstChild = first;
        node.BusyHalves = 0;
        lists.Mergeable.Add(index);
        lists.AddFree(first);
        lists.AddFree(first + 1);
        SlotsOfPieces += 2;
        return true;
    }

    private void FillHalf(uint index, uint parent, uint slot, ulong address)
    {
        ref UntypedNode node = ref Pool[index];
        node.Base = address;
        node.Slot = slot;
        node.Parent = parent;
        node.Order = (byte)(Pool[parent].Order - 1);
        node.Largest = node.Order;
        node.State = NodeState.Free;
        node.Reset(Pool[parent].Kind);
    }

    /// <summary>Cuts a region that reaches across a zone's end until no piece does; what is cut so is never merged (AL:U19).</summary>
    private AllocationError SplitAtZones(uint index)
    {
        while (true)
        {
            ref UntypedNode node = ref Pool[index];
            ulong last = node.Base + ((1ul << node.Order) - 1);
            if (ZoneOf(node.Base) == ZoneOf(last)) return AllocationError.None;
            uint lower = index;
            AllocationError error = SplitDown(ref lower, node.Order - 1, node.Base);
            if (error != AllocationError.None) return error;
            PieceLists whole = ListsOf(index);
            whole.Mergeable.Remove(index);
            whole.RemoveFree(lower);
            whole.RemoveFree(lower + 1);
            node.IsPinned = true;
            node.BusyHalves = 1;
            whole.BecameBusy(index);
            ListsOf(lower).AddFree(lower);
            ListsOf(lower + 1).AddFree(lower + 1);
            UpdateLargest(index);
            // The upper half begins at a power of two, and the zones end at powers of two: only the lower half can cross one.
            index = lower;
        }
    }

    /// <summary>Forgets everything below a completely free piece; depth is bounded by the orders, 47 − 4.</summary>
    private void ReleaseHalves(PieceLists lists, uint index)
    {
        // Both leave their lists before either changes state: a piece's list depends on its sibling's state.
        uint first = Pool[index].FirstChild;
        ReleaseHalf(lists, first);
        ReleaseHalf(lists, first + 1);
        _slots.Free(Pool[first].Slot);
        _slots.Free(Pool[first + 1].Slot);
        SlotsOfPieces -= 2;
        Pool.Release(first);
    }

    private void ReleaseHalf(PieceLists lists, uint half)
    {
        if (Pool[half].State != NodeState.Split)
        {
            lists.RemoveFree(half);
            return;
        }

        lists.Mergeable.Remove(half);
        ReleaseHalves(lists, half);
    }

    /// <summary>Takes a whole subtree out of circulation after the kernel refused to revoke it (AL:F2).</summary>
    private void QuarantineTree(uint index)
    {
        Quarantines++;
        uint first = Pool[index].FirstChild;
        for (uint half = first; half <= first + 1; half++)
        {
            if (Pool[half].State == NodeState.Split) QuarantineTree(half);
            else if (Pool[half].State == NodeState.Free) Take(half, NodeState.Quarantined);
        }
    }

    /// <summary>Sets the size of the largest free piece from a changed node upwards, as far as it changes.</summary>
    private void UpdateLargest(uint index)
    {
        while (index != 0)
        {
            ref UntypedNode node = ref Pool[index];
            byte largest = node.State switch
            {
                NodeState.Free => node.Order,
                NodeState.Split when node.BusyHalves == 0 => node.Order,
                NodeState.Split => Math.Max(Pool[node.FirstChild].Largest, Pool[node.FirstChild + 1].Largest),
                _ => 0,
            };
            if (largest == node.Largest) return;
            node.Largest = largest;
            index = node.Parent;
        }
    }
}
