// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>A fixed pool of node pairs (AL:B6): two halves of a split always lie side by side.</summary>
/// <remarks>Index 0 and 1 are never handed out, so that index 0 can mean "none".</remarks>
internal sealed class NodePool
{
    private readonly UntypedNode[] _nodes;
    private uint _freePair;
    private int _freePairs;

    /// <summary>Makes room for <paramref name="pairs"/> pairs.</summary>
    public NodePool(int pairs)
    {
        _nodes = new UntypedNode[2 * (pairs + 1)];
        for (int pair = pairs; pair >= 1; pair--) Release((uint)(2 * pair));
    }

    public int FreePairs => _freePairs;

    public ref UntypedNode this[uint index] => ref _nodes[index];

    /// <summary>Takes a pair; the caller has checked <see cref="FreePairs"/>.</summary>
    public uint Take()
    {
        uint first = _freePair;
        if (first == 0) throw new InvalidOperationException("the node pool is empty: FreePairs was not checked");
        _freePair = _nodes[first].Next;
        _freePairs--;
        return first;
    }

    public void Release(uint first)
    {
        _nodes[first].State = NodeState.Unused;
        _nodes[first + 1].State = NodeState.Unused;
        _nodes[first].Next = _freePair;
        _freePair = first;
        _freePairs++;
    }
}
