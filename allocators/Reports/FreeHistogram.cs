// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Free memory of one kind by size of block, at one moment: how many blocks of 2^n bytes could be had as wholes.</summary>
/// <remarks>A completely free piece counts as one block, whether it is merged already or would be on request (AL:U11a).</remarks>
public sealed class FreeHistogram : IPieceVisitor
{
    private readonly MemoryKind _kind;
    private readonly long[] _counts = new long[64];

    /// <summary>Counts.</summary>
    public FreeHistogram(IUntypedStore store, MemoryKind kind)
    {
        _kind = kind;
        store.Walk(this);
    }

    /// <summary>How many free blocks of exactly this order there are.</summary>
    public long this[int order] => _counts[order];

    /// <summary>All free bytes.</summary>
    public ulong FreeBytes => UsableBytes(0);

    /// <summary>Free bytes that could be had in blocks of 2^<paramref name="order"/> bytes.</summary>
    public ulong UsableBytes(int order)
    {
        ulong bytes = 0;
        for (int index = order; index < _counts.Length; index++) bytes += (ulong)_counts[index] << index;
        return bytes;
    }

    /// <summary>Share of the free bytes that could be had in such blocks, in thousandths; 1000 when nothing is free.</summary>
    public int UsablePerMille(int order)
    {
        ulong free = FreeBytes;
        return free == 0 ? 1000 : (int)(UsableBytes(order) / (free / 1000 + 1));
    }

    /// <inheritdoc/>
    public void Visit(in PieceView piece)
    {
        if (piece.Kind == _kind && piece.Use == PieceUse.Free) _counts[piece.SizeBits]++;
    }
}
