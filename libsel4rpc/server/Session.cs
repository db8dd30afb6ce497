// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What happens to a request for which the quota is used up (RPC:Q5).</summary>
public enum QuotaAction : byte
{
    /// <summary>It is refused.</summary>
    Fail = 0,

    /// <summary>It waits until something was given back or the limit was raised, as long as the server lets requests wait.</summary>
    Wait,

    /// <summary>It waits, and the parent is told, which can raise the limit.</summary>
    AskParent,

    /// <summary>It is refused, and the owner is reported as one to be ended.</summary>
    Kill,
}

/// <summary>A client as the server knows it: what its badge stands for (RPC:Q1).</summary>
/// <remarks>Made when a child is spawned, found by badge on every request, closed when the child ends. Derive to add to it.</remarks>
public class Session(ulong ownerId, Session? parent)
{
    /// <summary>The number that stands for this owner in listings; never taken from a message.</summary>
    public ulong OwnerId { get; private set; } = ownerId;

    /// <summary>Who spawned it; null for children of the server itself.</summary>
    public Session? Parent { get; } = parent;

    /// <summary>What it may hold, and holds, with its descendants (RPC:Q3).</summary>
    public Quotas Quotas { get; } = new(parent?.Quotas);

    /// <summary>What happens when a quota is used up.</summary>
    public QuotaAction OnQuotaExceeded { get; set; }

    /// <summary>Where capabilities can be placed directly; nowhere by default.</summary>
    public ChildSpace Space { get; set; }

    /// <summary>May list what others hold, and read the audit ring.</summary>
    public bool IsPrivileged { get; set; }

    /// <summary>From a certain priority on, the reserve may be used (RPC:Q7).</summary>
    public int Priority { get; set; }

    /// <summary>What both sides may use, set by negotiation or at spawn (RPC:N4).</summary>
    public Feature Features { get; set; }

    /// <summary>How many grants it holds.</summary>
    public int GrantCount { get; internal set; }

    /// <summary>False once the owner is being reclaimed: then no request is granted any more (RPC:R20).</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Index of its youngest grant, or <see cref="GrantTable.None"/>.</summary>
    internal int FirstGrant { get; set; } = GrantTable.None;

    /// <summary>How many of them were asked for by place.</summary>
    internal int PlacedCount { get; set; }

    /// <summary>How many requests of it wait; while there are none, nobody looks for them.</summary>
    internal int WaitingCount { get; set; }

    /// <summary>True when this session or one of its ancestors is the other, which may then manage what it holds (RPC:R7).</summary>
    public bool IsManagedBy(Session other)
    {
        for (Session? ancestor = this; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor == other) return true;
        }
        return false;
    }

    /// <summary>Refuses everything from now on. Its grants stay until <see cref="RpcServer.Reclaim"/> has taken them back.</summary>
    public void Close() => IsOpen = false;

    /// <summary>Makes a closed session that holds nothing that of a new owner, so that servers need not allocate one for each.</summary>
    /// <remarks>Its quotas are without limits again, and it has no place for capabilities: say both anew.</remarks>
    public void Reopen(ulong ownerId, Feature features)
    {
        Require.That(!IsOpen && GrantCount == 0 && WaitingCount == 0);
        OwnerId = ownerId;
        Features = features;
        Space = default;
        Quotas.Reset();
        IsOpen = true;
    }
}
