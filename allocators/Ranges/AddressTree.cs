// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>An ordered map from addresses to numbers in arrays of fixed size: what regions and reservations are found by.</summary>
/// <remarks>
/// A treap (Seidel and Aragon 1996): a search tree whose shape is that of random insertion, whatever the order of insertion,
/// so that adopting n regions costs O(n log n) even when they come sorted (AL:B9). Nothing is allocated after construction.
/// </remarks>
public sealed class AddressTree
{
    private readonly ulong[] _keys;
    private readonly uint[] _values;
    private readonly uint[] _weights;
    private readonly int[] _left;
    private readonly int[] _right;
    private int _root;
    private int _free;
    private int _fresh = 1;
    private ulong _random = 0x9e37_79b9_7f4a_7c15;

    /// <summary>Makes a map for at most <paramref name="capacity"/> entries.</summary>
    public AddressTree(int capacity)
    {
        _keys = new ulong[capacity + 1];
        _values = new uint[capacity + 1];
        _weights = new uint[capacity + 1];
        _left = new int[capacity + 1];
        _right = new int[capacity + 1];
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>True when no entry can be added.</summary>
    public bool IsFull => Count == _keys.Length - 1;

    /// <summary>Comparisons made since construction, for tests of the cost.</summary>
    internal long Steps { get; private set; }

    /// <summary>Adds an entry; false when the key is there or the map is full.</summary>
    public bool TryAdd(ulong key, uint value)
    {
        if (IsFull || TryGet(key, out _)) return false;
        int node = _free != 0 ? _free : _fresh++;
        if (node == _free) _free = _left[node];
        _keys[node] = key;
        _values[node] = value;
        _weights[node] = NextWeight();
        Split(_root, key, out int below, out int above);
        _left[node] = 0;
        _right[node] = 0;
        _root = Join(Join(below, node), above);
        Count++;
        return true;
    }

    /// <summary>Removes an entry; false when there is none.</summary>
    public bool Remove(ulong key)
    {
        ref int link = ref _root;
        while (link != 0 && _keys[link] != key) link = ref Step(link, key);
        if (link == 0) return false;
        int node = link;
        link = Join(_left[node], _right[node]);
        _left[node] = _free;
        _free = node;
        Count--;
        return true;
    }

    /// <summary>Removes all entries.</summary>
    public void Clear()
    {
        _root = 0;
        _free = 0;
        _fresh = 1;
        Count = 0;
    }

    /// <summary>The value of exactly this key.</summary>
    public bool TryGet(ulong key, out uint value)
    {
        int node = _root;
        while (node != 0 && _keys[node] != key) node = Step(node, key);
        value = node == 0 ? 0 : _values[node];
        return node != 0;
    }

    /// <summary>The entry with the largest key at or below an address.</summary>
    public bool TryFloor(ulong address, out ulong key, out uint value)
    {
        int found = 0;
        for (int node = _root; node != 0;)
        {
            if (_keys[node] <= address) found = node;
            if (_keys[node] == address) break;
            node = Step(node, address);
        }

        key = _keys[found];
        value = _values[found];
        return found != 0;
    }

    /// <summary>The entry with the smallest key at or above an address.</summary>
    public bool TryCeiling(ulong address, out ulong key, out uint value)
    {
        int found = 0;
        for (int node = _root; node != 0;)
        {
            if (_keys[node] >= address) found = node;
            if (_keys[node] == address) break;
            node = Step(node, address);
        }

        key = _keys[found];
        value = _values[found];
        return found != 0;
    }

    private ref int Step(int node, ulong key)
    {
        Steps++;
        return ref key < _keys[node] ? ref _left[node] : ref _right[node];
    }

    /// <summary>Cuts a tree in two: what lies below the key, and what lies at or above it.</summary>
    private void Split(int tree, ulong key, out int below, out int above)
    {
        below = 0;
        above = 0;
        if (tree == 0) return;
        Steps++;
        if (_keys[tree] < key)
        {
            below = tree;
            Split(_right[tree], key, out _right[tree], out above);
        }
        else
        {
            above = tree;
            Split(_left[tree], key, out below, out _left[tree]);
        }
    }

    /// <summary>Makes one tree of two; every key of the first lies below every key of the second.</summary>
    private int Join(int below, int above)
    {
        if (below == 0) return above;
        if (above == 0) return below;
        Steps++;
        if (_weights[below] > _weights[above])
        {
            _right[below] = Join(_right[below], above);
            return below;
        }

        _left[above] = Join(below, _left[above]);
        return above;
    }

    private uint NextWeight()
    {
        _random ^= _random << 13;
        _random ^= _random >> 7;
        _random ^= _random << 17;
        return (uint)(_random >> 32);
    }
}
