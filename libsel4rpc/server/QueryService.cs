// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>query</c> about grants: listings that are paged, and single ones.</summary>
internal static class QueryService
{
    private const uint WhatField = 1;
    private const uint OwnerField = 4;
    private const uint CookieField = 5;

    /// <summary>Bytes to keep free for next_cursor: a header of two bytes and a varint.</summary>
    private const int CursorBytes = 2 + Varint.MaxBytes;

    internal static Refusal Serve(RpcServer server, Session session) => (QueryWhat)server.Request.Query.What switch
    {
        QueryWhat.List => List(server, session),
        QueryWhat.Describe => Describe(server, session),
        QueryWhat.Redeliver => Redeliver(server, session),
        QueryWhat.Histogram => SurveyQueries.Histogram(server),
        QueryWhat.Regions => SurveyQueries.Regions(server, session),
        QueryWhat.Counters => SurveyQueries.Counters(server),
        QueryWhat.Waiting => Waiting(server, session),
        QueryWhat.Audit => SurveyQueries.Audit(server, session),
        QueryWhat.None => Refusal.Because(Reason.Malformed, WhatField),
        _ => Refusal.Because(Reason.Unsupported, WhatField),
    };

    /// <summary>How many records a page may have.</summary>
    internal static int PageSize(RpcServer server)
    {
        uint max = server.Request.Query.Max;
        return max is 0 or > RpcMessage.RecordCapacity ? RpcMessage.RecordCapacity : (int)max;
    }

    /// <summary>True when the last record and a cursor fit into an IPC; else it is taken off again (RPC:R22).</summary>
    internal static bool Fits(ref RpcMessage reply)
    {
        if (reply.ByteCount() <= Framing.MaxBytes - CursorBytes) return true;
        reply.RecordCount--;
        return false;
    }

    /// <summary>
    /// Lists from the youngest grant to the oldest. The cursor is the serial number of the last grant listed, so a page goes
    /// on below it whatever has come and gone meanwhile, and no listing runs in circles (RPC:R22).
    /// </summary>
    private static Refusal List(RpcServer server, Session session)
    {
        ref QueryMessage query = ref server.Request.Query;
        Session? owner = query.Owner == 0 ? session : server.Provider.FindOwner(query.Owner);
        // Whether an owner exists is nobody's business who may not manage it.
        if (owner is null || !(owner.IsManagedBy(session) || session.IsPrivileged)) return Refusal.Because(Reason.NoRight, OwnerField);
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        int max = PageSize(server);
        ulong last = 0;
        for (int index = owner.FirstGrant; index != GrantTable.None;)
        {
            ref GrantRecord grant = ref server.Grants[index];
            index = grant.Next;
            if (query.Cursor != 0 && grant.Serial >= query.Cursor) continue;
            if (reply.RecordCount == max || !TryAdd(server, in grant))
            {
                reply.NextCursor = last;
                break;
            }
            last = grant.Serial;
        }
        return Refusal.None;
    }

    private static Refusal Describe(RpcServer server, Session session)
    {
        Refusal refusal = server.Find(session, server.Request.Query.Cookie, CookieField, out int index);
        if (!refusal.IsNone) return refusal;
        server.Reply.SelectRet();
        TryAdd(server, in server.Grants[index]);
        return Refusal.None;
    }

    /// <summary>
    /// Sends the capability of a grant once more, to its holder only: it was lost on the way, or dropped (RPC:D12). Of what exists
    /// in the holder's own slots alone there is no other.
    /// </summary>
    private static Refusal Redeliver(RpcServer server, Session session)
    {
        Refusal refusal = server.Find(session, server.Request.Query.Cookie, CookieField, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        if (grant.Owner != session) return Refusal.Because(Reason.NotOwner, CookieField);
        if (grant.Capability.IsNull) return Refusal.Because(Reason.NotTransferable, CookieField);
        refusal = Granting.PlaceCopy(server, session, in grant);
        if (!refusal.IsNone) return refusal;
        Granting.Deliver(server, index, server.Wishes.Destination != 0);
        return Refusal.None;
    }

    /// <summary>Requests that wait, oldest first; the cursor is the serial number of the last one listed.</summary>
    private static Refusal Waiting(RpcServer server, Session session)
    {
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        int max = PageSize(server);
        for (ulong serial = server.Request.Query.Cursor; ;)
        {
            RecordMessage record = default;
            ulong found = server.Waiting.Find(session, serial, ref record);
            // Who may wait is told when somebody begins to: so a parent learns that it is asked for more (RPC:Q5).
            if (found == 0 && reply.RecordCount == 0 && server.Wishes.MayWait) server.HasNothingYet = true;
            if (found == 0) return Refusal.None;
            bool isFull = reply.RecordCount == max;
            if (!isFull)
            {
                reply.Record[reply.AddRecord()] = record;
                isFull = !Fits(ref reply);
            }
            if (isFull)
            {
                reply.NextCursor = serial;
                return Refusal.None;
            }
            serial = found;
        }
    }

    private static bool TryAdd(RpcServer server, in GrantRecord grant)
    {
        ref RpcMessage reply = ref server.Reply;
        int position = reply.AddRecord();
        ref RecordMessage record = ref reply.Record[position];
        record.Cookie = grant.Cookie;
        record.Kind = (uint)grant.Kind;
        record.Start = grant.Start;
        record.Length = grant.Length;
        record.Type = grant.Kind is GrantKind.Memory or GrantKind.Batch ? (ulong)grant.Type : 0;
        record.Owner = grant.Owner!.OwnerId;
        var flags = grant.IsDevice ? RecordFlag.Device : RecordFlag.None;
        if (grant.IsShared) flags |= RecordFlag.Shared;
        if (grant.IsPlacedDirectly) flags |= RecordFlag.Placed;
        record.Flags = (uint)flags;
        if (grant.LeaseEnd != 0) record.LeaseMs = server.TimeUntil(grant.LeaseEnd);
        if (grant.Label.Length != 0) grant.Label.CopyTo(ref record.Label);
        return Fits(ref reply);
    }
}
