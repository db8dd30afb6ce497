// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Queries about what there is rather than what somebody holds: free memory, regions, counters, what was asked lately.</summary>
internal static class SurveyQueries
{
    private const uint WhatField = 1;
    private const uint OwnerField = 4;
    private const int CodeShift = 8;

    /// <summary>RAM first, then device memory, from the smallest order up; the cursor is one more than twice the order + source.</summary>
    internal static Refusal Histogram(RpcServer server)
    {
        IResourceSurvey? survey = server.Options.Survey;
        if (survey is null) return Refusal.Because(Reason.Unsupported, WhatField);
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        const ulong orders = AbiConstants.MaxUntypedBits + 1;
        int max = QueryService.PageSize(server);
        for (ulong position = server.Request.Query.Cursor; position < 2 * orders; position++)
        {
            var source = position < orders ? MemorySource.Ram : MemorySource.Device;
            ulong order = position % orders;
            ulong blocks = survey.FreeBlocks(source, (int)order);
            if (blocks == 0) continue;
            bool isFull = reply.RecordCount == max;
            if (!isFull)
            {
                ref RecordMessage record = ref reply.Record[reply.AddRecord()];
                record.Kind = (uint)GrantKind.Memory;
                record.Start = order;
                record.Length = blocks;
                if (source == MemorySource.Device) record.Flags = (uint)RecordFlag.Device;
                isFull = !QueryService.Fits(ref reply);
            }
            if (isFull)
            {
                reply.NextCursor = position;
                break;
            }
        }
        return Refusal.None;
    }

    /// <summary>The cursor is the survey's own position.</summary>
    internal static Refusal Regions(RpcServer server, Session session)
    {
        IResourceSurvey? survey = server.Options.Survey;
        if (survey is null) return Refusal.Because(Reason.Unsupported, WhatField);
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        int max = QueryService.PageSize(server);
        ulong cursor = server.Request.Query.Cursor;
        int position = cursor > int.MaxValue ? int.MaxValue : (int)cursor;
        for (int next = position; survey.TryGetRegion(session, ref next, out GrantableRegion region); position = next)
        {
            bool isFull = reply.RecordCount == max;
            if (!isFull)
            {
                ref RecordMessage record = ref reply.Record[reply.AddRecord()];
                record.Kind = (uint)GrantKind.Memory;
                record.Start = region.Start;
                record.Length = region.Bytes;
                if (region.Source == MemorySource.Device) record.Flags = (uint)RecordFlag.Device;
                isFull = !QueryService.Fits(ref reply);
            }
            if (isFull)
            {
                reply.NextCursor = (ulong)position;
                break;
            }
        }
        return Refusal.None;
    }

    /// <summary>The cursor is the first counter to look at.</summary>
    internal static Refusal Counters(RpcServer server)
    {
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        int max = QueryService.PageSize(server);
        const ulong end = (ulong)Counter.Reason + (ulong)Reason.WaitTimedOut + 1;
        for (ulong number = server.Request.Query.Cursor; number < end; number++)
        {
            ulong value = ValueOf(server, (uint)number);
            if (value == 0) continue;
            if (reply.RecordCount == max)
            {
                reply.NextCursor = number;
                break;
            }
            ref RecordMessage record = ref reply.Record[reply.AddRecord()];
            record.Kind = (uint)number;
            record.Length = value;
        }
        return Refusal.None;
    }

    /// <summary>From the youngest to the oldest; the cursor is the serial number of the last one listed.</summary>
    internal static Refusal Audit(RpcServer server, Session session)
    {
        if (!session.IsPrivileged) return Refusal.Because(Reason.NoRight, WhatField);
        if (server.Request.Query.Owner != 0 && server.Provider.FindOwner(server.Request.Query.Owner) is null)
        {
            return Refusal.Because(Reason.NoRight, OwnerField);
        }
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        AuditRing audit = server.Audit;
        ulong cursor = server.Request.Query.Cursor;
        ulong serial = cursor == 0 || cursor > audit.Last ? audit.Last : cursor - 1;
        int max = QueryService.PageSize(server);
        for (; serial >= audit.First && serial != 0; serial--)
        {
            ref readonly AuditRecord entry = ref audit[serial];
            if (server.Request.Query.Owner != 0 && entry.Owner != server.Request.Query.Owner) continue;
            bool isFull = reply.RecordCount == max;
            if (!isFull)
            {
                ref RecordMessage record = ref reply.Record[reply.AddRecord()];
                record.Cookie = entry.Cookie;
                record.Kind = (uint)entry.Member;
                record.Start = entry.TimeMs;
                record.Length = entry.Argument;
                record.Type = (ulong)entry.Code << CodeShift | (ulong)entry.Reason;
                record.Owner = entry.Owner;
                isFull = !QueryService.Fits(ref reply);
            }
            if (isFull)
            {
                reply.NextCursor = serial + 1;
                break;
            }
        }
        return Refusal.None;
    }

    private static ulong ValueOf(RpcServer server, uint number)
    {
        RpcStatistics statistics = server.Statistics;
        if (number >= (uint)Counter.Reason) return statistics.Refusals((Reason)(number - (uint)Counter.Reason));
        if (number >= (uint)Counter.Member)
        {
            uint member = number - (uint)Counter.Member;
            return member <= (uint)RpcMessageCase.Lease ? statistics.Requests((RpcMessageCase)member) : 0;
        }
        return (Counter)number switch
        {
            Counter.Requests => statistics.Total,
            Counter.Grants => (ulong)server.Grants.LiveCount,
            Counter.FreeRecords => (ulong)server.Grants.FreeCount,
            Counter.Waiting => (ulong)server.Waiting.Count,
            Counter.Leases => (ulong)server.Grants.LeaseCount,
            Counter.Expired => server.ExpiredLeases,
            Counter.AuditLost => server.Audit.Lost,
            Counter.FreeRam => server.Options.Survey?.FreeBytes(MemorySource.Ram) ?? 0,
            Counter.FreeDevice => server.Options.Survey?.FreeBytes(MemorySource.Device) ?? 0,
            _ => 0,
        };
    }
}
