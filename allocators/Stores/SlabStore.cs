// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Small blocks from slabs: one Retype makes a whole slab of one size, then taking one costs no call (AL §5.2).</summary>
/// <remarks>
/// A slab is 16 KiB, or what 256 pieces need (one Retype makes no more, AL:U4). A piece that comes back is revoked by itself.
/// An empty slab is kept for each size, further ones go back to the store below. What is larger than
/// <see cref="MaxPieceBits"/>, has a window, or does not find adjacent slots, goes to the store below directly.
/// </remarks>
public sealed class SlabStore : IUntypedStore
{
    /// <summary>log2 bytes of the largest piece that comes from a slab.</summary>
    public const int MaxPieceBits = 11;

    private const int SlabBits = 14;
    private const int PieceCountBits = 8;
    private const uint SlabMark = 0x8000_0000;
    private const int Classes = MaxPieceBits + 1;
    private const int None = -1;

    private readonly IUntypedStore _below;
    private readonly IUntypedOperations _kernel;
    private readonly ISlotSource _slots;
    private readonly Slab[] _slabs;
    private readonly int[] _partial = new int[Classes];
    private readonly int[] _empties = new int[Classes];
    private int _unused;
    private ulong _freeBytes;
    private int _grantedPieces;

    private struct Slab
    {
        public UntypedBlock Block;
        public uint FirstSlot;
        public int PieceBits;
        public int Pieces;
        public int Free;

        /// <summary>Neighbours in the list of slabs of the size that have free pieces, or of unused records.</summary>
        public int Next;
        public int Previous;

        /// <summary>A set bit is a free piece.</summary>
        public ulong Free0, Free1, Free2, Free3;
    }

    /// <summary>Puts slabs in front of a store.</summary>
    /// <param name="below">Where slabs come from.</param>
    /// <param name="kernel">Retype and Revoke.</param>
    /// <param name="slots">Where the pieces' capabilities go.</param>
    /// <param name="capacity">How many slabs there can be; beyond, small blocks come from the store below.</param>
    public SlabStore(IUntypedStore below, IUntypedOperations kernel, ISlotSource slots, int capacity)
    {
        _below = below;
        _kernel = kernel;
        _slots = slots;
        _slabs = new Slab[capacity];
        for (int index = 0; index < Classes; index++) _partial[index] = None;
        _unused = None;
        for (int index = capacity - 1; index >= 0; index--)
        {
            _slabs[index].Next = _unused;
            _unused = index;
        }
    }

    /// <summary>How many slabs there are.</summary>
    public int Slabs { get; private set; }

    /// <summary>Bytes of pieces that are stocked: the internal waste of slabs (AL §9.1).</summary>
    public ulong StockedBytes => _freeBytes;

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        bool isPlain = request.IsAnywhere && request.AlignBits <= request.SizeBits && request.Colours == ulong.MaxValue
            && request.Kind == ResourceKind.Ram && chooser is not { RanksPieces: true };
        if (!isPlain || request.SizeBits is < AbiConstants.MinUntypedBits or > MaxPieceBits)
            return _below.Take(in request, chooser, out block);
        int slab = _partial[request.SizeBits];
        if (slab == None) slab = Make(in request);
        if (slab == None) return _below.Take(in request, chooser, out block);
        block = TakePiece(slab);
        return AllocationError.None;
    }

    /// <inheritdoc/>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block) =>
        _below.TakeAt(physicalAddress, sizeBits, out block);

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block)
    {
        if ((block.Index & SlabMark) == 0) return _below.Put(block);
        if (!IsGranted(block)) return AllocationError.BadSize;
        // What the kernel will not revoke stays out for good (AL:F2).
        if (_kernel.Revoke(block.Slot) != ErrorCode.None) return AllocationError.KernelRefused;
        int index = SlabOf(block);
        ref Slab slab = ref _slabs[index];
        Word(ref slab, PieceOf(block) >> 6) |= 1ul << (PieceOf(block) & 63);
        _freeBytes += 1ul << slab.PieceBits;
        _grantedPieces--;
        if (slab.Free++ == 0) Link(index);
        if (slab.Free == slab.Pieces && ++_empties[slab.PieceBits] > 1) Remove(index);
        return AllocationError.None;
    }

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block)
    {
        if ((block.Index & SlabMark) == 0) return _below.IsGranted(block);
        int index = SlabOf(block);
        int piece = PieceOf(block);
        if (index >= _slabs.Length || _slabs[index].Pieces <= piece) return false;
        return _slabs[index].FirstSlot + (uint)piece == block.Slot && (Word(ref _slabs[index], piece >> 6) >> (piece & 63) & 1) == 0;
    }

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        int largest = _below.LargestFree(kind);
        for (int bits = MaxPieceBits; kind == MemoryKind.Ram && bits > largest; bits--)
            if (_partial[bits] != None) return bits;
        return largest;
    }

    /// <summary>The books of the store below, with stocked pieces as free.</summary>
    public UntypedTotals Totals(MemoryKind kind)
    {
        UntypedTotals below = _below.Totals(kind);
        return kind != MemoryKind.Ram ? below : new UntypedTotals(
            below.FreeBytes + _freeBytes, below.GrantedBytes - _freeBytes, below.ReservedBytes, below.QuarantinedBytes,
            below.GrantedBlocks - Slabs + _grantedPieces);
    }

    /// <summary>The pieces of the store below; a slab is one of them.</summary>
    public void Walk(IPieceVisitor visitor) => _below.Walk(visitor);

    /// <summary>Gives all empty slabs back, for want of memory or slots; how many.</summary>
    public int Trim()
    {
        int before = Slabs;
        for (int index = 0; index < _slabs.Length; index++)
            if (_slabs[index].Pieces != 0 && _slabs[index].Free == _slabs[index].Pieces) Remove(index);
        return before - Slabs;
    }

    private static int SlabOf(UntypedBlock block) => (int)((block.Index & ~SlabMark) >> PieceCountBits);

    private static int PieceOf(UntypedBlock block) => (int)(block.Index & ((1 << PieceCountBits) - 1));

    private static ref ulong Word(ref Slab slab, int word)
    {
        switch (word)
        {
            case 0: return ref slab.Free0;
            case 1: return ref slab.Free1;
            case 2: return ref slab.Free2;
            default: return ref slab.Free3;
        }
    }

    private UntypedBlock TakePiece(int index)
    {
        ref Slab slab = ref _slabs[index];
        int word = 0;
        while (Word(ref slab, word) == 0) word++;
        int piece = (word << 6) + BitOperations.TrailingZeroCount(Word(ref slab, word));
        Word(ref slab, word) &= ~(1ul << (piece & 63));
        if (slab.Free == slab.Pieces) _empties[slab.PieceBits]--;
        if (--slab.Free == 0) Unlink(index);
        _freeBytes -= 1ul << slab.PieceBits;
        _grantedPieces++;
        ulong address = slab.Block.PhysicalAddress + ((ulong)piece << slab.PieceBits);
        uint handle = SlabMark | ((uint)index << PieceCountBits) | (uint)piece;
        return new UntypedBlock(handle, slab.FirstSlot + (uint)piece, address, slab.PieceBits, MemoryKind.Ram);
    }

    /// <summary>Makes a slab for the request's size; None, with nothing changed, when that cannot be done.</summary>
    private int Make(in Request request)
    {
        int bits = request.SizeBits;
        int slabBits = bits + PieceCountBits < SlabBits ? bits + PieceCountBits : SlabBits;
        int pieces = 1 << (slabBits - bits);
        if (_unused == None || !_slots.TryAllocateRun(pieces, out uint firstSlot)) return None;
        RequestDraft draft = request.ToDraft();
        draft.SizeBits = slabBits;
        if (_below.Take(new Request(draft), null, out UntypedBlock block) != AllocationError.None)
        {
            FreeSlots(firstSlot, pieces);
            return None;
        }

        if (_kernel.Split(block.Slot, bits, firstSlot, pieces) != ErrorCode.None)
        {
            _below.Put(block);
            FreeSlots(firstSlot, pieces);
            return None;
        }

        int index = _unused;
        ref Slab slab = ref _slabs[index];
        _unused = slab.Next;
        slab.Block = block;
        slab.FirstSlot = firstSlot;
        slab.PieceBits = bits;
        slab.Pieces = pieces;
        slab.Free = pieces;
        for (int word = 0; word < 4; word++) Word(ref slab, word) = 0;
        for (int piece = 0; piece < pieces; piece++) Word(ref slab, piece >> 6) |= 1ul << (piece & 63);
        Link(index);
        Slabs++;
        _empties[bits]++;
        _freeBytes += 1ul << slabBits;
        return index;
    }

    private void Remove(int index)
    {
        ref Slab slab = ref _slabs[index];
        Unlink(index);
        _empties[slab.PieceBits]--;
        Slabs--;
        _freeBytes -= 1ul << slab.Block.SizeBits;
        // One Revoke takes all pieces; only then are their slots empty. A refused one keeps them: they may be occupied.
        if (_below.Put(slab.Block) == AllocationError.None) FreeSlots(slab.FirstSlot, slab.Pieces);
        slab.Pieces = 0;
        slab.Next = _unused;
        _unused = index;
    }

    private void Link(int index)
    {
        ref Slab slab = ref _slabs[index];
        slab.Previous = None;
        slab.Next = _partial[slab.PieceBits];
        if (slab.Next != None) _slabs[slab.Next].Previous = index;
        _partial[slab.PieceBits] = index;
    }

    private void Unlink(int index)
    {
        ref Slab slab = ref _slabs[index];
        if (slab.Previous != None) _slabs[slab.Previous].Next = slab.Next;
        else _partial[slab.PieceBits] = slab.Next;
        if (slab.Next != None) _slabs[slab.Next].Previous = slab.Previous;
    }

    private void FreeSlots(uint first, int count)
    {
        for (uint slot = first; slot < first + (uint)count; slot++) _slots.Free(slot);
    }
}
