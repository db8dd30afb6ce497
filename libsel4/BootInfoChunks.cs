// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>An extra chunk of BootInfo. Chunks are not aligned: read its words through the span.</summary>
public readonly ref struct BootInfoChunkView(ReadOnlySpan<byte> bytes)
{
    /// <summary>The chunk with its header; what each kind holds is in BOOT-7.</summary>
    public readonly ReadOnlySpan<byte> Bytes = bytes;

    /// <summary>What it holds; kinds that are not known are to be skipped.</summary>
    public BootInfoChunk Kind => (BootInfoChunk)MemoryMarshal.Read<ulong>(Bytes);
}

/// <summary>A walk over the extra chunks, by their length words.</summary>
public ref struct BootInfoChunks(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private int _length;

    /// <summary>The chunk reached.</summary>
    public readonly BootInfoChunkView Current => new(_rest.Slice(0, _length));

    /// <summary>Whether the walk ended at a chunk that does not fit into what is left.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>For <c>foreach</c>.</summary>
    public readonly BootInfoChunks GetEnumerator() => this;

    /// <summary>Goes to the next chunk.</summary>
    public bool MoveNext()
    {
        _rest = _rest.Slice(_length);
        _length = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        if (_rest.Length >= BootInfoLayout.ChunkHeaderSize)
        {
            ulong length = MemoryMarshal.Read<ulong>(_rest.Slice(BootInfoLayout.ChunkLength));
            if (length >= BootInfoLayout.ChunkHeaderSize && length <= (ulong)_rest.Length)
            {
                _length = (int)length;
                return true;
            }
        }

        IsBroken = true;
        return false;
    }
}
