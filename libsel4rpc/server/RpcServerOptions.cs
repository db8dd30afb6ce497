// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What a server tells about itself, which magic words it answers to, and what it can fall back on.</summary>
public sealed class RpcServerOptions
{
    /// <summary>The magic words of clients that are served (RPC:T10).</summary>
    public ulong[] Magics { get; init; } = [Framing.DefaultMagic, Framing.TestMagic];

    /// <summary>The name given in <c>info</c>; at most 64 bytes count.</summary>
    public string Name { get; init; } = "rootserver";

    /// <summary>Hash of the kernel configuration that object type numbers belong to (RPC:M5).</summary>
    public ulong ConfigurationHash { get; init; }

    /// <summary>What the provider can do of what needs nothing else; a feature that is missing here is refused.</summary>
    public Feature Features { get; init; } = RpcServer.Features;

    /// <summary>True when somebody calls <see cref="RpcServer.Tick"/>: leases and waiting need a clock (RPC:R21).</summary>
    public bool HasClock { get; init; }

    /// <summary>Keeps rights to reply; without one nobody waits (RPC:R17).</summary>
    public IReplyKeeper? ReplyKeeper { get; init; }

    /// <summary>How many requests may wait at one time.</summary>
    public int MaxWaiting { get; init; } = 16;

    /// <summary>How many of them for one owner.</summary>
    public int MaxWaitingPerOwner { get; init; } = 4;

    /// <summary>The longest wait, in milliseconds.</summary>
    public ulong MaxWaitMs { get; init; } = 60_000;

    /// <summary>Tells what there is; without one the queries for it are refused.</summary>
    public IResourceSurvey? Survey { get; init; }

    /// <summary>Told of quotas that are used up.</summary>
    public IQuotaObserver? QuotaObserver { get; init; }

    /// <summary>Bytes of RAM that only sessions of <see cref="ReservePriority"/> and above may use (RPC:Q7). Needs a survey.</summary>
    public ulong ReserveBytes { get; init; }

    /// <summary>Records of grants that only those may use.</summary>
    public int ReserveGrants { get; init; }

    /// <summary>From which priority on.</summary>
    public int ReservePriority { get; init; }

    /// <summary>log2 of how many requests the audit ring remembers.</summary>
    public int AuditBits { get; init; } = 8;

    /// <summary>True when the word is one of the set. It tells protocols apart and is no security feature (RPC:T11).</summary>
    public bool IsMagic(ulong word)
    {
        foreach (ulong magic in Magics)
        {
            if (word == magic) return true;
        }
        return false;
    }
}
