// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>A structure that memory is kept in (AL:X7): a split tree, a bump region, somebody else's memory, or several in order.</summary>
public interface IUntypedStore
{
    /// <summary>Takes one block of 2^SizeBits bytes where the request allows it, the best place by the chooser.</summary>
    AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block);

    /// <summary>Takes exactly this block (AL:I4).</summary>
    AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block);

    /// <summary>Gives a block back; everything made from it is gone (AL:I6). A block that is not out is BadSize.</summary>
    AllocationError Put(UntypedBlock block);

    /// <summary>True while the block is out.</summary>
    bool IsGranted(UntypedBlock block);

    /// <summary>log2 bytes of the largest block that could be had; −1 when there is none.</summary>
    int LargestFree(MemoryKind kind);

    /// <summary>The books.</summary>
    UntypedTotals Totals(MemoryKind kind);

    /// <summary>Shows every piece, in the order of addresses.</summary>
    void Walk(IPieceVisitor visitor);
}

/// <summary>What a piece is doing, as a walk shows it.</summary>
public enum PieceUse : byte
{
    Free,
    Granted,
    Reserved,
    Quarantined,
}

/// <summary>One whole piece.</summary>
public readonly struct PieceView(ulong address, int sizeBits, MemoryKind kind, PieceUse use, uint slot)
{
    public readonly ulong Base = address;
    public readonly int SizeBits = sizeBits;
    public readonly MemoryKind Kind = kind;
    public readonly PieceUse Use = use;

    /// <summary>Slot of its untyped capability.</summary>
    public readonly uint Slot = slot;
}

/// <summary>Sees pieces one after the other; must not allocate or free meanwhile.</summary>
public interface IPieceVisitor
{
    void Visit(in PieceView piece);
}
