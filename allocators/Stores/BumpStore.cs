// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Memory given out upwards from one untyped; it comes back when everything has come back (AL §5.2, AL:U1).</summary>
/// <remarks>
/// For boot and for what lives and dies together (AL:L4). Gaps that alignment leaves are lost until then, and so is the memory of
/// a block that comes back alone: the kernel cannot take it (AL:U2). One Retype a block, one Revoke for all.
/// </remarks>
public sealed class BumpStore : IUntypedStore
{
    private readonly IUntypedOperations _kernel;
    private readonly ISlotSource _slots;
    private readonly UntypedBlock _whole;
    private readonly uint[] _slotOf;
    private readonly bool[] _isOut;
    private ulong _watermark;
    private ulong _grantedBytes;
    private int _cut;
    private int _out;

    /// <summary>Uses an untyped that has no children.</summary>
    /// <param name="kernel">Retype and Revoke.</param>
    /// <param name="slots">Where the blocks' capabilities go.</param>
    /// <param name="whole">What the memory is cut from.</param>
    /// <param name="capacity">How many blocks can be cut before all have to come back.</param>
    public BumpStore(IUntypedOperations kernel, ISlotSource slots, UntypedBlock whole, int capacity)
    {
        _kernel = kernel;
        _slots = slots;
        _whole = whole;
        _slotOf = new uint[capacity];
        _isOut = new bool[capacity];
    }

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        block = default;
        if (!IsSize(request.SizeBits)) return AllocationError.BadSize;
        bool isKind = request.Kind == ResourceKind.Device ? _whole.Kind == MemoryKind.Device : _whole.Kind == MemoryKind.Ram;
        if (!isKind || !TryNext(request.SizeBits, out ulong start)) return AllocationError.OutOfMemory;
        ulong address = _whole.PhysicalAddress + start;
        ulong last = address + ((1ul << request.SizeBits) - 1);
        bool isAligned = request.AlignBits <= 63 && (address & ((1ul << request.AlignBits) - 1)) == 0;
        // Only the next place is to be had, so there is nothing to choose from.
        if (!isAligned || address < request.Min || last > request.Max) return AllocationError.NoPlace;
        return Cut(request.SizeBits, start, out block);
    }

    /// <inheritdoc/>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        block = default;
        if (!IsSize(sizeBits)) return AllocationError.BadSize;
        if ((physicalAddress & ((1ul << sizeBits) - 1)) != 0) return AllocationError.Misaligned;
        ulong offset = physicalAddress - _whole.PhysicalAddress;
        if (physicalAddress < _whole.PhysicalAddress || offset >> _whole.SizeBits != 0) return AllocationError.NoRegion;
        if (sizeBits > _whole.SizeBits) return AllocationError.Straddles;
        if (!TryNext(sizeBits, out ulong start) || offset < start) return AllocationError.Taken;
        return offset > start ? AllocationError.NoPlace : Cut(sizeBits, start, out block);
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block)
    {
        if (!IsGranted(block)) return AllocationError.BadSize;
        if (_kernel.Revoke(block.Slot) != ErrorCode.None) return AllocationError.KernelRefused;
        _isOut[block.Index - 1] = false;
        _grantedBytes -= 1ul << block.SizeBits;
        return --_out == 0 ? Reset() : AllocationError.None;
    }

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block) =>
        block.Index != 0 && block.Index <= (uint)_cut && _isOut[block.Index - 1] && _slotOf[block.Index - 1] == block.Slot;

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        if (kind != _whole.Kind) return -1;
        for (int bits = _whole.SizeBits; bits >= AbiConstants.MinUntypedBits; bits--)
            if (TryNext(bits, out _)) return bits;
        return -1;
    }

    /// <inheritdoc/>
    public UntypedTotals Totals(MemoryKind kind) => kind != _whole.Kind ? default : new UntypedTotals(
        (1ul << _whole.SizeBits) - _watermark, _grantedBytes, _watermark - _grantedBytes, 0, _out);

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor) => visitor.Visit(new PieceView(
        _whole.PhysicalAddress, _whole.SizeBits, _whole.Kind, _out == 0 ? PieceUse.Free : PieceUse.Granted, _whole.Slot));

    private static bool IsSize(int sizeBits) => sizeBits is >= AbiConstants.MinUntypedBits and <= AbiConstants.MaxUntypedBits;

    /// <summary>Where the next block of a size would begin; false when it does not fit.</summary>
    private bool TryNext(int sizeBits, out ulong start)
    {
        start = 0;
        if (sizeBits > _whole.SizeBits) return false;
        ulong size = 1ul << sizeBits;
        start = (_watermark + (size - 1)) & ~(size - 1);
        return start <= (1ul << _whole.SizeBits) - size;
    }

    private AllocationError Cut(int sizeBits, ulong start, out UntypedBlock block)
    {
        block = default;
        if (_cut == _slotOf.Length) return AllocationError.OutOfNodes;
        if (!_slots.TryAllocate(out uint slot)) return AllocationError.OutOfSlots;
        if (_kernel.Split(_whole.Slot, sizeBits, slot, 1) != ErrorCode.None)
        {
            _slots.Free(slot);
            return AllocationError.KernelRefused;
        }

        _slotOf[_cut] = slot;
        _isOut[_cut++] = true;
        _out++;
        _watermark = start + (1ul << sizeBits);
        _grantedBytes += 1ul << sizeBits;
        block = new UntypedBlock((uint)_cut, slot, _whole.PhysicalAddress + start, sizeBits, _whole.Kind);
        return AllocationError.None;
    }

    /// <summary>Everything is back: one Revoke makes the untyped whole again, the blocks' capabilities vanish.</summary>
    private AllocationError Reset()
    {
        if (_kernel.Revoke(_whole.Slot) != ErrorCode.None) return AllocationError.KernelRefused;
        for (int index = 0; index < _cut; index++) _slots.Free(_slotOf[index]);
        _cut = 0;
        _watermark = 0;
        return AllocationError.None;
    }
}
