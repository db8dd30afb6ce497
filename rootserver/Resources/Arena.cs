// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Memory with one life time: objects are made from a few blocks and all go at once (RT:§4.1, AL §5.2).</summary>
/// <remarks>
/// Each block is one untyped, so that <see cref="Release"/> is one Revoke per block, whatever was made from it and wherever
/// copies of it went. The slots of the objects are the root server's own and are remembered as runs.
/// </remarks>
public sealed class Arena
{
    private const int MaxBlocks = 64;
    private const int MaxRuns = 1024;
    private const int LargestRun = 256;

    private readonly UntypedAllocator _memory;
    private readonly OwnCSpace _space;
    private readonly UntypedBlock[] _blocks = new UntypedBlock[MaxBlocks];
    private readonly uint[] _runStarts = new uint[MaxRuns];
    private readonly ushort[] _runLengths = new ushort[MaxRuns];
    private int _blockCount;
    private int _runCount;
    private int _chunkBits;

    /// <summary>An arena that grows by blocks of 2^<paramref name="chunkBits"/> bytes, or larger when one object needs it.</summary>
    public Arena(UntypedAllocator memory, OwnCSpace space, int chunkBits)
    {
        _memory = memory;
        _space = space;
        _chunkBits = chunkBits;
    }

    /// <summary>For tests: makes a request fail; null for none.</summary>
    public FaultInjector? Injector { get; init; }

    /// <summary>Why the last request failed; None when it was the kernel that refused.</summary>
    public AllocationError LastError { get; private set; }

    /// <summary>Bytes taken from the allocator.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>Sets the size of the next block; the caller knows how much is coming.</summary>
    public void Expect(ulong bytes)
    {
        int bits = AbiConstants.PageBits;
        while (1ul << bits < bytes && bits < 30) bits++;
        _chunkBits = bits;
    }

    /// <summary>Makes one object; its capability is in <paramref name="slot"/>.</summary>
    public bool TryCreate(ObjectType type, int sizeBits, out uint slot) => TryCreateRun(type, sizeBits, 1, out slot);

    /// <summary>Makes up to 256 objects in adjacent slots with one Retype.</summary>
    public bool TryCreateRun(ObjectType type, int sizeBits, int count, out uint firstSlot)
    {
        firstSlot = 0;
        if (Injector != null && Injector.Strikes()) return Fail(AllocationError.OutOfMemory);
        if (count < 1 || count > LargestRun || _runCount == MaxRuns || !_space.Slots.TryAllocateRun(count, out firstSlot))
        {
            LastError = AllocationError.OutOfSlots;
            return false;
        }

        if (RetypeInto(firstSlot, type, sizeBits, count))
        {
            _runStarts[_runCount] = firstSlot;
            _runLengths[_runCount++] = (ushort)count;
            return true;
        }

        FreeSlots(firstSlot, count);
        return false;
    }

    /// <summary>Gives everything back: one Revoke per block, then the slots. Copies in other CSpaces are gone as well.</summary>
    public void Release()
    {
        while (!ReleaseSome())
        {
        }
    }

    /// <summary>One slice of <see cref="Release"/>: a block, or in the end the slots. True when nothing is left.</summary>
    public bool ReleaseSome()
    {
        if (_blockCount != 0)
        {
            _memory.Free(_blocks[--_blockCount]);
            return false;
        }

        for (int index = 0; index < _runCount; index++) FreeSlots(_runStarts[index], _runLengths[index]);
        _runCount = 0;
        Bytes = 0;
        return true;
    }

    private bool RetypeInto(uint firstSlot, ObjectType type, int sizeBits, int count)
    {
        // The newest block is the only one with room: an older one was left because something did not fit.
        if (_blockCount != 0)
        {
            Sel4Error error = OwnCSpace.Retype(_blocks[_blockCount - 1].Slot, type, sizeBits, firstSlot, count);
            if (error.IsOk) return true;
            if (error.Code != ErrorCode.NotEnoughMemory) return Fail(AllocationError.KernelRefused);
        }

        if (!TryGrow(ObjectSize.Bits(type, sizeBits), count)) return false;
        Sel4Error made = OwnCSpace.Retype(_blocks[_blockCount - 1].Slot, type, sizeBits, firstSlot, count);
        return made.IsOk || Fail(AllocationError.KernelRefused);
    }

    private bool TryGrow(int objectBits, int count)
    {
        if (_blockCount == MaxBlocks) return Fail(AllocationError.OutOfNodes);
        int needed = objectBits;
        while (1ul << needed < (ulong)count << objectBits) needed++;
        int bits = needed > _chunkBits ? needed : _chunkBits;
        AllocationError error = _memory.Allocate(bits, out UntypedBlock block);
        // A smaller block than wished for will do when memory is short or in pieces.
        while (error is AllocationError.OutOfMemory or AllocationError.Fragmented && bits > needed)
            error = _memory.Allocate(--bits, out block);
        if (error != AllocationError.None) return Fail(error);
        _blocks[_blockCount++] = block;
        Bytes += 1ul << bits;
        return true;
    }

    private bool Fail(AllocationError error)
    {
        LastError = error;
        return false;
    }

    private void FreeSlots(uint first, int count)
    {
        for (uint slot = first; slot < first + (uint)count; slot++) _space.Slots.Free(slot);
    }
}
