// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Memory grants: a block of exactly the object's size, and the object made from it (RPC:R10).</summary>
/// <remarks>
/// The block's own untyped capability stays here, so that one Revoke takes the object back from everybody. An untyped grant is
/// made the same way: one child untyped that fills the block. Only the object's capability is ever sent.
/// Words of the record: 0 the slot of the object's capability, 1 the index of the block in <see cref="_blocks"/>.
/// </remarks>
internal sealed class MemoryGrants
{
    // Field numbers of MemoryAllocMessage in rpc.proto, to name the one at fault.
    private const uint AddressField = 1;
    private const uint SizeBitsField = 2;
    private const uint TypeField = 3;

    private readonly OwnCSpace _space;
    private readonly UntypedAllocator _memory;
    private readonly UntypedBlock[] _blocks;
    private readonly int[] _free;
    private int _freeCount;

    /// <summary>Serves up to <paramref name="capacity"/> grants at one time.</summary>
    public MemoryGrants(OwnCSpace space, UntypedAllocator memory, int capacity)
    {
        _space = space;
        _memory = memory;
        _blocks = new UntypedBlock[capacity];
        _free = new int[capacity];
        for (int index = 0; index < capacity; index++) _free[index] = index;
        _freeCount = capacity;
    }

    /// <summary>Reserve bookkeeping, take the block, make the object; any failure undoes what came before it (RPC:R9).</summary>
    public Refusal Allocate(in MemoryRequest request, ref GrantRecord grant)
    {
        if (_freeCount == 0 || !_space.Slots.TryAllocate(out uint slot)) return Refusal.Because(Reason.BookkeepingExhausted);
        // A page is the smallest piece of device memory, and untyped memory has no piece below 16 bytes.
        int blockBits = request.ObjectBits < AbiConstants.MinUntypedBits ? AbiConstants.MinUntypedBits : request.ObjectBits;
        AllocationError error = request.HasAddress
            ? _memory.AllocateAt(request.Address, blockBits, out UntypedBlock block)
            : _memory.Allocate(blockBits, out block);
        if (error != AllocationError.None)
        {
            _space.Slots.Free(slot);
            return ToRefusal(error, blockBits);
        }

        Refusal refusal = MakeObject(in request, in block, slot);
        if (!refusal.IsNone)
        {
            _memory.Free(block);
            _space.Slots.Free(slot);
            return refusal;
        }

        int index = _free[--_freeCount];
        _blocks[index] = block;
        grant.Capability = new CapabilityPointer(slot);
        grant.Start = block.PhysicalAddress;
        grant.IsDevice = block.Kind == MemoryKind.Device;
        grant.ProviderWord0 = slot;
        grant.ProviderWord1 = (ulong)index;
        return Refusal.None;
    }

    /// <summary>Revokes the block: the object, the server's capability and all copies are gone; then the books (RPC:R8).</summary>
    public void Release(ref GrantRecord grant)
    {
        int index = (int)grant.ProviderWord1;
        _memory.Free(_blocks[index]);
        _space.Slots.Free((uint)grant.ProviderWord0);
        _blocks[index] = default;
        _free[_freeCount++] = index;
    }

    private static Refusal MakeObject(in MemoryRequest request, in UntypedBlock block, uint slot)
    {
        bool isForDevices = request.Type is ObjectType.Untyped or ObjectType.SmallPage or ObjectType.LargePage or ObjectType.HugePage;
        if (block.Kind == MemoryKind.Device && !isForDevices) return Refusal.Because(Reason.Malformed, TypeField);
        Sel4Error error = OwnCSpace.Retype(block.Slot, request.Type, request.SizeBits, slot, 1);
        return error.IsOk ? Refusal.None : Refusal.Because(Reason.OutOfMemory).FromKernel(error.Code);
    }

    private Refusal ToRefusal(AllocationError error, int sizeBits) => error switch
    {
        AllocationError.OutOfMemory => Refusal.NotEnough(Reason.OutOfMemory, _memory.Totals(MemoryKind.Ram).FreeBytes),
        AllocationError.Fragmented => Refusal.NotEnough(Reason.Fragmented, 1ul << _memory.LargestFree(MemoryKind.Ram)),
        AllocationError.BadSize => Refusal.OutOfRange(
            SizeBitsField, AbiConstants.MinUntypedBits, AbiConstants.MaxUntypedBits),
        AllocationError.Misaligned => Refusal.Because(Reason.Misaligned, AddressField),
        AllocationError.NoRegion or AllocationError.Straddles => Refusal.Because(Reason.NoSuchRegion, AddressField),
        AllocationError.Taken => Refusal.Because(Reason.AddressBusy, AddressField),
        AllocationError.Reserved => Refusal.Because(Reason.AddressReserved, AddressField),
        AllocationError.OutOfSlots or AllocationError.OutOfNodes => Refusal.Because(Reason.BookkeepingExhausted),
        _ => Refusal.Because(Reason.OutOfMemory),
    };
}
