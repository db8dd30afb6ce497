// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;

namespace Sel4.Allocators;

/// <summary>Doubly linked lists of nodes, one for each order, with a bit per order that has members.</summary>
internal sealed class NodeList(NodePool pool)
{
    private readonly uint[] _heads = new uint[64];
    private ulong _orders;

    /// <summary>First node of exactly this order; zero when there is none.</summary>
    public uint First(int order) => _heads[order];

    /// <summary>Smallest order at or above <paramref name="order"/> that has members; −1 when none has.</summary>
    public int SmallestFrom(int order)
    {
        ulong candidates = _orders & (~0ul << order);
        return candidates == 0 ? -1 : BitOperations.TrailingZeroCount(candidates);
    }

    /// <summary>Largest order that has members; −1 when the lists are empty.</summary>
    public int Largest => _orders == 0 ? -1 : 63 - BitOperations.LeadingZeroCount(_orders);

    public void Add(uint index)
    {
        ref UntypedNode node = ref pool[index];
        uint head = _heads[node.Order];
        node.Previous = 0;
        node.Next = head;
        if (head != 0) pool[head].Previous = index;
        _heads[node.Order] = index;
        _orders |= 1ul << node.Order;
    }

    public void Remove(uint index)
    {
        ref UntypedNode node = ref pool[index];
        if (node.Previous != 0) pool[node.Previous].Next = node.Next;
        else _heads[node.Order] = node.Next;
        if (node.Next != 0) pool[node.Next].Previous = node.Previous;
        if (_heads[node.Order] == 0) _orders &= ~(1ul << node.Order);
    }
}
