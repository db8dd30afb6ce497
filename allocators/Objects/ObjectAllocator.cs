// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Numerics;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Counts of what happened (AL §10).</summary>
public struct ObjectStatistics
{
    public ulong Made;
    public ulong Freed;
    public ulong Failed;

    /// <summary>Those of <see cref="Failed"/> that were expected.</summary>
    public ulong FailedQuietly;
    public int PeakObjects;

    /// <summary>Bytes in use now that nobody asked for: rounding to powers of two.</summary>
    public ulong WasteBytes;
    public ulong PeakWasteBytes;
}

/// <summary>Slot, memory and object in one transaction, written down with owner and label (AL:A2, AL:I3).</summary>
/// <remarks>
/// There is no current allocator: whoever needs objects is given one of these, or an interface of its own (AL:I7). For one
/// thread (AL:I8). Freeing needs nothing and revokes the object's block: every copy is gone (AL:F1).
/// </remarks>
public sealed class ObjectAllocator
{
    /// <summary>Most objects that one Retype makes (AL:U4).</summary>
    public const int MaxRun = AbiConstants.RetypeFanOutLimit;

    private readonly IUntypedStore _memory;
    private readonly ISlotSource _slots;
    private readonly IObjectOperations _kernel;
    private readonly AllocatorStock? _stock;
    private readonly IAllocationLog? _log;
    private readonly OwnerUse[] _top = new OwnerUse[3];
    private ObjectStatistics _statistics;

    /// <summary>Makes an allocator.</summary>
    /// <param name="memory">Where blocks come from.</param>
    /// <param name="slots">Where the objects' capabilities go.</param>
    /// <param name="kernel">Retype and Revoke.</param>
    /// <param name="table">Where allocations are written down.</param>
    /// <param name="stock">What keeps slots and nodes ahead of need; null where nothing grows.</param>
    /// <param name="log">Where failures are reported.</param>
    public ObjectAllocator(
        IUntypedStore memory, ISlotSource slots, IObjectOperations kernel, ObjectTable table, AllocatorStock? stock = null,
        IAllocationLog? log = null)
    {
        _memory = memory;
        _slots = slots;
        _kernel = kernel;
        Table = table;
        _stock = stock;
        _log = log;
    }

    /// <summary>What is live.</summary>
    public ObjectTable Table { get; }

    public ObjectStatistics Statistics => _statistics;

    /// <summary>The last failure, whether it was reported or not.</summary>
    public AllocationFailure LastFailure { get; private set; }

    /// <summary>Makes one object anywhere.</summary>
    /// <param name="owner">For whom.</param>
    /// <param name="type">What.</param>
    /// <param name="sizeBits">As Retype takes it (AL:Z2).</param>
    /// <param name="label">What for.</param>
    /// <param name="record">What was made, when the result is None.</param>
    public AllocationError Create(ulong owner, ObjectType type, int sizeBits, string label, out ObjectRecord record) =>
        Create(RequestDraft.Any(owner, ResourceKind.Ram, type, 0), sizeBits, label, null, out record);

    /// <summary>Makes up to 256 objects in adjacent slots, under constraints.</summary>
    /// <param name="draft">Who, what, how many, and where; its SizeBits is set here.</param>
    /// <param name="sizeBits">As Retype takes it (AL:Z2).</param>
    /// <param name="label">What for.</param>
    /// <param name="chooser">Ranks places; null when all are alike.</param>
    /// <param name="record">What was made, when the result is None; on failure nothing has changed (AL:I3).</param>
    public AllocationError Create(RequestDraft draft, int sizeBits, string label, IPieceChooser? chooser, out ObjectRecord record)
    {
        record = default;
        AllocationError error = ObjectSizes.TryGetBits(draft.Type, sizeBits, out int objectBits);
        draft.SizeBits = objectBits;
        if (error != AllocationError.None) return Fail(in draft, AllocationStage.Size, error);
        if (draft.Count is < 1 or > MaxRun) return Fail(in draft, AllocationStage.Size, AllocationError.BadSize);
        if (!Table.HasRoomFor(draft.Owner)) return Fail(in draft, AllocationStage.Record, AllocationError.OutOfNodes);
        _stock?.Fill(draft.Count - 1);
        if (!_slots.TryAllocateRun(draft.Count, out uint slot)) return Fail(in draft, AllocationStage.Slot, AllocationError.OutOfSlots);
        RequestDraft forBlock = draft;
        forBlock.SizeBits = objectBits + Log2Up(draft.Count);
        forBlock.Count = 1;
        Request request = new(forBlock);
        error = _memory.Take(in request, chooser, out UntypedBlock block);
        if (error == AllocationError.None) return Make(in draft, sizeBits, label, slot, block, out record);
        FreeSlots(slot, draft.Count);
        return Fail(in draft, AllocationStage.Memory, error);
    }

    /// <summary>Takes an allocation back: revoke the block, then the slots and the books (AL:F1). False for none (AL:I6).</summary>
    public bool Free(ulong cookie)
    {
        if (!Table.TryGet(cookie, out ObjectRecord record)) return false;
        // When the kernel will not revoke, the block is set aside and the slots may be occupied: neither is used again (AL:F2).
        if (_memory.Put(record.Block) == AllocationError.None) FreeSlots(record.FirstSlot, record.Count);
        Table.Remove(cookie);
        _statistics.Freed++;
        _statistics.WasteBytes -= record.Bytes - record.RequestedBytes;
        _stock?.Trim();
        return true;
    }

    /// <summary>Takes back up to so many allocations of an owner (AL:F3); true when none is left.</summary>
    public bool FreeOwner(ulong owner, int atMost = int.MaxValue)
    {
        for (int freed = 0; freed < atMost; freed++)
        {
            ulong cookie = Table.FirstOf(owner);
            if (cookie == 0) return true;
            Free(cookie);
        }

        return Table.FirstOf(owner) == 0;
    }

    private AllocationError Make(
        in RequestDraft draft, int sizeBits, string label, uint slot, UntypedBlock block, out ObjectRecord record)
    {
        record = default;
        bool isFit = block.Kind == MemoryKind.Ram || ObjectSizes.CanBeDevice(draft.Type);
        ErrorCode made = isFit ? _kernel.Make(block.Slot, draft.Type, sizeBits, slot, draft.Count) : ErrorCode.InvalidArgument;
        if (made != ErrorCode.None)
        {
            _memory.Put(block);
            FreeSlots(slot, draft.Count);
            return Fail(in draft, AllocationStage.Retype, isFit ? AllocationError.KernelRefused : AllocationError.WrongKind, made);
        }

        ulong cookie = Table.Add(new ObjectRecord
        {
            Owner = draft.Owner,
            Label = label,
            Block = block,
            FirstSlot = slot,
            Count = draft.Count,
            Type = draft.Type,
            SizeBits = draft.SizeBits,
        });
        Table.TryGet(cookie, out record);
        _statistics.Made++;
        _statistics.PeakObjects = Math.Max(_statistics.PeakObjects, Table.Count);
        _statistics.WasteBytes += record.Bytes - record.RequestedBytes;
        _statistics.PeakWasteBytes = Math.Max(_statistics.PeakWasteBytes, _statistics.WasteBytes);
        return AllocationError.None;
    }

    private AllocationError Fail(
        in RequestDraft draft, AllocationStage stage, AllocationError error, ErrorCode kernelError = ErrorCode.None)
    {
        _statistics.Failed++;
        int top = Table.TopOwners(_top);
        AllocationFailure failure = new()
        {
            Owner = draft.Owner,
            Type = draft.Type,
            SizeBits = draft.SizeBits,
            Count = draft.Count,
            Min = draft.Min,
            Max = draft.Max,
            AlignBits = draft.AlignBits,
            Stage = stage,
            Error = error,
            KernelError = kernelError,
            FreeRamBytes = _memory.Totals(MemoryKind.Ram).FreeBytes,
            FreeDeviceBytes = _memory.Totals(MemoryKind.Device).FreeBytes,
            LargestRamBits = _memory.LargestFree(MemoryKind.Ram),
            First = top > 0 ? _top[0] : default,
            Second = top > 1 ? _top[1] : default,
            Third = top > 2 ? _top[2] : default,
        };
        LastFailure = failure;
        if ((draft.Flags & RequestFlags.Quiet) != 0) _statistics.FailedQuietly++;
        else _log?.Failed(in failure);
        return error;
    }

    private void FreeSlots(uint first, int count)
    {
        for (uint slot = first; slot < first + (uint)count; slot++) _slots.Free(slot);
    }

    private static int Log2Up(int count) => count <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)count - 1);
}
