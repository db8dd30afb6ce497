// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;

namespace Sel4.Rpc.Fuzz;

/// <summary>Free memory as aligned blocks of powers of two, split and joined at once: simple, and surely right.</summary>
public sealed class BlockTree
{
    private const int Orders = 48;
    private readonly SortedSet<ulong>[] _free = new SortedSet<ulong>[Orders];
    private readonly Dictionary<ulong, int> _taken = [];
    private readonly (ulong First, ulong End) _range;

    /// <summary>Takes over a range.</summary>
    public BlockTree(ulong first, ulong end)
    {
        _range = (first, end);
        for (int order = 0; order < Orders; order++) _free[order] = [];
        for (ulong start = first; start < end;)
        {
            int order = 0;
            while (order + 1 < Orders && (start & ((2ul << order) - 1)) == 0 && start + (2ul << order) <= end) order++;
            _free[order].Add(start);
            FreeBytes += 1ul << order;
            start += 1ul << order;
        }
    }

    public ulong FreeBytes { get; private set; }

    public int BlocksOut => _taken.Count;

    public int FreeBlocks(int order) => _free[order].Count;

    public bool Contains(ulong start, ulong bytes) => start >= _range.First && start < _range.End && bytes <= _range.End - start;

    /// <summary>log2 of the largest free block; −1 for none.</summary>
    public int Largest
    {
        get
        {
            int order = Orders - 1;
            while (order >= 0 && _free[order].Count == 0) order--;
            return order;
        }
    }

    /// <summary>Takes the lowest block of a size whose bytes lie in a window.</summary>
    public bool TryTake(int order, ulong first, ulong last, out ulong start)
    {
        for (int from = order; from < Orders; from++)
        {
            foreach (ulong block in _free[from])
            {
                ulong low = Math.Max(block, first);
                ulong candidate = (low + ((1ul << order) - 1)) & ~((1ul << order) - 1);
                if (candidate < low || candidate >= block + (1ul << from)) continue;
                if (candidate + ((1ul << order) - 1) > last) continue;
                start = candidate;
                return TryTakeAt(order, candidate);
            }
        }
        start = 0;
        return false;
    }

    /// <summary>Takes just this block.</summary>
    public bool TryTakeAt(int order, ulong start)
    {
        for (int from = order; from < Orders; from++)
        {
            ulong block = start & ~((1ul << from) - 1);
            if (!_free[from].Remove(block)) continue;
            // What is left and right of it stays free, each half as a block of its own.
            for (int level = from - 1; level >= order; level--)
            {
                ulong half = block + (1ul << level);
                bool isUpper = start >= half;
                _free[level].Add(isUpper ? block : half);
                if (isUpper) block = half;
            }
            _taken.Add(start, order);
            FreeBytes -= 1ul << order;
            return true;
        }
        return false;
    }

    /// <summary>Gives a block back; false when it was not out.</summary>
    public bool TryGiveBack(ulong start)
    {
        if (!_taken.Remove(start, out int order)) return false;
        FreeBytes += 1ul << order;
        for (; order + 1 < Orders; order++)
        {
            ulong buddy = start ^ (1ul << order);
            if (!_free[order].Remove(buddy)) break;
            start = Math.Min(start, buddy);
        }
        _free[order].Add(start);
        return true;
    }
}
