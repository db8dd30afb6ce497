// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>A taken range.</summary>
public readonly struct TakenRange(ulong first, ulong last, ulong owner, string label)
{
    public readonly ulong First = first;

    /// <summary>Inclusive, so that a range can end at the last address there is.</summary>
    public readonly ulong Last = last;
    public readonly ulong Owner = owner;

    /// <summary>What it is for.</summary>
    public readonly string Label = label;

    public ulong Length => Last - First + 1;
}

/// <summary>Which numbers of a span are taken, and by whom: virtual addresses, interrupt lines, I/O ports, ASIDs (AL:A2, AL:V1).</summary>
/// <remarks>
/// Ranges are ordered in a tree. A range anywhere is the first gap at or after where the last one ended, and then from the
/// bottom (first fit with wrap-around): freed numbers are not used again at once, and none is out of reach.
/// Taking and freeing at an address is O(log n), anywhere O(n) in the number of ranges passed over.
/// </remarks>
public sealed class RangeMap
{
    private readonly AddressTree _tree;
    private readonly TakenRange[] _ranges;
    private readonly uint[] _freeRecords;
    private int _freeCount;
    private ulong _cursor;

    /// <summary>Manages <paramref name="first"/> to <paramref name="last"/>, both included, in so many ranges at most.</summary>
    public RangeMap(ulong first, ulong last, int capacity)
    {
        if (last < first) throw new ArgumentOutOfRangeException(nameof(last), "the span is empty");
        First = first;
        Last = last;
        _cursor = first;
        _tree = new AddressTree(capacity);
        _ranges = new TakenRange[capacity];
        _freeRecords = new uint[capacity];
        for (uint index = 0; index < capacity; index++) _freeRecords[_freeCount++] = (uint)capacity - 1 - index;
    }

    public ulong First { get; }

    /// <summary>Inclusive.</summary>
    public ulong Last { get; }

    /// <summary>How many ranges are taken.</summary>
    public int Count => _tree.Count;

    /// <summary>How many numbers are taken. With all of a span of 2^64 taken it is 0.</summary>
    public ulong TakenLength { get; private set; }

    /// <summary>Takes exactly these numbers.</summary>
    public AllocationError TakeAt(ulong first, ulong last, ulong owner, string label)
    {
        if (last < first) return AllocationError.BadSize;
        if (first < First || last > Last) return first > Last || last < First ? AllocationError.NoRegion : AllocationError.Straddles;
        if (_freeCount == 0) return AllocationError.OutOfNodes;
        if (TryFind(last, out _) || (_tree.TryFloor(last, out ulong below, out _) && below >= first)) return AllocationError.Taken;
        if (TryFind(first, out _)) return AllocationError.Taken;
        uint record = _freeRecords[--_freeCount];
        _ranges[record] = new TakenRange(first, last, owner, label);
        _tree.TryAdd(first, record);
        TakenLength += last - first + 1;
        return AllocationError.None;
    }

    /// <summary>Takes <paramref name="length"/> numbers from a multiple of <paramref name="alignment"/>, a power of two.</summary>
    public AllocationError Take(ulong length, ulong alignment, ulong owner, string label, out ulong first)
    {
        first = 0;
        if (length == 0 || alignment == 0 || (alignment & (alignment - 1)) != 0) return AllocationError.BadSize;
        if (_freeCount == 0) return AllocationError.OutOfNodes;
        if (!TryFindGap(_cursor, Last, length, alignment, out first) && !TryFindGap(First, Last, length, alignment, out first))
            return Last - First + 1 - TakenLength < length ? AllocationError.OutOfMemory : AllocationError.Fragmented;
        AllocationError error = TakeAt(first, first + (length - 1), owner, label);
        ulong end = first + (length - 1);
        if (error == AllocationError.None) _cursor = end == Last ? First : end + 1;
        return error;
    }

    /// <summary>Gives a range back, named by its first number; false, with nothing changed, when none begins there.</summary>
    public bool Free(ulong first)
    {
        if (!_tree.TryGet(first, out uint record)) return false;
        _tree.Remove(first);
        TakenLength -= _ranges[record].Length;
        _ranges[record] = default;
        _freeRecords[_freeCount++] = record;
        return true;
    }

    /// <summary>The range that contains a number.</summary>
    public bool TryFind(ulong number, out TakenRange range)
    {
        range = default;
        if (!_tree.TryFloor(number, out _, out uint record) || _ranges[record].Last < number) return false;
        range = _ranges[record];
        return true;
    }

    /// <summary>The first range that begins at or above a number, for listing.</summary>
    public bool TryNext(ulong from, out TakenRange range)
    {
        bool found = _tree.TryCeiling(from, out _, out uint record);
        range = found ? _ranges[record] : default;
        return found;
    }

    private bool TryFindGap(ulong from, ulong last, ulong length, ulong alignment, out ulong start)
    {
        start = from;
        while (true)
        {
            if (TryFind(start, out TakenRange taken))
            {
                if (taken.Last >= last) return false;
                start = taken.Last + 1;
            }

            ulong aligned = (start + (alignment - 1)) & ~(alignment - 1);
            if (aligned < start || aligned > last || last - aligned < length - 1) return false;
            start = aligned;
            if (TryFind(start, out taken)) continue;
            if (!_tree.TryCeiling(start, out ulong next, out _) || next - start >= length) return true;
            start = next;
        }
    }
}
