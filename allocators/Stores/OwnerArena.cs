// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>The memory of one owner: chunks of a larger store, each with a split tree of its own inside (AL §5.2, AL:F4).</summary>
/// <remarks>
/// While the owner lives, blocks come and go as in any tree. When it ends, one Revoke a chunk takes everything back, whatever
/// was made from it and wherever copies of it went; that can be done a few chunks at a time (AL:F3).
/// </remarks>
public sealed class OwnerArena : IUntypedStore
{
    private readonly IUntypedStore _parent;
    private readonly UntypedAllocator _inner;
    private readonly UntypedBlock[] _chunks;
    private readonly int _chunkBits;
    private bool _isEnding;

    /// <summary>An arena without memory.</summary>
    /// <param name="parent">Where chunks come from.</param>
    /// <param name="kernel">Retype and Revoke.</param>
    /// <param name="slots">Where the pieces' capabilities go.</param>
    /// <param name="chunkBits">log2 bytes of a chunk; one is larger when a block is.</param>
    /// <param name="maxChunks">How many chunks there can be.</param>
    /// <param name="nodePairs">Bookkeeping for so many splits, 64 bytes each.</param>
    public OwnerArena(IUntypedStore parent, IUntypedOperations kernel, ISlotSource slots, int chunkBits, int maxChunks, int nodePairs)
    {
        _parent = parent;
        _inner = new UntypedAllocator(kernel, slots, nodePairs, maxChunks);
        _chunks = new UntypedBlock[maxChunks];
        _chunkBits = chunkBits;
    }

    /// <summary>How many chunks it has.</summary>
    public int Chunks { get; private set; }

    /// <summary>Bytes taken from the store above.</summary>
    public ulong Bytes { get; private set; }

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        block = default;
        if (_isEnding) return AllocationError.OutOfMemory;
        AllocationError error = _inner.Take(in request, chooser, out block);
        if (error is not (AllocationError.OutOfMemory or AllocationError.Fragmented or AllocationError.NoPlace)) return error;
        AllocationError growing = Grow(in request, chooser);
        return growing == AllocationError.None ? _inner.Take(in request, chooser, out block) : growing;
    }

    /// <summary>The block at an address of the arena, or of the store above; then it becomes a chunk.</summary>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        block = default;
        if (_isEnding) return AllocationError.OutOfMemory;
        AllocationError error = _inner.TakeAt(physicalAddress, sizeBits, out block);
        if (error != AllocationError.NoRegion) return error;
        if (Chunks == _chunks.Length) return AllocationError.OutOfNodes;
        error = _parent.TakeAt(physicalAddress, sizeBits, out UntypedBlock chunk);
        if (error == AllocationError.None) error = Adopt(chunk);
        return error == AllocationError.None ? _inner.TakeAt(physicalAddress, sizeBits, out block) : error;
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block) => _inner.Free(block);

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block) => _inner.IsGranted(block);

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        int own = _inner.LargestFree(kind);
        int above = _isEnding ? -1 : _parent.LargestFree(kind);
        return own > above ? own : above;
    }

    /// <summary>The books of the chunks alone.</summary>
    public UntypedTotals Totals(MemoryKind kind) => _inner.Totals(kind);

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor) => _inner.Walk(visitor);

    /// <summary>Gives chunks without anything in use back to the store above; how many.</summary>
    public int Trim()
    {
        int before = Chunks;
        for (int index = Chunks - 1; index >= 0; index--)
            if (_inner.IsRegionFree(_chunks[index].PhysicalAddress)) ReleaseChunk(index);
        return before - Chunks;
    }

    /// <summary>Gives back up to so many chunks, one Revoke each; true when none is left. Nothing can be taken meanwhile.</summary>
    public bool Release(int chunks = int.MaxValue)
    {
        _isEnding = true;
        for (int released = 0; released < chunks && Chunks != 0; released++) ReleaseChunk(Chunks - 1);
        if (Chunks != 0) return false;
        _isEnding = false;
        return true;
    }

    private AllocationError Grow(in Request request, IPieceChooser? chooser)
    {
        if (Chunks == _chunks.Length) return AllocationError.OutOfNodes;
        RequestDraft draft = request.ToDraft();
        int needed = draft.SizeBits;
        draft.SizeBits = needed > _chunkBits ? needed : _chunkBits;
        while (true)
        {
            AllocationError error = _parent.Take(new Request(draft), chooser, out UntypedBlock chunk);
            if (error == AllocationError.None) return Adopt(chunk);
            // A smaller chunk than wished for will do when memory is short, in pieces, or the window is narrow.
            if (draft.SizeBits == needed || error == AllocationError.Reentered) return error;
            draft.SizeBits--;
        }
    }

    private AllocationError Adopt(UntypedBlock chunk)
    {
        AllocationError error = _inner.Adopt(chunk.Slot, chunk.PhysicalAddress, chunk.SizeBits, chunk.Kind);
        if (error != AllocationError.None)
        {
            _parent.Put(chunk);
            return error;
        }

        _chunks[Chunks++] = chunk;
        Bytes += 1ul << chunk.SizeBits;
        return AllocationError.None;
    }

    private void ReleaseChunk(int index)
    {
        UntypedBlock chunk = _chunks[index];
        // A chunk that the kernel will not revoke may still have capabilities in our slots: they are never used again.
        if (_parent.Put(chunk) == AllocationError.None) _inner.Abandon(chunk.PhysicalAddress);
        else _inner.Condemn(chunk.PhysicalAddress);
        _chunks[index] = _chunks[--Chunks];
        _chunks[Chunks] = default;
        Bytes -= 1ul << chunk.SizeBits;
    }
}
