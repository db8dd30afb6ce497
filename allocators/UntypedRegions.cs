// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>The untypeds adopted at start, sorted by address so that one is found by binary search (AL:U14).</summary>
internal sealed class UntypedRegions(int capacity)
{
    private readonly ulong[] _bases = new ulong[capacity];
    private readonly byte[] _orders = new byte[capacity];
    private readonly uint[] _nodes = new uint[capacity];
    private int _count;

    public int Count => _count;

    /// <summary>Inserts a region in address order; false when there is no room or it overlaps another.</summary>
    public bool TryAdd(ulong baseAddress, int order, uint node)
    {
        if (_count == _bases.Length) return false;
        int position = IndexAfter(baseAddress);
        if (position > 0 && baseAddress - _bases[position - 1] >> _orders[position - 1] == 0) return false;
        if (position < _count && _bases[position] - baseAddress >> order == 0) return false;
        for (int index = _count; index > position; index--)
        {
            _bases[index] = _bases[index - 1];
            _orders[index] = _orders[index - 1];
            _nodes[index] = _nodes[index - 1];
        }

        _bases[position] = baseAddress;
        _orders[position] = (byte)order;
        _nodes[position] = node;
        _count++;
        return true;
    }

    /// <summary>Root node of the region that contains the address; zero when none does.</summary>
    public uint Find(ulong address)
    {
        int position = IndexAfter(address) - 1;
        if (position < 0 || address - _bases[position] >> _orders[position] != 0) return 0;
        return _nodes[position];
    }

    /// <summary>Root node of the region at <paramref name="position"/> in address order.</summary>
    public uint NodeAt(int position) => _nodes[position];

    /// <summary>Number of regions that begin at or below the address.</summary>
    private int IndexAfter(ulong address)
    {
        int low = 0;
        int high = _count;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_bases[middle] <= address) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
