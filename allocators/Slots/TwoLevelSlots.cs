// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>Makes and removes second-level CNodes.</summary>
public interface ILeafMaker
{
    /// <summary>Puts an empty CNode into a root slot; false with nothing changed when that cannot be done (AL:L8).</summary>
    bool TryMake(uint leaf);

    /// <summary>Removes an empty CNode and frees its memory.</summary>
    void Remove(uint leaf);
}

/// <summary>Slots of a CSpace with two levels (AL:L5–L9): CNodes come by <see cref="TryGrow"/> and go by <see cref="Trim"/>.</summary>
/// <remarks>
/// Allocation never grows by itself: growing needs untyped memory, which needs slots. Who uses this keeps a stock and grows
/// before it falls short (AL:L7, AL:B5); <see cref="ObjectAllocator"/> does. Slots for one object come from the leaf of the last
/// one as long as it has any, then from the next; runs lie within one leaf (AL:L11).
/// </remarks>
public sealed class TwoLevelSlots : ISlotSource
{
    private const int Absent = 0;
    private const int Present = 1;
    private const int Kept = 2;

    private readonly CSpaceShape _shape;
    private readonly ILeafMaker _maker;
    private readonly SlotAllocator?[] _leaves;
    private readonly byte[] _states;
    private readonly SlotAllocator _unusedLeaves;
    private readonly SlotAllocator _roomyLeaves;
    private uint _current;
    private int _empty;

    /// <summary>Serves the root slots from <paramref name="firstLeaf"/> up to <paramref name="endLeaf"/>, not included.</summary>
    public TwoLevelSlots(CSpaceShape shape, uint firstLeaf, uint endLeaf, ILeafMaker maker)
    {
        if (!shape.IsTwoLevel || endLeaf > 1u << shape.RootBits || firstLeaf >= endLeaf)
            throw new ArgumentOutOfRangeException(nameof(endLeaf), "the leaves do not lie in the root");
        _shape = shape;
        _maker = maker;
        _leaves = new SlotAllocator?[endLeaf];
        _states = new byte[endLeaf];
        _unusedLeaves = new SlotAllocator(firstLeaf, endLeaf);
        _roomyLeaves = new SlotAllocator(0, endLeaf);
        for (uint leaf = 0; leaf < endLeaf; leaf++) _roomyLeaves.Reserve(leaf);
    }

    /// <inheritdoc/>
    public int FreeCount { get; private set; }

    /// <summary>Slots in second-level CNodes that exist.</summary>
    public int Count { get; private set; }

    /// <summary>Second-level CNodes that exist.</summary>
    public int Leaves { get; private set; }

    /// <summary>Takes over a mounted CNode, such as the initial one, with the slots from <paramref name="first"/> on.</summary>
    /// <remarks>It is never removed. Boot capability pointers stay valid when it is mounted in root slot 0 (AL:L10).</remarks>
    public bool AdoptLeaf(uint leaf, uint first, uint end)
    {
        if (leaf >= _states.Length || _states[leaf] != Absent || end > 1u << _shape.LeafBits || first > end) return false;
        _unusedLeaves.Reserve(leaf);
        _leaves[leaf] = new SlotAllocator(_shape.FirstOf(leaf) + first, _shape.FirstOf(leaf) + end);
        Add(leaf, Kept);
        return true;
    }

    /// <summary>Makes one more second-level CNode; false, with nothing changed, when the root is full or the maker cannot.</summary>
    public bool TryGrow()
    {
        if (!_unusedLeaves.TryAllocate(out uint leaf)) return false;
        if (!_maker.TryMake(leaf))
        {
            _unusedLeaves.Free(leaf);
            return false;
        }

        // The bitmap of a leaf that was here before is used again: it is all free.
        _leaves[leaf] ??= new SlotAllocator(_shape.FirstOf(leaf), _shape.FirstOf(leaf + 1));
        Add(leaf, Present);
        _empty++;
        return true;
    }

    /// <summary>Removes second-level CNodes that are empty, but one, or as many as are to be kept (AL:L6). How many it were.</summary>
    public int Trim(int keep = 1)
    {
        int removed = 0;
        for (uint leaf = 0; leaf < _leaves.Length && _empty > keep; leaf++)
        {
            if (_states[leaf] != Present || !IsEmpty(leaf)) continue;
            _states[leaf] = Absent;
            _roomyLeaves.Reserve(leaf);
            FreeCount -= _leaves[leaf]!.Count;
            Count -= _leaves[leaf]!.Count;
            Leaves--;
            _empty--;
            removed++;
            _maker.Remove(leaf);
            _unusedLeaves.Free(leaf);
        }

        return removed;
    }

    /// <inheritdoc/>
    public bool TryAllocate(out uint slot) => TryAllocateRun(1, out slot);

    /// <inheritdoc/>
    public bool TryAllocateRun(int length, out uint firstSlot)
    {
        if (TryTake(_current, length, out firstSlot)) return true;
        if (length > FreeCount) return false;
        // The next leaf with room, around the end; for runs whichever has one, because room alone is not enough.
        return TryLeaves(_current + 1, (uint)_leaves.Length, length, out firstSlot) || TryLeaves(0, _current + 1, length, out firstSlot);
    }

    private bool TryLeaves(uint from, uint end, int length, out uint firstSlot)
    {
        for (uint leaf = from; _roomyLeaves.TryFindFree(leaf, out leaf) && leaf < end; leaf++)
        {
            if (!TryTake(leaf, length, out firstSlot)) continue;
            _current = leaf;
            return true;
        }

        firstSlot = 0;
        return false;
    }

    /// <inheritdoc/>
    public bool Free(uint slot)
    {
        uint leaf = _shape.LeafOf(slot);
        if (leaf >= _leaves.Length || _states[leaf] == Absent || !_leaves[leaf]!.Free(slot)) return false;
        FreeCount++;
        if (_leaves[leaf]!.FreeCount == 1) _roomyLeaves.Free(leaf);
        if (_states[leaf] == Present && IsEmpty(leaf)) _empty++;
        return true;
    }

    private bool IsEmpty(uint leaf) => _leaves[leaf]!.FreeCount == _leaves[leaf]!.Count;

    private void Add(uint leaf, byte state)
    {
        _states[leaf] = state;
        Leaves++;
        Count += _leaves[leaf]!.Count;
        FreeCount += _leaves[leaf]!.FreeCount;
        if (_leaves[leaf]!.FreeCount != 0) _roomyLeaves.Free(leaf);
    }

    private bool TryTake(uint leaf, int length, out uint firstSlot)
    {
        firstSlot = 0;
        if (!_roomyLeaves.IsFree(leaf)) return false;
        SlotAllocator slots = _leaves[leaf]!;
        bool wasEmpty = _states[leaf] == Present && IsEmpty(leaf);
        if (!slots.TryAllocateRun(length, out firstSlot)) return false;
        FreeCount -= length;
        if (wasEmpty) _empty--;
        if (slots.FreeCount == 0) _roomyLeaves.Reserve(leaf);
        return true;
    }
}
