// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>The pieces of one kind of memory and one zone: those to hand out and those that could be merged.</summary>
/// <remarks>
/// Among free pieces of one order those whose sibling is in use go first, so that complete pairs stay mergeable; then the
/// lowest address (AL:U11). A split piece whose two halves are completely free is "mergeable": one Revoke makes it whole (AL:U6).
/// </remarks>
internal sealed class PieceLists(NodePool pool)
{
    private readonly NodePool _pool = pool;
    private readonly AddressHeap _lone = new(pool);
    private readonly AddressHeap _paired = new(pool);

    public NodeList Mergeable { get; } = new(pool);

    /// <summary>Order of the largest piece that is free or would be free after merging; −1 when there is none.</summary>
    public int Largest => Math.Max(Mergeable.Largest, Math.Max(_lone.Largest, _paired.Largest));

    /// <summary>Puts a free piece where it belongs.</summary>
    public void AddFree(uint index)
    {
        if (IsCompletelyFree(SiblingOf(index))) _paired.Add(index);
        else _lone.Add(index);
    }

    public void RemoveFree(uint index)
    {
        if (IsCompletelyFree(SiblingOf(index))) _paired.Remove(index);
        else _lone.Remove(index);
    }

    /// <summary>The best free piece of at least this order (AL:U11); zero when there is none.</summary>
    public uint BestFree(int order)
    {
        int lone = _lone.SmallestFrom(order);
        int paired = _paired.SmallestFrom(order);
        if (lone >= 0 && (paired < 0 || lone <= paired)) return _lone.First(lone);
        return paired >= 0 ? _paired.First(paired) : 0;
    }

    /// <summary>How many free pieces of exactly this order there are.</summary>
    public int FreeCount(int order) => _lone.Count(order) + _paired.Count(order);

    /// <summary>A completely free piece became busy: tells its sibling and its ancestors.</summary>
    public void BecameBusy(uint index)
    {
        while (true)
        {
            uint sibling = SiblingOf(index);
            if (sibling != 0 && _pool[sibling].State == NodeState.Free)
            {
                _paired.Remove(sibling);
                _lone.Add(sibling);
            }

            uint parent = _pool[index].Parent;
            if (parent == 0 || _pool[parent].BusyHalves++ != 0) return;
            Mergeable.Remove(parent);
            index = parent;
        }
    }

    /// <summary>A busy piece became completely free: tells its sibling and its ancestors.</summary>
    public void BecameFree(uint index)
    {
        while (true)
        {
            _pool[index].ClearLifetime();
            uint sibling = SiblingOf(index);
            if (sibling != 0 && _pool[sibling].State == NodeState.Free)
            {
                _lone.Remove(sibling);
                _paired.Add(sibling);
            }

            uint parent = _pool[index].Parent;
            if (parent == 0 || --_pool[parent].BusyHalves != 0) return;
            Mergeable.Add(parent);
            index = parent;
        }
    }

    /// <summary>True for a free piece and for a split one with nothing in use below.</summary>
    public bool IsCompletelyFree(uint index)
    {
        if (index == 0) return false;
        ref UntypedNode node = ref _pool[index];
        return node.State == NodeState.Free || (node.State == NodeState.Split && node.BusyHalves == 0);
    }

    /// <summary>The other half of the parent; zero for the root of a region, and where the two halves can never be merged.</summary>
    public uint SiblingOf(uint index)
    {
        uint parent = _pool[index].Parent;
        return parent == 0 || _pool[parent].IsPinned ? 0 : index ^ 1;
    }
}
