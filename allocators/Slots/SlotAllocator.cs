// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Numerics;

namespace Sel4.Allocators;

/// <summary>Hands out the slots of one CNode: a bitmap with two levels of summary (AL:L1–L3).</summary>
/// <remarks>
/// A set bit means "free". Three levels of 64 cover 2^18 slots in three word operations. Every slot of the given range is
/// usable (AL:L2). A cursor moves on after each allocation, so that a slot is not reused at once and a stale capability
/// pointer meets an empty slot instead of somebody else's object (AL:L3).
/// </remarks>
public sealed class SlotAllocator : ISlotSource
{
    /// <summary>Most slots that three levels of 64 can describe.</summary>
    public const int MaxSlots = 64 * 64 * 64;

    private readonly ulong[] _leaves;
    private readonly ulong[] _groups;
    private ulong _top;
    private readonly uint _first;
    private readonly int _count;
    private int _free;
    private int _cursor;

    /// <summary>Takes over the slots <paramref name="first"/> up to, not including, <paramref name="end"/>; all are free.</summary>
    public SlotAllocator(uint first, uint end)
    {
        if (end < first || end - first > MaxSlots)
            throw new ArgumentOutOfRangeException(nameof(end), "a slot allocator serves at most 262144 slots");
        _first = first;
        _count = (int)(end - first);
        _leaves = new ulong[Math.Max(1, (_count + 63) / 64)];
        _groups = new ulong[Math.Max(1, (_leaves.Length + 63) / 64)];
        for (int index = 0; index < _count; index++) SetFree(index);
        _free = _count;
    }

    /// <summary>Number of slots that can still be handed out.</summary>
    public int FreeCount => _free;

    /// <summary>Number of slots served in all.</summary>
    public int Count => _count;

    /// <summary>Takes one slot; false when none is left.</summary>
    public bool TryAllocate(out uint slot)
    {
        int index = FindFree(_cursor);
        if (index < 0) index = FindFree(0);
        if (index < 0)
        {
            slot = 0;
            return false;
        }

        Take(index);
        slot = _first + (uint)index;
        return true;
    }

    /// <summary>Takes <paramref name="length"/> adjacent slots (AL:L11); false when there is no such run.</summary>
    public bool TryAllocateRun(int length, out uint firstSlot)
    {
        if (length == 1) return TryAllocate(out firstSlot);
        int start = length <= 0 || length > _free ? -1 : FindRun(_cursor, length);
        if (start < 0 && length > 0 && length <= _free) start = FindRun(0, length);
        if (start < 0)
        {
            firstSlot = 0;
            return false;
        }

        for (int index = start; index < start + length; index++) Take(index);
        firstSlot = _first + (uint)start;
        return true;
    }

    /// <summary>Gives a slot back. False, with nothing changed, when it is not ours or is already free (AL:I1, AL:I6).</summary>
    public bool Free(uint slot)
    {
        if (slot < _first || slot - _first >= (uint)_count) return false;
        int index = (int)(slot - _first);
        if (IsFree(index)) return false;
        SetFree(index);
        _free++;
        return true;
    }

    /// <summary>Takes one particular slot out of circulation; false when it is not ours or taken.</summary>
    public bool Reserve(uint slot)
    {
        if (slot < _first || slot - _first >= (uint)_count) return false;
        int index = (int)(slot - _first);
        if (!IsFree(index)) return false;
        int cursor = _cursor;
        Take(index);
        _cursor = cursor;
        return true;
    }

    /// <summary>The first free slot at or after one, which stays free; false when there is none up to the end.</summary>
    public bool TryFindFree(uint from, out uint slot)
    {
        uint start = from < _first ? 0 : from - _first;
        int index = start >= (uint)_count ? -1 : FindFree((int)start);
        slot = _first + (uint)index;
        return index >= 0;
    }

    /// <summary>True when the slot belongs to this allocator and is not handed out.</summary>
    public bool IsFree(uint slot) => slot >= _first && slot - _first < (uint)_count && IsFree((int)(slot - _first));

    private bool IsFree(int index) => (_leaves[index >> 6] >> (index & 63) & 1) != 0;

    private void SetFree(int index)
    {
        int leaf = index >> 6;
        _leaves[leaf] |= 1ul << (index & 63);
        _groups[leaf >> 6] |= 1ul << (leaf & 63);
        _top |= 1ul << (leaf >> 6);
    }

    private void Take(int index)
    {
        int leaf = index >> 6;
        _leaves[leaf] &= ~(1ul << (index & 63));
        if (_leaves[leaf] == 0)
        {
            int group = leaf >> 6;
            _groups[group] &= ~(1ul << (leaf & 63));
            if (_groups[group] == 0) _top &= ~(1ul << group);
        }

        _free--;
        _cursor = index + 1 < _count ? index + 1 : 0;
    }

    /// <summary>Index of the first free slot at or after <paramref name="from"/>; −1 when there is none.</summary>
    private int FindFree(int from)
    {
        if (from >= _count) return -1;
        int leaf = from >> 6;
        ulong bits = _leaves[leaf] & (~0ul << (from & 63));
        if (bits != 0) return (leaf << 6) + BitOperations.TrailingZeroCount(bits);

        int group = (leaf + 1) >> 6;
        if (group < _groups.Length)
        {
            ulong leaves = _groups[group] & (~0ul << ((leaf + 1) & 63));
            if (leaves != 0) return FirstOfLeaf((group << 6) + BitOperations.TrailingZeroCount(leaves));
        }

        if (group + 1 >= 64) return -1;
        ulong groups = _top & (~0ul << (group + 1));
        if (groups == 0) return -1;
        group = BitOperations.TrailingZeroCount(groups);
        return FirstOfLeaf((group << 6) + BitOperations.TrailingZeroCount(_groups[group]));
    }

    private int FirstOfLeaf(int leaf) => (leaf << 6) + BitOperations.TrailingZeroCount(_leaves[leaf]);

    /// <summary>Start of the first run of free slots at or after an index; −1 when there is none.</summary>
    private int FindRun(int from, int length)
    {
        int start = FindFree(from);
        while (start >= 0 && start + length <= _count)
        {
            int end = start + 1;
            while (end < start + length && IsFree(end)) end++;
            if (end == start + length) return start;
            start = FindFree(end);
        }

        return -1;
    }
}
