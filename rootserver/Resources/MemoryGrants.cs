// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Memory grants: a block of exactly the object's size, and the object made from it (RPC:R10).</summary>
/// <remarks>
/// The block's own untyped capability stays here, so that one Revoke takes the object back from everybody. An untyped grant is
/// made the same way: one child untyped that fills the block. Only the object's capability is ever sent. An object of which
/// there can be no copy is made in the child's own slot, and then there is no capability of it here (RPC:P1).
/// Words of the record: 0 the slot of the object's capability or 0, 1 the chain of its blocks in the pool.
/// </remarks>
internal sealed class MemoryGrants(
    OwnCSpace space, UntypedAllocator memory, BlockSource source, BlockPool pool, ResourcePolicies policies)
{
    private readonly ResourcePolicies _policies = policies;
    private readonly OwnCSpace _space = space;
    private readonly UntypedAllocator _memory = memory;
    private readonly BlockSource _source = source;
    private readonly BlockPool _pool = pool;

    /// <summary>Reserve bookkeeping, take the block, make the object; any failure undoes what came before it (RPC:R9).</summary>
    public Refusal Allocate(ChildSession owner, in MemoryRequest request, ref GrantRecord grant)
    {
        bool isSent = Transfer.CanCopy(request.Type);
        uint slot = 0;
        if (_pool.FreeCount == 0 || (isSent && !_space.Slots.TryAllocate(out slot))) return Refusal.Because(Reason.BookkeepingExhausted);
        // A page is the smallest piece of device memory, and untyped memory has no piece below 16 bytes.
        int blockBits = request.ObjectBits < AbiConstants.MinUntypedBits ? AbiConstants.MinUntypedBits : request.ObjectBits;
        Refusal refusal = owner.Policies != null && !request.HasAddress
            ? _policies.Take(owner, in request, blockBits, out UntypedBlock block)
            : _source.Take(in request, blockBits, out block);
        if (refusal.IsNone)
        {
            refusal = isSent
                ? Transfer.ToRefusal(OwnCSpace.Retype(block.Slot, request.Type, request.SizeBits, slot, 1))
                : Transfer.MakeInChild(owner, block.Slot, request.Type, request.SizeBits, request.Destination, 1);
            if (!refusal.IsNone) _memory.Free(block);
        }

        if (!refusal.IsNone)
        {
            if (isSent) _space.Slots.Free(slot);
            return refusal;
        }

        int chain = BlockPool.None;
        _pool.Add(ref chain, in block);
        grant.Capability = new CapabilityPointer(slot);
        grant.Start = block.PhysicalAddress;
        grant.IsDevice = block.Kind != MemoryKind.Ram;
        grant.ProviderWord0 = slot;
        grant.ProviderWord1 = (ulong)chain;
        return Refusal.None;
    }

    /// <summary>Clears the memory of a grant that is about to be released, which the kernel would do when it is used next.</summary>
    public void Clear(in GrantRecord grant)
    {
        if (!_space.Slots.TryAllocate(out uint slot)) return;  // later, then
        _pool.Clear((int)grant.ProviderWord1, slot);
        _space.Slots.Free(slot);
    }

    /// <summary>Revokes the blocks: objects, the server's capability and all copies are gone; then the books (RPC:R8).</summary>
    /// <param name="isBad">Nobody may have the memory again.</param>
    public void Release(ref GrantRecord grant, bool isBad)
    {
        if (isBad) _pool.Quarantine((int)grant.ProviderWord1, _memory);
        else _pool.Free((int)grant.ProviderWord1, _memory);
        if (grant.ProviderWord0 != 0) _space.Slots.Free((uint)grant.ProviderWord0);
    }
}
