// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators;

/// <summary>Node pairs in chunks that never move (AL:B6): two halves of a split always lie side by side.</summary>
/// <remarks>Index 0 and 1 are never handed out, so that index 0 can mean "none".</remarks>
internal sealed class NodePool
{
    private const int ChunkBits = 10;
    private const int ChunkNodes = 1 << ChunkBits;

    private readonly UntypedNode[][] _chunks;
    private int _chunkCount;
    private uint _nextFresh = 2;
    private uint _after = 2;
    private uint _freePair;

    /// <summary>Makes room for <paramref name="pairs"/> pairs, and for as many again to be added later.</summary>
    public NodePool(int pairs, int morePairs = 0)
    {
        _chunks = new UntypedNode[ChunksFor(pairs + morePairs)][];
        Grow(pairs);
    }

    public int FreePairs { get; private set; }

    /// <summary>All pairs there are.</summary>
    public int Pairs { get; private set; }

    public ref UntypedNode this[uint index] => ref _chunks[index >> ChunkBits][index & (ChunkNodes - 1)];

    /// <summary>True for an index that this pool can have handed out: blocks of other stores have numbers of their own.</summary>
    public bool Contains(uint index) => index < _after;

    /// <summary>Adds pairs; fewer when the table of chunks is full. The number that was added.</summary>
    public int Grow(int pairs)
    {
        int room = (int)(((long)_chunks.Length * ChunkNodes) - _after) / 2;
        int added = pairs < room ? pairs : room;
        uint after = _after + (2 * (uint)added);
        while ((long)_chunkCount * ChunkNodes < after) _chunks[_chunkCount++] = new UntypedNode[ChunkNodes];
        _after = after;
        FreePairs += added;
        Pairs += added;
        return added;
    }

    /// <summary>Takes a pair; the caller has checked <see cref="FreePairs"/>.</summary>
    public uint Take()
    {
        if (FreePairs == 0) throw new InvalidOperationException("the node pool is empty: FreePairs was not checked");
        FreePairs--;
        uint first = _freePair;
        if (first != 0)
        {
            _freePair = this[first].Next;
            return first;
        }

        first = _nextFresh;
        _nextFresh += 2;
        return first;
    }

    public void Release(uint first)
    {
        this[first].State = NodeState.Unused;
        this[first + 1].State = NodeState.Unused;
        this[first].Next = _freePair;
        _freePair = first;
        FreePairs++;
    }

    private static int ChunksFor(int pairs) => ((2 * (pairs + 1)) + ChunkNodes - 1) >> ChunkBits;
}
