// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Bytes by kind of memory and by what they are doing; the sum never changes but by adoption (AL:A3).</summary>
internal sealed class UntypedBooks
{
    private const int Kinds = 3;
    private const int States = (int)NodeState.Resting + 1;

    private readonly ulong[] _bytes = new ulong[Kinds * States];
    private readonly ulong[] _adopted = new ulong[Kinds];
    private readonly int[] _grantedBlocks = new int[Kinds];

    public ulong Bytes(MemoryKind kind, NodeState state) => _bytes[((int)kind * States) + (int)state];

    public UntypedTotals Totals(MemoryKind kind) => new(
        Bytes(kind, NodeState.Free) + Bytes(kind, NodeState.Resting), Bytes(kind, NodeState.Granted),
        Bytes(kind, NodeState.Reserved), Bytes(kind, NodeState.Quarantined), _grantedBlocks[(int)kind]);

    public void Adopt(MemoryKind kind, int order)
    {
        _adopted[(int)kind] += 1ul << order;
        _bytes[((int)kind * States) + (int)NodeState.Free] += 1ul << order;
    }

    /// <summary>A free region leaves the books.</summary>
    public void Abandon(MemoryKind kind, int order)
    {
        _adopted[(int)kind] -= 1ul << order;
        _bytes[((int)kind * States) + (int)NodeState.Free] -= 1ul << order;
    }

    /// <summary>True when the bytes of a kind add up to what was adopted.</summary>
    public bool IsBalanced(MemoryKind kind) => Totals(kind).TotalBytes == _adopted[(int)kind];

    /// <summary>Changes a whole piece's state and the books with it.</summary>
    public void Move(ref UntypedNode node, NodeState to)
    {
        int row = (int)node.Kind * States;
        _bytes[row + (int)node.State] -= 1ul << node.Order;
        _bytes[row + (int)to] += 1ul << node.Order;
        if (node.State == NodeState.Granted) _grantedBlocks[(int)node.Kind]--;
        if (to == NodeState.Granted) _grantedBlocks[(int)node.Kind]++;
        node.State = to;
    }
}
