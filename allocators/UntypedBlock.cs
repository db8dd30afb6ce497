// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>A block of untyped memory that was handed out: an untyped capability of exactly its size.</summary>
public readonly struct UntypedBlock(uint index, uint slot, ulong physicalAddress, int sizeBits, MemoryKind kind)
{
    internal readonly uint Index = index;

    /// <summary>What the store that handed it out calls it; 0 for no block. Means nothing to others.</summary>
    public uint Handle => Index;

    /// <summary>Slot of the block's own untyped capability in the allocator's CNode. It is never given away (RPC:R10).</summary>
    public readonly uint Slot = slot;

    public readonly ulong PhysicalAddress = physicalAddress;

    /// <summary>log2 bytes.</summary>
    public readonly int SizeBits = sizeBits;
    public readonly MemoryKind Kind = kind;

    /// <summary>True for the default value, which stands for no block.</summary>
    public bool IsNone => Index == 0;
}
