// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>One line for each request that was served, in a form that does not change (RPC:R19).</summary>
/// <remarks>
/// <c>audit #SERIAL ms=TIME child=NAME op=REQUEST a=FIRST b=SECOND result=REASON cookie=GRANT</c>. Printed between requests, never
/// while one is served (RPC:D31). The first and second number are those of the request: address and size, ports, interrupt.
/// </remarks>
public sealed class AuditLog(ResourceServer server, Child[] children)
{
    private readonly ResourceServer _server = server;
    private readonly Child[] _children = children;

    /// <summary>Prints what has come since the last time.</summary>
    public void PrintNew()
    {
        AuditRing ring = _server.Rpc.Audit;
        if (ring.Last == ring.Read) return;
        for (ulong serial = Math.Max(ring.Read + 1, ring.First); serial <= ring.Last; serial++) Print(in ring[serial]);
        ring.MarkRead(ring.Last);
    }

    /// <summary>Forgets what has come so far.</summary>
    public void Skip() => _server.Rpc.Audit.MarkRead(_server.Rpc.Audit.Last);

    /// <summary>A line about the whole run.</summary>
    public void Summarize()
    {
        RpcStatistics statistics = _server.Rpc.Statistics;
        ulong refused = 0;
        for (Reason reason = Reason.Malformed; reason <= Reason.WaitTimedOut; reason++) refused += statistics.Refusals(reason);
        Log.Line($"served {statistics.Total} requests, {refused} of them refused");
    }

    private void Print(in AuditRecord record)
    {
        string result = ReasonNames.Of(record.Reason);
        string name = NameOf(record.Owner);
        Log.Line($"audit #{record.Serial} ms={record.TimeMs} child={name} op={ReasonNames.Of(record.Member)} "
            + $"a=0x{record.Argument:x} b=0x{record.Argument2:x} result={result} cookie={record.Cookie}");
    }

    private string NameOf(ulong owner)
    {
        int index = Child.IndexOf(owner);
        return index < _children.Length && owner != 0 ? _children[index].Name : "nobody";
    }
}
