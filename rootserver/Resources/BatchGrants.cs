// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Several objects in one grant, in a CNode made for them or in the child's own slots (RPC:§7.5).</summary>
/// <remarks>
/// Objects are made from as few blocks as there are, each up to the largest power of two that is still wanted. Nothing is copied,
/// so types that cannot be sent are no exception (RPC:K3). Words of the record: 0 the slot of the CNode's capability or 0, 1 the
/// chain of all blocks, the CNode's last, so that the objects go before what holds their capabilities.
/// </remarks>
internal sealed class BatchGrants(OwnCSpace space, UntypedAllocator memory, BlockSource source, BlockPool pool)
{
    private readonly OwnCSpace _space = space;
    private readonly UntypedAllocator _memory = memory;
    private readonly BlockSource _source = source;
    private readonly BlockPool _pool = pool;

    private struct Work
    {
        /// <summary>The CNode to fill.</summary>
        public CapabilityPointer CNode;

        /// <summary>Its first slot to fill.</summary>
        public ulong Slot;

        /// <summary>Objects made so far.</summary>
        public int Made;

        /// <summary>Address of the first one.</summary>
        public ulong First;

        /// <summary>All blocks so far.</summary>
        public int Chain;

        public bool IsDevice;
    }

    public Refusal Allocate(Session owner, in BatchRequest request, ref GrantRecord grant)
    {
        Work work = default;
        work.Chain = BlockPool.None;
        uint slot = 0;
        if (_pool.FreeCount < request.Count + 1) return Refusal.Because(Reason.BookkeepingExhausted);
        Refusal refusal = Prepare(owner, in request, ref work, ref slot);
        if (refusal.IsNone) refusal = request.IsContiguous ? MakeRun(in request, ref work) : MakePieces(in request, ref work);
        bool isEnough = refusal.IsNone || (request.IsBestEffort && work.Made > 0 && refusal.Reason != Reason.DestinationOccupied);
        if (!isEnough)
        {
            _pool.Free(work.Chain, _memory);
            if (slot != 0) _space.Slots.Free(slot);
            return refusal;
        }

        grant.Count = work.Made;
        grant.Start = request.IsContiguous ? work.First : 0;
        grant.IsDevice = work.IsDevice;
        grant.Capability = new CapabilityPointer(slot);
        grant.ProviderWord0 = slot;
        grant.ProviderWord1 = (ulong)work.Chain;
        return Refusal.None;
    }

    /// <summary>Revokes all blocks: the objects first, then the CNode.</summary>
    public void Release(ref GrantRecord grant)
    {
        _pool.Free((int)grant.ProviderWord1, _memory);
        if (grant.ProviderWord0 != 0) _space.Slots.Free((uint)grant.ProviderWord0);
    }

    /// <summary>The child's window, or a new CNode with room for all.</summary>
    private Refusal Prepare(Session owner, in BatchRequest request, ref Work work, ref uint slot)
    {
        if (request.Each.Destination != 0)
        {
            work.CNode = owner.Space.CNode;
            work.Slot = request.Each.Destination;
            return Refusal.None;
        }

        if (!_space.Slots.TryAllocate(out slot)) return Refusal.Because(Reason.BookkeepingExhausted);
        int radix = BatchRequest.RadixFor(request.Count);
        var anywhere = new MemoryRequest(ObjectType.CNode, radix, radix + AbiConstants.SlotSizeBits, MemoryRequest.Anywhere);
        Refusal refusal = _source.Take(in anywhere, anywhere.ObjectBits, out UntypedBlock block);
        if (!refusal.IsNone) return refusal;
        _pool.Add(ref work.Chain, in block);
        work.CNode = new CapabilityPointer(slot);
        return Transfer.ToRefusal(OwnCSpace.Retype(block.Slot, ObjectType.CNode, radix, slot, 1));
    }

    /// <summary>One run of addresses: a block that holds it is found, and only what is used of it is taken (RPC:B2).</summary>
    private Refusal MakeRun(in BatchRequest request, ref Work work)
    {
        int bits = request.Each.ObjectBits;
        work.First = request.Each.Address;
        if (!request.Each.HasAddress)
        {
            Refusal refusal = _source.Take(in request.Each, bits + LogOf(request.Count), out UntypedBlock whole);
            if (!refusal.IsNone) return refusal;
            work.First = whole.PhysicalAddress;
            _memory.Free(whole);
        }

        while (work.Made < request.Count)
        {
            ulong address = work.First + ((ulong)work.Made << bits);
            int order = FloorLogOf(request.Count - work.Made);
            while ((address & ((1ul << (bits + order)) - 1)) != 0) order--;
            Refusal refusal = _source.TakeAt(address, bits + order, out UntypedBlock block);
            if (refusal.IsNone) refusal = Fill(in request, in block, order, ref work);
            if (!refusal.IsNone) return refusal;
        }

        return Refusal.None;
    }

    /// <summary>Blocks from wherever they are, large ones first.</summary>
    private Refusal MakePieces(in BatchRequest request, ref Work work)
    {
        int bits = request.Each.ObjectBits;
        // An object that is to be aligned beyond its own size has a block of its own.
        int order = request.Each.AlignBits > bits ? 0 : FloorLogOf(request.Count);
        while (work.Made < request.Count)
        {
            if (1 << order > request.Count - work.Made) order = FloorLogOf(request.Count - work.Made);
            Refusal refusal = _source.Take(in request.Each, bits + order, out UntypedBlock block);
            if (refusal.Reason is Reason.OutOfMemory or Reason.Fragmented && order > 0)
            {
                order--;
                continue;
            }

            if (refusal.IsNone) refusal = Fill(in request, in block, order, ref work);
            if (!refusal.IsNone) return refusal;
        }

        return Refusal.None;
    }

    private Refusal Fill(in BatchRequest request, in UntypedBlock block, int order, ref Work work)
    {
        Sel4Error error = Transfer.Retype(
            block.Slot, request.Each.Type, request.Each.SizeBits, work.CNode, work.Slot + (ulong)work.Made, 1 << order);
        if (!error.IsOk)
        {
            _memory.Free(block);
            return Transfer.ToRefusal(error);
        }

        // Behind the CNode's block, which is to go last, or as the first of all.
        _pool.Add(ref work.Chain, in block);
        work.Made += 1 << order;
        work.IsDevice = block.Kind != MemoryKind.Ram;
        return Refusal.None;
    }

    private static int LogOf(int count) => count == 1 ? 0 : FloorLogOf(count - 1) + 1;

    private static int FloorLogOf(int count)
    {
        int order = 0;
        while (2 << order <= count) order++;
        return order;
    }
}
