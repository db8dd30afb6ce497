// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>The untypeds adopted at start, ordered by address, so that one is found in logarithmic time (AL:U14, AL:B9).</summary>
internal sealed class UntypedRegions(int capacity, NodePool pool)
{
    private readonly AddressTree _tree = new(capacity);
    private readonly NodePool _pool = pool;

    public int Count => _tree.Count;

    public bool IsFull => _tree.IsFull;

    /// <summary>Comparisons made so far, for tests of the cost.</summary>
    internal long Steps => _tree.Steps;

    /// <summary>Adds a region; false when it overlaps another.</summary>
    public bool TryAdd(ulong baseAddress, int order, uint node)
    {
        if (_tree.TryFloor(baseAddress, out ulong below, out uint lower) && baseAddress - below >> _pool[lower].Order == 0) return false;
        if (_tree.TryCeiling(baseAddress, out ulong above, out _) && above - baseAddress >> order == 0) return false;
        return _tree.TryAdd(baseAddress, node);
    }

    /// <summary>Forgets the region that begins at an address.</summary>
    public void Remove(ulong baseAddress) => _tree.Remove(baseAddress);

    /// <summary>Root node of the region that contains the address; zero when none does.</summary>
    public uint Find(ulong address) =>
        _tree.TryFloor(address, out ulong start, out uint node) && address - start >> _pool[node].Order == 0 ? node : 0;

    /// <summary>Root node of the region that contains the address or begins above it first; zero when there is none.</summary>
    public uint FindFrom(ulong address)
    {
        uint node = Find(address);
        return node != 0 ? node : _tree.TryCeiling(address, out _, out node) ? node : 0;
    }

    /// <summary>Root node of the region that follows this one; zero when it is the last.</summary>
    public uint After(uint node)
    {
        ulong last = _pool[node].Base + ((1ul << _pool[node].Order) - 1);
        return last != ulong.MaxValue && _tree.TryCeiling(last + 1, out _, out uint next) ? next : 0;
    }
}
