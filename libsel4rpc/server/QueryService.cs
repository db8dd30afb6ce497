// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>query</c>: listings that are paged, and single grants.</summary>
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
        QueryWhat.None => Refusal.Because(Reason.Malformed, WhatField),
        // Histogram, Redeliver, Regions and Counters are not built yet.
        _ => Refusal.Because(Reason.Unsupported, WhatField),
    };

    /// <summary>
    /// Lists from the youngest grant to the oldest. The cursor is the serial number of the last grant listed, so a page goes
    /// on below it whatever has come and gone meanwhile, and no listing runs in circles (RPC:R22).
    /// </summary>
    private static Refusal List(RpcServer server, Session session)
    {
        ref QueryMessage query = ref server.Request.Query;
        Session? owner = query.Owner == 0 ? session : server.Provider.FindOwner(query.Owner);
        // Whether an owner exists is nobody's business who may not manage it.
        if (owner is null || !owner.IsManagedBy(session)) return Refusal.Because(Reason.NoRight, OwnerField);
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        int max = query.Max is 0 or > RpcMessage.RecordCapacity ? RpcMessage.RecordCapacity : (int)query.Max;
        ulong last = 0;
        for (int index = owner.FirstGrant; index != GrantTable.None;)
        {
            ref GrantRecord grant = ref server.Grants[index];
            index = grant.Next;
            if (query.Cursor != 0 && grant.Serial >= query.Cursor) continue;
            if (reply.RecordCount == max || !TryAdd(ref reply, in grant))
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
        TryAdd(ref server.Reply, in server.Grants[index]);
        return Refusal.None;
    }

    /// <summary>Adds a record unless the reply would become too long for an IPC (RPC:R22).</summary>
    private static bool TryAdd(ref RpcMessage reply, in GrantRecord grant)
    {
        int position = reply.AddRecord();
        ref RecordMessage record = ref reply.Record[position];
        record.Cookie = grant.Cookie;
        record.Kind = (uint)grant.Kind;
        record.Start = grant.Start;
        record.Length = grant.Length;
        record.Type = grant.Kind == GrantKind.Memory ? (ulong)grant.Type : 0;
        record.Owner = grant.Owner!.OwnerId;
        record.Flags = (uint)(grant.IsDevice ? RecordFlag.Device : RecordFlag.None);
        if (reply.ByteCount() <= Framing.MaxBytes - CursorBytes) return true;
        reply.RecordCount--;
        return false;
    }
}
