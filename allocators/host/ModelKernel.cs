// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators.Bench;

/// <summary>The kernel's rules for untyped memory, small and slow: slots, children, watermark, clearing (AL:U1, AL:U2, AL:U7).</summary>
/// <remarks>What the allocators do wrong shows as an exception or a refusal here; what they cost shows in the counters.</remarks>
public sealed class ModelKernel : IObjectOperations
{
    private const uint LeafMark = 0x8000_0000;

    private sealed class Piece(ulong address, int sizeBits, Piece? parent, bool isDevice)
    {
        public readonly ulong Address = address;
        public readonly int SizeBits = sizeBits;
        public readonly Piece? Parent = parent;
        public readonly bool IsDevice = isDevice;
        public readonly List<(uint Slot, Piece Child)> Children = [];
        public ulong Watermark;

        /// <summary>Null for untyped memory.</summary>
        public ObjectType? Object;

        /// <summary>An object that nobody here has a capability to fills it.</summary>
        public bool IsFilled;
    }

    private readonly Dictionary<uint, Piece> _slots = [];
    private readonly Dictionary<uint, Piece> _leaves = [];

    public int Retypes { get; private set; }

    public int Revokes { get; private set; }

    /// <summary>Capabilities that Revokes deleted.</summary>
    public long Deletes { get; private set; }

    public ulong ClearedBytes { get; private set; }

    /// <summary>Refuses one call: the n-th from now; −1 for never. At 0 it stays so, and all calls are refused.</summary>
    public int FailIn { get; set; } = -1;

    /// <summary>After the refusal of <see cref="FailIn"/> calls work again.</summary>
    public bool FailsOnce { get; set; }

    public int OccupiedSlots => _slots.Count;

    public int OccupiedLeaves => _leaves.Count;

    public long Calls => Retypes + Revokes;

    /// <summary>Adds a boot untyped: marked as fully used without children, as the kernel does.</summary>
    public void AddBootUntyped(uint slot, ulong address, int sizeBits, bool isDevice = false) =>
        _slots.Add(slot, new Piece(address, sizeBits, null, isDevice) { Watermark = 1ul << sizeBits });

    /// <summary>Makes an object that fills the untyped; what the owner of a block does. Its capability is in nobody's slots here.</summary>
    public void UseWhole(uint slot)
    {
        Piece piece = _slots[slot];
        bool isUsed = piece.Object != null || piece.IsFilled || piece.Children.Count != 0;
        if (isUsed) throw new InvalidOperationException($"slot {slot} is already used");
        ResetIfPossible(piece);
        piece.IsFilled = true;
        piece.Watermark = 1ul << piece.SizeBits;
    }

    public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count) =>
        Make(untypedSlot, ObjectType.Untyped, sizeBits, firstSlot, count);

    public ErrorCode Make(uint untypedSlot, ObjectType type, int sizeBits, uint firstSlot, int count)
    {
        if (IsRefused()) return ErrorCode.NotEnoughMemory;
        Retypes++;
        Piece piece = _slots[untypedSlot];
        if (piece.Object != null || piece.IsFilled || count is < 1 or > AbiConstants.RetypeFanOutLimit) return ErrorCode.RangeError;
        if (piece.IsDevice && !ObjectSizes.CanBeDevice(type)) return ErrorCode.InvalidArgument;
        for (uint slot = firstSlot; slot < firstSlot + count; slot++)
            if (_slots.ContainsKey(slot)) return ErrorCode.DeleteFirst;
        int bits = ObjectSize.Bits(type, sizeBits);
        if (!TryCut(piece, bits, count, out ulong start)) return ErrorCode.NotEnoughMemory;
        for (int index = 0; index < count; index++)
        {
            Piece child = new(piece.Address + start + ((1ul << bits) * (ulong)index), bits, piece, piece.IsDevice);
            if (type != ObjectType.Untyped) child.Object = type;
            piece.Children.Add((firstSlot + (uint)index, child));
            _slots.Add(firstSlot + (uint)index, child);
        }

        return ErrorCode.None;
    }

    public ErrorCode MakeLeaf(uint untypedSlot, int sizeBits, uint leaf)
    {
        if (IsRefused()) return ErrorCode.NotEnoughMemory;
        Retypes++;
        if (_leaves.ContainsKey(leaf)) return ErrorCode.DeleteFirst;
        Piece piece = _slots[untypedSlot];
        if (!TryCut(piece, sizeBits + 5, 1, out ulong start)) return ErrorCode.NotEnoughMemory;
        Piece child = new(piece.Address + start, sizeBits + 5, piece, false) { Object = ObjectType.CNode };
        piece.Children.Add((LeafMark | leaf, child));
        _leaves.Add(leaf, child);
        return ErrorCode.None;
    }

    public ErrorCode Revoke(uint slot)
    {
        if (IsRefused()) return ErrorCode.IllegalOperation;
        Revokes++;
        RemoveBelow(_slots[slot]);
        return ErrorCode.None;
    }

    /// <summary>Copies a capability, into another CSpace for all that it matters: the copy is below the original.</summary>
    public ErrorCode Copy(uint from, uint to)
    {
        if (IsRefused()) return ErrorCode.NotEnoughMemory;
        if (!_slots.TryGetValue(from, out Piece? piece)) return ErrorCode.FailedLookup;
        Piece copy = new(piece.Address, piece.SizeBits, piece, piece.IsDevice) { Object = piece.Object };
        if (!_slots.TryAdd(to, copy)) return ErrorCode.DeleteFirst;
        piece.Children.Add((to, copy));
        return ErrorCode.None;
    }

    /// <summary>Deletes one capability; what was copied from it stays, below what it was made from.</summary>
    public ErrorCode Delete(uint slot)
    {
        if (!_slots.Remove(slot, out Piece? piece)) return ErrorCode.None;
        piece.Parent!.Children.Remove((slot, piece));
        piece.Parent.Children.AddRange(piece.Children);
        return ErrorCode.None;
    }

    /// <summary>Whether anything is in a slot.</summary>
    public bool IsOccupied(uint slot) => _slots.ContainsKey(slot);

    /// <summary>Address and size of what is in a slot.</summary>
    public (ulong Address, int SizeBits) At(uint slot) => (_slots[slot].Address, _slots[slot].SizeBits);

    /// <summary>The type of the object in a slot; null for untyped memory.</summary>
    public ObjectType? TypeAt(uint slot) => _slots[slot].Object;

    private bool IsRefused()
    {
        if (FailIn < 0) return false;
        if (FailIn-- != 0) return false;
        FailIn = FailsOnce ? -1 : 0;
        return true;
    }

    private bool TryCut(Piece piece, int bits, int count, out ulong start)
    {
        ResetIfPossible(piece);
        ulong size = 1ul << bits;
        start = (piece.Watermark + size - 1) & ~(size - 1);
        if (start + (size * (ulong)count) > 1ul << piece.SizeBits) return false;
        piece.Watermark = start + (size * (ulong)count);
        return true;
    }

    private void RemoveBelow(Piece piece)
    {
        foreach ((uint slot, Piece child) in piece.Children)
        {
            RemoveBelow(child);
            Deletes++;
            if ((slot & LeafMark) != 0) _leaves.Remove(slot & ~LeafMark);
            else _slots.Remove(slot);
        }

        piece.Children.Clear();
        piece.IsFilled = false;
    }

    private void ResetIfPossible(Piece piece)
    {
        if (piece.IsFilled || piece.Children.Count != 0 || piece.Watermark == 0) return;
        if (!piece.IsDevice) ClearedBytes += piece.Watermark;
        piece.Watermark = 0;
    }
}
