// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;

namespace Sel4.Allocators;

/// <summary>Free pieces by order, and within an order the one with the lowest address first (AL:U11).</summary>
/// <remarks>
/// A pairing heap for each order (Fredman, Sedgewick, Sleator and Tarjan 1986), kept in the nodes themselves: adding is O(1),
/// removing any node O(log n) amortised. <see cref="UntypedNode.FirstChild"/> is the first child, <see cref="UntypedNode.Next"/>
/// the right sibling, <see cref="UntypedNode.Previous"/> the left sibling or, for a first child, the parent.
/// </remarks>
internal sealed class AddressHeap(NodePool pool)
{
    private readonly NodePool _pool = pool;
    private readonly uint[] _roots = new uint[64];
    private readonly int[] _counts = new int[64];
    private ulong _orders;

    /// <summary>The node with the lowest address of exactly this order; zero when there is none.</summary>
    public uint First(int order) => _roots[order];

    /// <summary>Smallest order at or above <paramref name="order"/> that has members; −1 when none has.</summary>
    public int SmallestFrom(int order)
    {
        ulong candidates = _orders & (~0ul << order);
        return candidates == 0 ? -1 : BitOperations.TrailingZeroCount(candidates);
    }

    /// <summary>Largest order that has members; −1 when there are none.</summary>
    public int Largest => _orders == 0 ? -1 : 63 - BitOperations.LeadingZeroCount(_orders);

    /// <summary>How many nodes of exactly this order there are.</summary>
    public int Count(int order) => _counts[order];

    public void Add(uint index)
    {
        ref UntypedNode node = ref _pool[index];
        _counts[node.Order]++;
        node.FirstChild = 0;
        node.Next = 0;
        node.Previous = 0;
        SetRoot(node.Order, Meld(_roots[node.Order], index));
    }

    public void Remove(uint index)
    {
        ref UntypedNode node = ref _pool[index];
        int order = node.Order;
        _counts[order]--;
        uint children = MeldAll(node.FirstChild);
        if (_roots[order] == index)
        {
            SetRoot(order, children);
            return;
        }

        ref UntypedNode left = ref _pool[node.Previous];
        if (left.FirstChild == index) left.FirstChild = node.Next;
        else left.Next = node.Next;
        if (node.Next != 0) _pool[node.Next].Previous = node.Previous;
        SetRoot(order, Meld(_roots[order], children));
    }

    private void SetRoot(int order, uint root)
    {
        _roots[order] = root;
        if (root == 0)
        {
            _orders &= ~(1ul << order);
            return;
        }

        _pool[root].Previous = 0;
        _pool[root].Next = 0;
        _orders |= 1ul << order;
    }

    /// <summary>Makes one heap of two; either may be empty.</summary>
    private uint Meld(uint one, uint other)
    {
        if (one == 0) return other;
        if (other == 0) return one;
        (uint winner, uint loser) = _pool[one].Base < _pool[other].Base ? (one, other) : (other, one);
        uint sibling = _pool[winner].FirstChild;
        _pool[loser].Next = sibling;
        _pool[loser].Previous = winner;
        if (sibling != 0) _pool[sibling].Previous = loser;
        _pool[winner].FirstChild = loser;
        return winner;
    }

    /// <summary>Makes one heap of a list of siblings: pairs from left to right, then all of those from right to left.</summary>
    private uint MeldAll(uint first)
    {
        uint pairs = 0;
        while (first != 0)
        {
            uint second = _pool[first].Next;
            uint rest = second == 0 ? 0 : _pool[second].Next;
            uint pair = Meld(first, second);
            _pool[pair].Next = pairs;
            pairs = pair;
            first = rest;
        }

        uint all = 0;
        while (pairs != 0)
        {
            uint next = _pool[pairs].Next;
            all = Meld(all, pairs);
            pairs = next;
        }

        return all;
    }
}
