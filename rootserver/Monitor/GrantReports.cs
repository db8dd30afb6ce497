// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;
using Sel4.Allocators.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Tables about what children were granted, may have, and were refused (RT:§10). Nothing here allocates.</summary>
public sealed class GrantReports(ResourceServer server, ISystemControl system)
{
    private const int MostLines = 12;

    // Not static: that would be made at its first use, when nothing may be allocated any more.
    private readonly string[] _kinds =
    [
        "", "RAM", "device memory", "grants", "slots", "interrupts", "port ranges", "requests a second", "bookkeeping",
    ];

    private readonly ResourceServer _server = server;
    private readonly ISystemControl _system = system;

    /// <summary>What a child holds, or what all hold.</summary>
    public void Grants(Child? one)
    {
        Log.Screen($"{"child",-18} {"cookie",10} {"what",-26} {"start",18} {"size",10} {"lease left",12}");
        int count = 0;
        foreach (Child child in _system.Children)
        {
            if (one != null && child != one) continue;
            for (int index = _server.Grants.FirstOf(child.Session); index != GrantTable.None; index = _server.Grants.NextOf(index))
            {
                Grant(child, in _server.Grants[index]);
                count++;
            }
        }

        Log.Screen($"{count} grants");
    }

    /// <summary>Limits and use of a child.</summary>
    public void Quotas(Child child)
    {
        Log.Screen($"{"kind",-18} {"used",12} {"peak",12} {"limit",12}");
        for (int kind = 1; kind <= Rpc.Quotas.KindCount; kind++)
        {
            Quotas quotas = child.Session.Quotas;
            QuotaKind quota = (QuotaKind)kind;
            bool isBytes = quota is QuotaKind.RamBytes or QuotaKind.DeviceBytes or QuotaKind.ServerBytes;
            ulong limit = quotas.Limit(quota);
            if (isBytes)
            {
                // A limit that is none is shown as nothing, like that of numbers.
                ByteCount most = new(limit == Rpc.Quotas.Unlimited ? 0 : limit);
                Log.Screen($"{_kinds[kind],-18} {new ByteCount(quotas.Used(quota)),12} {new ByteCount(quotas.Peak(quota)),12} "
                    + $"{most,12}{(limit == Rpc.Quotas.Unlimited ? " (none)" : "")}");
                continue;
            }

            bool isLimited = limit != Rpc.Quotas.Unlimited;
            Log.Screen($"{_kinds[kind],-18} {quotas.Used(quota),8}     {quotas.Peak(quota),8}     {(isLimited ? limit : 0),8}    "
                + $"{(isLimited ? "" : " (none)")}");
        }
    }

    /// <summary>The last refusals, then the last decisions of policies, youngest first.</summary>
    public void Why(Child? one)
    {
        int shown = 0;
        AuditRing ring = _server.Rpc.Audit;
        for (ulong serial = ring.Last; serial >= ring.First && serial != 0 && shown < MostLines; serial--)
        {
            ref readonly AuditRecord record = ref ring[serial];
            Child? child = ChildOf(record.Owner);
            if (record.Reason == Reason.None || (one != null && child != one)) continue;
            Log.Screen($"  request #{record.Serial} of {child?.Name ?? "nobody"}: {ReasonNames.Of(record.Member)} "
                + $"0x{record.Argument:x}, 0x{record.Argument2:x}: {ReasonNames.Of(record.Reason)}");
            shown++;
        }

        DecisionRing decisions = _server.Policies.Decisions;
        int last = decisions.Count;
        for (int age = 0; age < last && shown < 2 * MostLines; age++)
        {
            Decision decision = decisions.FromNewest(age);
            Child? child = ChildOf(decision.Owner);
            if (one != null && child != one) continue;
            Log.Screen($"  decision #{decision.Sequence} about {child?.Name ?? "nobody"}: {NameOf(decision.Kind)} "
                + $"by {decision.Policy}{(decision.Text.Length == 0 ? "" : ": ")}{decision.Text}");
            shown++;
        }

        if (shown == 0) Log.Screen($"nothing was refused, and no policy was asked");
    }

    private void Grant(Child child, in GrantRecord grant)
    {
        string what = grant.Kind switch
        {
            GrantKind.Irq => "interrupt",
            GrantKind.IoPorts => "I/O ports",
            GrantKind.Batch => "batch",
            _ => grant.IsDevice ? "device memory" : NameOf(grant.Type),
        };
        ulong left = grant.LeaseEnd > _system.Now ? grant.LeaseEnd - _system.Now : 0;
        bool isMemory = grant.Kind is GrantKind.Memory or GrantKind.Batch;
        ByteCount size = new(isMemory ? grant.Length : 0);
        if (isMemory)
        {
            Log.Screen($"{child.Name,-18} {grant.Cookie,10} {what,-26} {new HexNumber(grant.Start),18} {size,10} "
                + $"{(left == 0 ? "" : "ms"),3} {left,8}");
        }
        else
        {
            Log.Screen($"{child.Name,-18} {grant.Cookie,10} {what,-26} {new HexNumber(grant.Start),18} {grant.Length,10}");
        }
    }

    private static string NameOf(ObjectType type) => type switch
    {
        ObjectType.Untyped => "untyped memory",
        ObjectType.Tcb => "thread",
        ObjectType.Endpoint => "endpoint",
        ObjectType.Notification => "notification",
        ObjectType.CNode => "CNode",
        ObjectType.SmallPage => "page of 4 KiB",
        ObjectType.LargePage => "page of 2 MiB",
        ObjectType.HugePage => "page of 1 GiB",
        _ => "paging structure",
    };

    private static string NameOf(DecisionKind kind) => kind switch
    {
        DecisionKind.Allowed => "allowed",
        DecisionKind.Denied => "denied",
        DecisionKind.Waiting => "told to wait",
        DecisionKind.Narrowed => "narrowed",
        DecisionKind.Recovered => "tried again",
        DecisionKind.NotRecovered => "not recovered",
        DecisionKind.Granted => "granted",
        DecisionKind.Released => "released",
        _ => "a hook failed",
    };

    /// <summary>The child, of whatever life.</summary>
    private Child? ChildOf(ulong owner)
    {
        int index = Child.IndexOf(owner);
        return index < _system.Children.Length ? _system.Children[index] : null;
    }
}
