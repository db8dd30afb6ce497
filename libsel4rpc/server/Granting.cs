// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>
/// What all granting requests have in common: quota and record before, delivery, charge and reply after, one way back (RPC:R9).
/// </summary>
internal static class Granting
{
    /// <summary>Checks the quotas of all levels and sets a record aside, before anything is made.</summary>
    internal static Refusal Begin(RpcServer server, Session session, GrantKind kind, in QuotaCharge charge, out int index)
    {
        index = GrantTable.None;
        Refusal refusal = session.Quotas.Check(in charge);
        if (!refusal.IsNone)
        {
            server.Waiting.Missing = MissingOf(in charge, refusal);
            return refusal;
        }
        refusal = server.CheckReserve(session, charge.RamBytes);
        if (!refusal.IsNone) return refusal;
        if (!server.Grants.TryReserve(out index)) return Refusal.Because(Reason.BookkeepingExhausted);
        server.Grants[index].Kind = kind;
        return Refusal.None;
    }

    /// <summary>
    /// Ends the transaction: what the provider made is placed, recorded, charged and answered; or everything goes back as if nothing
    /// had been asked.
    /// </summary>
    internal static Refusal Finish(RpcServer server, Session owner, int index, Refusal refusal)
    {
        ref GrantRecord grant = ref server.Grants[index];
        if (refusal.IsNone)
        {
            refusal = Place(server, owner, ref grant);
            if (!refusal.IsNone) server.Provider.Release(ref grant, ReleaseFlag.None);
        }
        if (!refusal.IsNone)
        {
            server.Grants.Cancel(index);
            return refusal;
        }
        Record(server, owner, index);
        return Refusal.None;
    }

    /// <summary>Makes a client one more holder of what another one has as shared (RPC:R15).</summary>
    internal static Refusal Join(RpcServer server, Session owner, int other)
    {
        ref GrantRecord shared = ref server.Grants[other];
        Refusal refusal = server.Provider.MayShare(owner, in shared);
        if (!refusal.IsNone) return refusal;
        refusal = Begin(server, owner, shared.Kind, QuotaCharge.Of(in shared), out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Type = shared.Type;
        grant.ObjectBits = shared.ObjectBits;
        grant.Capability = shared.Capability;
        grant.Start = shared.Start;
        grant.Length = shared.Length;
        grant.IsDevice = shared.IsDevice;
        grant.ProviderWord0 = shared.ProviderWord0;
        grant.ProviderWord1 = shared.ProviderWord1;
        grant.IsPlaced = grant.IsShared = true;
        refusal = Place(server, owner, ref grant);
        if (!refusal.IsNone)
        {
            server.Grants.Cancel(index);  // nothing was made, so nothing is released
            return refusal;
        }
        Record(server, owner, index);
        server.Grants.Join(index, other);
        return Refusal.None;
    }

    /// <summary>RPC:R15: the same owner asking again for the same place gets the same grant, counted once more.</summary>
    internal static Refusal Repeat(RpcServer server, Session owner, int index)
    {
        ref GrantRecord grant = ref server.Grants[index];
        if (grant.IsShared && !server.Wishes.IsShared)
        {
            // Wanted alone from now on, which others who hold it have not agreed to.
            if (!server.Grants.IsOnlyHolder(index))
            {
                return Refusal.Because(grant.Kind == GrantKind.IoPorts ? Reason.PortsBusy : Reason.AddressBusy, 1);
            }
            server.Grants.MakeExclusive(index);
        }
        Refusal refusal = PlaceCopy(server, owner, in grant);
        if (!refusal.IsNone) return refusal;
        grant.ReferenceCount++;
        Deliver(server, index, server.Wishes.Destination != 0);
        return Refusal.None;
    }

    /// <summary>Answers with a grant that is recorded already: a copy of its capability goes out, or was placed.</summary>
    internal static void Deliver(RpcServer server, int index, bool isPlaced)
    {
        ref GrantRecord grant = ref server.Grants[index];
        if (!isPlaced) server.Attached = grant.Capability;
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        reply.Ret.Cookie = grant.Cookie;
        reply.Ret.Granted = (uint)grant.Count;
        reply.Ret.Caps = isPlaced ? (uint)grant.Count : 1;  // RPC:P3
        if (grant.LeaseEnd != 0) reply.Ret.LeaseMs = server.TimeUntil(grant.LeaseEnd);
        if (grant.Kind is not (GrantKind.Memory or GrantKind.Batch)) return;
        reply.Ret.Paddr = grant.Start;
        reply.Ret.SizeBits = (uint)grant.ObjectBits;
    }

    /// <summary>Copies a capability that the provider keeps into the slot that the request names, if it names one.</summary>
    internal static Refusal PlaceCopy(RpcServer server, Session owner, in GrantRecord grant)
    {
        ulong slot = server.Wishes.Destination;
        if (slot == 0) return Refusal.None;
        // Of what exists in the holder's slots alone there is nothing to copy from.
        if (grant.Capability.IsNull || grant.Kind == GrantKind.Batch) return Refusal.Because(Reason.NotTransferable);
        Refusal refusal = server.Provider.Place(owner, grant.Capability, slot);
        return refusal.Reason == Reason.DestinationOccupied ? refusal.AtField(GrantWishes.DestinationField) : refusal;
    }

    /// <summary>Takes back one count of a grant, and the grant itself with the last one.</summary>
    internal static void Return(RpcServer server, int index, ReleaseFlag flags)
    {
        ref GrantRecord grant = ref server.Grants[index];
        if (--grant.ReferenceCount == 0) server.Release(index, flags);
    }

    private static Refusal Place(RpcServer server, Session owner, ref GrantRecord grant)
    {
        if (server.Wishes.Destination == 0) return Refusal.None;
        grant.IsPlacedDirectly = true;
        // Batches, and objects of which there can be no copy, the provider has made in place.
        return grant.Kind == GrantKind.Batch || grant.Capability.IsNull ? Refusal.None : PlaceCopy(server, owner, in grant);
    }

    private static void Record(RpcServer server, Session owner, int index)
    {
        ref GrantRecord grant = ref server.Grants[index];
        owner.Quotas.Charge(QuotaCharge.Of(in grant));
        if (server.Request.HasHints)
        {
            grant.LeaseEnd = server.Wishes.LeaseEnd;
            grant.Label.Set(in server.Request.Hints.Label);
        }
        server.Grants.Commit(index, owner);
        server.Provider.Granted(in grant);
        server.NoteLease(grant.LeaseEnd);
        Deliver(server, index, grant.IsPlacedDirectly);
    }

    /// <summary>How much more a limit would have to be for this request.</summary>
    private static ulong MissingOf(in QuotaCharge charge, Refusal refusal)
    {
        ulong wanted = refusal.QuotaKind switch
        {
            QuotaKind.RamBytes => charge.RamBytes,
            QuotaKind.DeviceBytes => charge.DeviceBytes,
            QuotaKind.Slots => charge.Slots,
            QuotaKind.ServerBytes => charge.ServerBytes,
            _ => 1,
        };
        return wanted > refusal.Available ? wanted - refusal.Available : 0;
    }
}
