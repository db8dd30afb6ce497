// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Hands out naturally aligned power-of-two blocks of untyped memory: anywhere, in a window, or at an address.</summary>
/// <remarks>
/// A binary split tree over the untypeds of the boot information. Each piece is an untyped of its own, so that any piece can
/// be given back by one Revoke (AL:U2, AL:F1). Both halves of a piece come from one Retype when two adjacent slots are at
/// hand (AL:U5). Freed pieces are kept as they are and merged only when a request finds nothing of its size or above, or when
/// slots or nodes run out (AL:U11a): merging to the top would make the kernel clear the whole parent again (AL:U7).
/// Every operation first reserves all slots and nodes that it can need and only then calls the kernel (AL:B5, AL:B7); freeing
/// needs neither. It is not for several threads, and a chooser that calls it back is told Reentered (AL:I8).
/// Without a chooser: memory outside scarce zones first, then best fit by order, there a piece whose sibling is in use, then
/// the lowest address; of a fresh split the lower half (AL:U11, AL:U12, AL:U19). docs/allocators.md has the reasons.
/// </remarks>
public sealed class UntypedAllocator : IUntypedStore
{
    /// <summary>Slots that one operation can need at most (AL:B5).</summary>
    public const int WorstCaseSlots = 2 * WorstCasePairs;

    /// <summary>Node pairs that one operation can need at most (AL:B5).</summary>
    public const int WorstCasePairs = AbiConstants.MaxUntypedBits - AbiConstants.MinUntypedBits;

    private const int KernelAttempts = 3;
    private const int Zones = 3;

    private readonly UntypedTree _tree;
    private readonly PlaceFinder _finder;
    private readonly RestingBlocks _resting;
    private bool _isBusy;

    /// <summary>Creates an allocator without memory; nothing is allocated after this but by <see cref="AddNodes"/>.</summary>
    /// <param name="kernel">The kernel operations.</param>
    /// <param name="slots">Where the pieces' capabilities go.</param>
    /// <param name="nodePairs">Bookkeeping: number of splits that can exist at one time, 64 bytes each.</param>
    /// <param name="regions">Largest number of untypeds that can be adopted.</param>
    /// <param name="options">What is out of the ordinary.</param>
    public UntypedAllocator(
        IUntypedOperations kernel, ISlotSource slots, int nodePairs, int regions, UntypedOptions options = default)
    {
        _tree = new UntypedTree(kernel, slots, new NodePool(nodePairs, options.MoreNodePairs), regions);
        _finder = new PlaceFinder(_tree);
        _resting = new RestingBlocks(_tree, options.ReuseDelay);
        ChecksEachOperation = options.ChecksEachOperation;
    }

    /// <summary>Number of slots that hold the allocator's own pieces below the adopted untypeds.</summary>
    public int SlotsOfPieces => _tree.SlotsOfPieces;

    /// <summary>Number of splits that can still be recorded.</summary>
    public int FreeNodePairs => _tree.Pool.FreePairs;

    /// <summary>Bytes of bookkeeping, whether in use or not (AL:B8).</summary>
    public ulong BookkeepingBytes => (ulong)_tree.Pool.Pairs * 64;

    /// <summary>How often the kernel refused what should have worked; the blocks are set aside (AL:F2).</summary>
    public int Quarantines => _tree.Quarantines;

    /// <summary>Whether <see cref="UntypedCheck"/> runs after every operation (AL:G3).</summary>
    public bool ChecksEachOperation { get; }

    internal UntypedTree Tree => _tree;

    /// <inheritdoc/>
    public UntypedTotals Totals(MemoryKind kind) => _tree.Books.Totals(kind);

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        int largest = -1;
        for (int zone = 0; zone < Zones; zone++) largest = Math.Max(largest, _tree.Lists(kind, (MemoryZone)zone).Largest);
        return largest;
    }

    /// <summary>How many free pieces of exactly 2^<paramref name="order"/> bytes there are, before any merging.</summary>
    public int FreeBlocks(MemoryKind kind, int order)
    {
        int count = 0;
        for (int zone = 0; zone < Zones; zone++) count += _tree.Lists(kind, (MemoryZone)zone).FreeCount(order);
        return count;
    }

    /// <summary>Takes over an untyped whose capability is in <paramref name="slot"/> and which has no children.</summary>
    /// <remarks>One whose address is no multiple of its size is kept whole and reserved (AL:U3).</remarks>
    public AllocationError Adopt(uint slot, ulong physicalAddress, int sizeBits, MemoryKind kind)
    {
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        return Finish(_tree.Adopt(slot, physicalAddress, sizeBits, kind));
    }

    /// <summary>Forgets an adopted untyped after a Revoke of it from outside: what was made from it is gone, the slots are free.</summary>
    /// <returns>NoRegion when none begins there; Reserved for one that was cut at the ends of zones, which only boot memory is.</returns>
    public AllocationError Abandon(ulong physicalAddress)
    {
        if (_isBusy) return AllocationError.Reentered;
        uint root = _tree.Regions.Find(physicalAddress);
        if (root == 0 || _tree.Pool[root].Base != physicalAddress) return AllocationError.NoRegion;
        if (_tree.Pool[root].IsPinned) return AllocationError.Reserved;
        _resting.ReleaseAll();
        _tree.Abandon(root);
        return Finish(AllocationError.None);
    }

    /// <summary>Never hands out anything of an adopted untyped again; its slots stay taken (AL:F2).</summary>
    public AllocationError Condemn(ulong physicalAddress)
    {
        if (_isBusy) return AllocationError.Reentered;
        uint root = _tree.Regions.Find(physicalAddress);
        if (root == 0) return AllocationError.NoRegion;
        _resting.ReleaseAll();
        _tree.Condemn(root);
        return Finish(AllocationError.None);
    }

    /// <summary>True when nothing of the adopted untyped that begins at an address is in use.</summary>
    public bool IsRegionFree(ulong physicalAddress)
    {
        uint root = _tree.Regions.Find(physicalAddress);
        return root != 0 && _tree.Pool[root].Base == physicalAddress && _tree.ListsOf(root).IsCompletelyFree(root);
    }

    /// <summary>Adds bookkeeping for so many splits, within what the constructor was told; the number that was added (AL:B6).</summary>
    public int AddNodes(int pairs) => _tree.Pool.Grow(pairs);

    /// <summary>Takes a block of 2^<paramref name="sizeBits"/> bytes of RAM from anywhere (AL:I5).</summary>
    public AllocationError Allocate(int sizeBits, out UntypedBlock block) => Allocate(sizeBits, MemoryKind.Ram, out block);

    /// <summary>Takes a block of the given kind from anywhere.</summary>
    public AllocationError Allocate(int sizeBits, MemoryKind kind, out UntypedBlock block)
    {
        block = default;
        if (_isBusy) return AllocationError.Reentered;
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        // The common case, a free piece of just this size, needs neither slots nor nodes nor the kernel.
        uint piece = FindPlain(kind, sizeBits);
        if (_tree.Pool[piece].State == NodeState.Free && _tree.Pool[piece].Order == sizeBits)
        {
            block = Grant(piece, MemoryLifetime.Unknown);
            return Finish(AllocationError.None);
        }

        ResourceKind resource = kind == MemoryKind.Ram ? ResourceKind.Ram : ResourceKind.Device;
        Request request = new(RequestDraft.Any(0, resource, ObjectType.Untyped, sizeBits));
        return TakeFrom(kind, in request, null, out block);
    }

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        if (request.Kind == ResourceKind.Device) return TakeFrom(MemoryKind.Device, in request, chooser, out block);
        AllocationError error = TakeFrom(MemoryKind.Ram, in request, chooser, out block);
        if (error == AllocationError.None || (request.Flags & RequestFlags.DeviceOk) == 0) return error;
        // What is asked for with DeviceOk need not be cleared: RAM that only maps, then devices' own memory (AL:U9).
        if (TakeFrom(MemoryKind.FarRam, in request, chooser, out block) == AllocationError.None) return AllocationError.None;
        return TakeFrom(MemoryKind.Device, in request, chooser, out block) == AllocationError.None ? AllocationError.None : error;
    }

    /// <inheritdoc/>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block) =>
        AllocateAt(physicalAddress, sizeBits, out block);

    /// <summary>Takes exactly the block at <paramref name="physicalAddress"/>, device memory or RAM (AL:I4, AL:U14).</summary>
    public AllocationError AllocateAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        block = default;
        if (_isBusy) return AllocationError.Reentered;
        for (int attempt = 0; ; attempt++)
        {
            AllocationError error = FindAt(physicalAddress, sizeBits, out uint piece);
            if (error == AllocationError.Taken && _resting.ReleaseAll()) continue;
            if (error != AllocationError.None) return error;
            if (_tree.Pool[piece].State == NodeState.Split) error = _tree.Merge(piece);
            if (error == AllocationError.None) error = _tree.SplitDown(ref piece, sizeBits, physicalAddress);
            if (error is AllocationError.OutOfSlots or AllocationError.OutOfNodes && attempt == 0 && MergeAll()) continue;
            if (error == AllocationError.None) block = Grant(piece, MemoryLifetime.Unknown);
            return Finish(error);
        }
    }

    /// <summary>Keeps a range for the system: it is taken and never handed out (AL:U18).</summary>
    public AllocationError Reserve(ulong physicalAddress, int sizeBits)
    {
        AllocationError error = AllocateAt(physicalAddress, sizeBits, out UntypedBlock block);
        if (error == AllocationError.None) _tree.Books.Move(ref _tree.Pool[block.Index], NodeState.Reserved);
        return error;
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block) => Free(block);

    /// <summary>Gives a block back: revokes everything made from it, in whatever CSpace it is, and makes it free (AL:I6, AL:F1).</summary>
    /// <returns>
    /// BadSize for a block that is not handed out (a second call changes nothing); KernelRefused when it had to be quarantined.
    /// </returns>
    public AllocationError Free(UntypedBlock block)
    {
        if (_isBusy) return AllocationError.Reentered;
        if (!IsGranted(block)) return AllocationError.BadSize;
        if (!_tree.TryRevoke(block.Index)) return Finish(AllocationError.KernelRefused);
        _resting.Release(block.Index);
        return Finish(AllocationError.None);
    }

    /// <summary>Sets a block aside for good: it is revoked, and never handed out again (AL:F2, AL:G3).</summary>
    public AllocationError Quarantine(UntypedBlock block)
    {
        if (_isBusy) return AllocationError.Reentered;
        if (!IsGranted(block)) return AllocationError.BadSize;
        if (_tree.TryRevoke(block.Index)) _tree.Books.Move(ref _tree.Pool[block.Index], NodeState.Quarantined);
        return Finish(AllocationError.None);
    }

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block) =>
        block.Index != 0 && _tree.Pool.Contains(block.Index)
        && _tree.Pool[block.Index].State == NodeState.Granted && _tree.Pool[block.Index].Slot == block.Slot;

    /// <summary>Merges everything that can be merged; true when that gave back at least one slot (AL:U11a).</summary>
    public bool MergeAll()
    {
        int before = _tree.SlotsOfPieces;
        while (MergeOne(AbiConstants.MaxUntypedBits, largestFirst: true))
        {
        }

        return _tree.SlotsOfPieces < before;
    }

    /// <summary>For idle time: merges one piece of at most the order, 2 MiB by default; false when none is left.</summary>
    public bool MergeIdle(int order = AbiConstants.LargePageBits) => !_isBusy && MergeOne(order, largestFirst: false);

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor) => new PieceWalk(_tree).Walk(visitor);

    /// <summary>The adopted untyped that contains an address, or the next above it, for listing.</summary>
    public bool TryNextRegion(ulong from, out RegionView region)
    {
        uint root = _tree.Regions.FindFrom(from);
        region = root == 0 ? default : new RegionSum(_tree).ViewOf(root);
        return root != 0;
    }

    /// <summary>What policies see of the pool.</summary>
    public PoolView View(int freeSlots)
    {
        UntypedTotals ram = Totals(MemoryKind.Ram);
        return new PoolView(
            ram.FreeBytes, ram.TotalBytes, LargestFree(MemoryKind.Ram), Totals(MemoryKind.Device).FreeBytes, freeSlots);
    }

    private static bool IsSize(int sizeBits) => sizeBits is >= AbiConstants.MinUntypedBits and <= AbiConstants.MaxUntypedBits;

    private AllocationError TakeFrom(MemoryKind kind, in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        block = default;
        if (_isBusy) return AllocationError.Reentered;
        if (!IsSize(request.SizeBits)) return AllocationError.BadSize;
        if (request.AlignBits > 63 || request.Min > request.Max || request.Max - request.Min < (1ul << request.SizeBits) - 1)
            return AllocationError.BadWindow;
        AllocationError error = AllocationError.None;
        for (int attempt = 0; attempt < KernelAttempts; attempt++)
        {
            AllocationError last = error;
            error = FindAnywhere(kind, in request, chooser, out uint piece, out ulong address);
            // After a refusal of the kernel that is the reason to report, not the lack of memory that it caused.
            if (error != AllocationError.None) return Finish(last == AllocationError.None ? error : last);
            if (_tree.Pool[piece].State == NodeState.Split) error = _tree.Merge(piece);
            if (error == AllocationError.None) error = _tree.SplitDown(ref piece, request.SizeBits, address);
            if (error is AllocationError.OutOfSlots or AllocationError.OutOfNodes && (attempt != 0 || !MergeAll())) return Finish(error);
            if (error != AllocationError.None) continue;
            block = Grant(piece, request.Lifetime);
            break;
        }

        return Finish(error);
    }

    /// <summary>A piece to cut the block from, free or mergeable, and where in it.</summary>
    private AllocationError FindAnywhere(
        MemoryKind kind, in Request request, IPieceChooser? chooser, out uint piece, out ulong address)
    {
        bool isPlain = request.IsAnywhere && request.AlignBits <= request.SizeBits && request.Colours == ulong.MaxValue;
        do
        {
            if (isPlain && chooser is not { RanksPieces: true })
            {
                piece = FindPlain(kind, request.SizeBits);
                address = _tree.Pool[piece].Base;
            }
            else
            {
                _isBusy = true;
                piece = _finder.Find(in request, kind, chooser, out address);
                _isBusy = false;
            }
        }
        while (piece == 0 && _resting.ReleaseAll());

        if (piece != 0) return AllocationError.None;
        if (Totals(kind).FreeBytes >> request.SizeBits == 0) return AllocationError.OutOfMemory;
        return LargestFree(kind) < request.SizeBits ? AllocationError.Fragmented : AllocationError.NoPlace;
    }

    private uint FindPlain(MemoryKind kind, int order)
    {
        // The scarce zones last, even where that costs a merge (AL:U19).
        for (int zone = Zones - 1; zone >= 0; zone--)
        {
            PieceLists lists = _tree.Lists(kind, (MemoryZone)zone);
            uint piece = lists.BestFree(order);
            if (piece != 0) return piece;
            int mergeable = lists.Mergeable.SmallestFrom(order);
            if (mergeable >= 0) return lists.Mergeable.First(mergeable);
        }

        return 0;
    }

    /// <summary>Finds the smallest completely free piece that contains the wanted block, or says why there is none (AL:U15).</summary>
    private AllocationError FindAt(ulong address, int sizeBits, out uint piece)
    {
        piece = 0;
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        if ((address & ((1ul << sizeBits) - 1)) != 0) return AllocationError.Misaligned;
        uint index = _tree.Regions.Find(address);
        if (index == 0) return AllocationError.NoRegion;
        if (_tree.Pool[index].Order < sizeBits) return AllocationError.Straddles;
        while (true)
        {
            ref UntypedNode node = ref _tree.Pool[index];
            switch (node.State)
            {
                case NodeState.Free:
                case NodeState.Split when node.Order == sizeBits && node.BusyHalves == 0:
                    piece = index;
                    return AllocationError.None;
                case NodeState.Split when node.Order > sizeBits:
                    index = _tree.HalfTowards(index, address);
                    break;
                case NodeState.Reserved:
                    return AllocationError.Reserved;
                default:
                    return AllocationError.Taken;
            }
        }
    }

    private UntypedBlock Grant(uint index, MemoryLifetime lifetime)
    {
        _tree.Take(index, NodeState.Granted);
        _tree.NoteLifetime(index, lifetime);
        ref UntypedNode node = ref _tree.Pool[index];
        return new UntypedBlock(index, node.Slot, node.Base, node.Order, node.Kind);
    }

    private bool MergeOne(int mostOrder, bool largestFirst)
    {
        for (int index = 0; index < Zones + 2; index++)
        {
            MemoryKind kind = index < Zones ? MemoryKind.Ram : (MemoryKind)(index - Zones + 1);
            NodeList mergeable = _tree.Lists(kind, (MemoryZone)(index < Zones ? index : 0)).Mergeable;
            // The largest first saves calls: merging a piece takes all that lies below it along.
            int order = largestFirst ? mergeable.Largest : mergeable.SmallestFrom(0);
            if (order >= 0 && order <= mostOrder && _tree.Merge(mergeable.First(order)) == AllocationError.None) return true;
        }

        return false;
    }

    private AllocationError Finish(AllocationError error)
    {
        if (ChecksEachOperation && UntypedCheck.Problem(this) is { } problem) throw new InvalidOperationException(problem);
        return error;
    }
}
