// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.Tests.Allocators;

/// <summary>The kernel's rules for untyped memory, small and slow: slots, children, watermark, clearing (AL:U1, AL:U2, AL:U7).</summary>
internal sealed class ModelUntypedKernel : IUntypedOperations
{
    private sealed class Piece(ulong address, int sizeBits, Piece? parent, bool isDevice)
    {
        public readonly ulong Address = address;
        public readonly int SizeBits = sizeBits;
        public readonly Piece? Parent = parent;
        public readonly bool IsDevice = isDevice;
        public readonly List<(uint Slot, Piece Child)> Children = [];
        public ulong Watermark;
        public bool HasObject;
    }

    private readonly Dictionary<uint, Piece> _slots = [];

    public int Retypes { get; private set; }

    public int Revokes { get; private set; }

    public ulong ClearedBytes { get; private set; }

    /// <summary>Refuses the n-th call from now on; −1 for never.</summary>
    public int FailIn { get; set; } = -1;

    public int OccupiedSlots => _slots.Count;

    /// <summary>Adds a boot untyped: marked as fully used without children, as the kernel does.</summary>
    public void AddBootUntyped(uint slot, ulong address, int sizeBits, bool isDevice = false) =>
        _slots.Add(slot, new Piece(address, sizeBits, null, isDevice) { Watermark = 1ul << sizeBits });

    /// <summary>Makes an object that fills the untyped; what the owner of a block does.</summary>
    public void UseWhole(uint slot)
    {
        Piece piece = _slots[slot];
        Assert.False(piece.HasObject || piece.Children.Count != 0, $"slot {slot} is already used");
        ResetIfPossible(piece);
        piece.HasObject = true;
        piece.Watermark = 1ul << piece.SizeBits;
    }

    public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count)
    {
        if (FailIn == 0) return ErrorCode.NotEnoughMemory;
        if (FailIn > 0) FailIn--;
        Retypes++;
        Piece piece = _slots[untypedSlot];
        for (uint slot = firstSlot; slot < firstSlot + count; slot++)
            if (_slots.ContainsKey(slot)) return ErrorCode.DeleteFirst;
        ResetIfPossible(piece);
        ulong size = 1ul << sizeBits;
        ulong start = (piece.Watermark + size - 1) & ~(size - 1);
        if (start + (size * (ulong)count) > 1ul << piece.SizeBits) return ErrorCode.NotEnoughMemory;
        for (int index = 0; index < count; index++)
        {
            Piece child = new(piece.Address + start + (size * (ulong)index), sizeBits, piece, piece.IsDevice);
            piece.Children.Add((firstSlot + (uint)index, child));
            _slots.Add(firstSlot + (uint)index, child);
        }

        piece.Watermark = start + (size * (ulong)count);
        return ErrorCode.None;
    }

    public ErrorCode Revoke(uint slot)
    {
        if (FailIn == 0) return ErrorCode.IllegalOperation;
        if (FailIn > 0) FailIn--;
        Revokes++;
        RemoveBelow(_slots[slot]);
        return ErrorCode.None;
    }

    public (ulong Address, int SizeBits) At(uint slot) => (_slots[slot].Address, _slots[slot].SizeBits);

    private void RemoveBelow(Piece piece)
    {
        foreach ((uint slot, Piece child) in piece.Children)
        {
            RemoveBelow(child);
            _slots.Remove(slot);
        }

        piece.Children.Clear();
        piece.HasObject = false;
    }

    private void ResetIfPossible(Piece piece)
    {
        if (piece.HasObject || piece.Children.Count != 0 || piece.Watermark == 0) return;
        if (!piece.IsDevice) ClearedBytes += piece.Watermark;
        piece.Watermark = 0;
    }
}
