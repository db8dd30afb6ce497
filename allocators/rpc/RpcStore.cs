// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.Allocators;

/// <summary>Memory of the root server, asked for by RPC, one untyped a block (AL:I7).</summary>
/// <remarks>
/// The server decides where a block lies, so a chooser is not asked. What is free there is not known here: the books count what
/// was granted. Giving a block back revokes everything made from it, here and in whatever CSpace, and empties its slot.
/// </remarks>
public sealed class RpcStore : IUntypedStore
{
    private readonly RpcClient _client;
    private readonly Grant[] _grants;
    private readonly UntypedBlock[] _blocks;
    private ulong _grantedBytes;
    private int _count;

    /// <summary>Holds up to so many blocks at one time.</summary>
    public RpcStore(RpcClient client, int capacity)
    {
        _client = client;
        _grants = new Grant[capacity];
        _blocks = new UntypedBlock[capacity];
    }

    /// <summary>What the server said to the last request that failed.</summary>
    public RpcError LastError { get; private set; }

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        block = default;
        if (request.SizeBits is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits) return AllocationError.BadSize;
        // The protocol has no words for these; asking without them would give something else than was wanted.
        bool canSay = request.AlignBits <= request.SizeBits && request.Colours == ulong.MaxValue && request.Kind == ResourceKind.Ram;
        if (!canSay) return AllocationError.NoPlace;
        if (!TryFindRoom(out int index)) return AllocationError.OutOfNodes;
        bool isDeviceOk = (request.Flags & RequestFlags.DeviceOk) != 0;
        GrantOptions options = new()
        {
            MinAddress = request.Min,
            MaxAddress = request.Max == ulong.MaxValue ? 0 : request.Max,
            Lifetime = (Lifetime)(int)request.Lifetime,
            Priority = (uint)request.Priority,
            LeaseMs = request.LeaseMs,
            IsDeviceOk = isDeviceOk,
        };
        bool isPlain = request.IsAnywhere && request.Lifetime == MemoryLifetime.Unknown && request.Priority == 0
            && request.LeaseMs == 0 && !isDeviceOk;
        // A server of version 1 knows the plain request alone.
        RpcError error = isPlain
            ? _client.AllocateUntyped(request.SizeBits, out Grant grant)
            : _client.AllocateObject(ObjectType.Untyped, request.SizeBits, out grant, null, in options);
        if (!error.IsOk) return Refused(in error);
        block = Hold(index, in grant, request.SizeBits, isDeviceOk ? MemoryKind.FarRam : MemoryKind.Ram);
        return AllocationError.None;
    }

    /// <summary>Takes exactly this block. It counts as device memory, because the server does not say what lies there.</summary>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        block = default;
        if (sizeBits is < AbiConstants.MinUntypedBits or > AbiConstants.MaxUntypedBits) return AllocationError.BadSize;
        if ((physicalAddress & ((1ul << sizeBits) - 1)) != 0) return AllocationError.Misaligned;
        if (!TryFindRoom(out int index)) return AllocationError.OutOfNodes;
        RpcError error = _client.AllocateUntyped(sizeBits, out Grant grant, new PhysicalAddress(physicalAddress));
        if (!error.IsOk) return Refused(in error);
        block = Hold(index, in grant, sizeBits, MemoryKind.Device);
        return AllocationError.None;
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block)
    {
        if (!IsGranted(block)) return AllocationError.BadSize;
        int index = (int)block.Handle - 1;
        RpcError error = _client.Free(_grants[index]);
        if (!error.IsOk)
        {
            LastError = error;
            return AllocationError.KernelRefused;
        }

        _blocks[index] = default;
        _grants[index] = default;
        _grantedBytes -= 1ul << block.SizeBits;
        _count--;
        return AllocationError.None;
    }

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block) =>
        !block.IsNone && block.Handle <= (uint)_blocks.Length && _blocks[block.Handle - 1].Slot == block.Slot
        && !_blocks[block.Handle - 1].IsNone;

    /// <summary>Not known: −1.</summary>
    public int LargestFree(MemoryKind kind) => -1;

    /// <summary>What was granted; all of it counts as RAM.</summary>
    public UntypedTotals Totals(MemoryKind kind) =>
        kind == MemoryKind.Ram ? new UntypedTotals(0, _grantedBytes, 0, 0, _count) : default;

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor)
    {
        for (int index = 0; index < _blocks.Length; index++)
        {
            UntypedBlock block = _blocks[index];
            if (!block.IsNone)
                visitor.Visit(new PieceView(block.PhysicalAddress, block.SizeBits, block.Kind, PieceUse.Granted, block.Slot));
        }
    }

    private bool TryFindRoom(out int index)
    {
        for (index = 0; index < _blocks.Length; index++)
            if (_blocks[index].IsNone) return true;
        return false;
    }

    private UntypedBlock Hold(int index, in Grant grant, int sizeBits, MemoryKind kind)
    {
        _grants[index] = grant;
        _blocks[index] = new UntypedBlock(
            (uint)index + 1, (uint)grant.Capability.Value, grant.PhysicalAddress.Value, sizeBits, kind);
        _grantedBytes += 1ul << sizeBits;
        _count++;
        return _blocks[index];
    }

    private AllocationError Refused(in RpcError error)
    {
        LastError = error;
        return error.Reason switch
        {
            Reason.OutOfMemory or Reason.QuotaExceeded => AllocationError.OutOfMemory,
            Reason.Fragmented => AllocationError.Fragmented,
            Reason.NoSuchRegion => AllocationError.NoRegion,
            Reason.AddressBusy => AllocationError.Taken,
            Reason.AddressReserved or Reason.NotPermitted => AllocationError.Reserved,
            Reason.Misaligned => AllocationError.Misaligned,
            Reason.OutOfRange => AllocationError.BadSize,
            Reason.BookkeepingExhausted => AllocationError.OutOfNodes,
            _ => AllocationError.KernelRefused,
        };
    }
}
