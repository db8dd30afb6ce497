// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>I/O port grants: the range's original capability stays here, a copy is sent (RPC:R10).</summary>
/// <remarks>Word 0 of the record: the slot of the original.</remarks>
internal sealed class PortGrants(OwnCSpace space)
{
    private readonly OwnCSpace _space = space;

    /// <summary>Number of ranges that are out.</summary>
    public int Count { get; private set; }

    public Refusal Allocate(in IoPortRequest request, ref GrantRecord grant)
    {
        if (HardwarePolicy.IsReserved(request.First, request.Last)) return Refusal.Because(Reason.AddressReserved);
        if (!_space.Slots.TryAllocate(out uint slot)) return Refusal.Because(Reason.BookkeepingExhausted);
        Sel4Error error = InitialThread.IoPortControl.Issue(InitialThread.Slot(slot), request.First, request.Last);
        if (!error.IsOk)
        {
            _space.Slots.Free(slot);
            Reason reason = error.Code == ErrorCode.RevokeFirst ? Reason.PortsBusy : Reason.Unsupported;
            return Refusal.Because(reason).FromKernel(error.Code);
        }

        Count++;
        grant.Capability = new CapabilityPointer(slot);
        grant.ProviderWord0 = slot;
        return Refusal.None;
    }

    /// <summary>Removes all copies, then the original: the range can be issued again (RPC:K9).</summary>
    public void Release(ref GrantRecord grant)
    {
        uint slot = (uint)grant.ProviderWord0;
        OwnCSpace.Revoke(slot);
        OwnCSpace.Delete(slot);
        _space.Slots.Free(slot);
        Count--;
    }
}
