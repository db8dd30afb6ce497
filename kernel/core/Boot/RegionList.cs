// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>A list of disjoint physical regions in ascending order, with a fixed capacity.</summary>
/// <remarks>
/// Boot only. When the capacity is reached the smallest loss is chosen: <see cref="Add"/> refuses, and the caller treats
/// refused RAM as absent and a refused reservation as a reason to stop.
/// </remarks>
public struct RegionList
{
    /// <summary>Number of entries in use.</summary>
    public int Count;

    private PhysicalRegions _entries;

    /// <summary>Makes the list empty.</summary>
    public void Clear() => Count = 0;

    public ulong StartOf(int index) => _entries[index].Start;

    public ulong EndOf(int index) => _entries[index].End;

    /// <summary>Adds a region and joins it with those that it touches or overlaps; false when there is no room.</summary>
    public bool Add(ulong start, ulong end)
    {
        if (start >= end) return true;
        int first = 0;
        while (first < Count && _entries[first].End < start) first++;
        int after = first;
        while (after < Count && _entries[after].Start <= end)
        {
            if (_entries[after].Start < start) start = _entries[after].Start;
            if (_entries[after].End > end) end = _entries[after].End;
            after++;
        }
        if (after == first && !MakeRoom(first)) return false;
        if (after > first + 1) CloseGap(first + 1, after);
        Set(first, start, end);
        return true;
    }

    /// <summary>Takes a region out, cutting those that it overlaps; false when a cut needs an entry that is not there.</summary>
    public bool Remove(ulong start, ulong end)
    {
        if (start >= end) return true;
        int index = 0;
        while (index < Count)
        {
            ulong entryStart = _entries[index].Start;
            ulong entryEnd = _entries[index].End;
            if (entryEnd <= start || entryStart >= end)
            {
                index++;
                continue;
            }
            if (entryStart < start && entryEnd > end)
            {
                if (!MakeRoom(index + 1)) return false;
                Set(index + 1, end, entryEnd);
                _entries[index].End = start;
                return true;
            }
            if (entryStart < start) _entries[index++].End = start;
            else if (entryEnd > end) _entries[index++].Start = end;
            else CloseGap(index, index + 1);
        }
        return true;
    }

    /// <summary>True when no address of the region is in the list.</summary>
    public bool IsDisjointFrom(ulong start, ulong end)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_entries[index].Start < end && start < _entries[index].End) return false;
        }
        return true;
    }

    private void Set(int index, ulong start, ulong end)
    {
        _entries[index].Start = start;
        _entries[index].End = end;
    }

    /// <summary>Moves the entries from <paramref name="index"/> on up by one.</summary>
    private bool MakeRoom(int index)
    {
        if (Count == PhysicalRegions.Count) return false;
        for (int move = Count; move > index; move--) Set(move, _entries[move - 1].Start, _entries[move - 1].End);
        Count++;
        return true;
    }

    /// <summary>Drops the entries from <paramref name="first"/> up to <paramref name="after"/>.</summary>
    private void CloseGap(int first, int after)
    {
        int dropped = after - first;
        for (int move = after; move < Count; move++) Set(move - dropped, _entries[move].Start, _entries[move].End);
        Count -= dropped;
    }
}
