// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>Adds everything up from the grants that there are, and compares it with what the server and the world say.</summary>
public sealed class RpcAccounts(RpcGame game)
{
    private const int Kinds = Quotas.KindCount + 1;
    private readonly RpcGame _game = game;
    private readonly ulong[] _used = new ulong[RpcGame.ActorCount * Kinds];
    private readonly ulong[] _limits = new ulong[RpcGame.ActorCount * Kinds];
    private readonly HashSet<ulong> _holdings = [];
    private readonly ulong[,] _sums = new ulong[RpcGame.ActorCount, Kinds];

    /// <summary>What is handed out, in numbers of which each grant moves several; references are those of all grants.</summary>
    public (ulong, int, int, int, int, int, int) Totals()
    {
        (ulong bytes, int objects, int vectors, int ranges) = _game.World.Totals;
        GrantTable grants = _game.Server.Grants;
        int references = 0;
        foreach (RpcActor actor in _game.Actors)
        {
            for (int index = actor.Session.FirstGrant; index != GrantTable.None; index = grants[index].Next)
                references += grants[index].ReferenceCount;
        }
        return (bytes, objects, vectors + ranges, references, _game.World.HoldingCount, grants.LiveCount, grants.FreeCount);
    }

    /// <summary>Notes the limits of a client and of everybody above it.</summary>
    public void NoteLimits(RpcActor actor)
    {
        int place = 0;
        for (RpcActor? level = actor; level is not null; level = level.Parent)
        {
            for (int kind = 1; kind < Kinds; kind++) _limits[place++] = level.Session.Quotas.Limit((QuotaKind)kind);
        }
    }

    /// <summary>Nobody raises a limit that is its own or above it.</summary>
    public void CheckLimits(RpcActor actor)
    {
        int place = 0;
        for (RpcActor? level = actor; level is not null; level = level.Parent)
        {
            for (int kind = 1; kind < Kinds; kind++)
            {
                bool isLower = level.Session.Quotas.Limit((QuotaKind)kind) <= _limits[place++];
                RpcFuzzException.Require(isLower, "somebody raised a limit of its own");
            }
        }
    }

    /// <summary>Notes what every quota has in use.</summary>
    public void Note()
    {
        int place = 0;
        foreach (RpcActor actor in _game.Actors)
        {
            for (int kind = 1; kind < Kinds; kind++) _used[place++] = actor.Session.Quotas.Used((QuotaKind)kind);
        }
    }

    /// <summary>Nobody has more in use than was noted, unless it is within the limit; nobody anything else, after a refusal.</summary>
    public void CheckUse(bool mayChange)
    {
        int place = 0;
        foreach (RpcActor actor in _game.Actors)
        {
            for (int kind = 1; kind < Kinds; kind++, place++)
            {
                ulong used = actor.Session.Quotas.Used((QuotaKind)kind);
                if (used == _used[place] || kind == (int)QuotaKind.RequestRate) continue;
                RpcFuzzException.Require(mayChange, "a refusal changed what is in use");
                bool isWithin = used < _used[place] || used <= actor.Session.Quotas.Limit((QuotaKind)kind);
                RpcFuzzException.Require(isWithin, "more in use than the limit allows");
            }
        }
    }

    /// <summary>Every number again from the grants themselves.</summary>
    public void CheckAll()
    {
        GrantTable grants = _game.Server.Grants;
        _holdings.Clear();
        Array.Clear(_sums);
        int live = 0;
        int waiting = 0;
        ulong bytes = 0;
        foreach (RpcActor actor in _game.Actors)
        {
            int count = 0;
            for (int index = actor.Session.FirstGrant; index != GrantTable.None; index = grants[index].Next)
            {
                ref GrantRecord grant = ref grants[index];
                RpcFuzzException.Require(grant.Owner == actor.Session, "a grant in somebody else's list");
                RpcFuzzException.Require(grant.ReferenceCount > 0, "a grant that nobody counts");
                QuotaCharge charge = QuotaCharge.Of(in grant);
                Add(actor.Index, in charge);
                bool isFirst = _holdings.Add(grant.ProviderWord0);  // what is shared is handed out once
                if (isFirst && IsMemory(grant.Kind)) bytes += (ulong)grant.Count << grant.ObjectBits;
                count++;
            }
            RpcFuzzException.Require(count == actor.Session.GrantCount, "a wrong number of grants");
            live += count;
            waiting += actor.Session.WaitingCount;
        }
        RpcFuzzException.Require(live == grants.LiveCount, "a grant of nobody");
        RpcFuzzException.Require(live + grants.FreeCount == grants.Capacity, "a record is lost");
        RpcFuzzException.Require(_holdings.Count == _game.World.HoldingCount, "something is handed out without a grant, or the reverse");
        RpcFuzzException.Require(bytes == _game.World.Totals.Bytes, "bytes are handed out without a grant, or the reverse");
        RpcFuzzException.Require(waiting == _game.Server.WaitingCount && waiting == _game.Replies.KeptCount, "a request waits for ever");
        CheckQuotas();
    }

    private static bool IsMemory(GrantKind kind) => kind is GrantKind.Memory or GrantKind.Batch;

    private void Add(int actor, in QuotaCharge charge)
    {
        _sums[actor, (int)QuotaKind.RamBytes] += charge.RamBytes;
        _sums[actor, (int)QuotaKind.DeviceBytes] += charge.DeviceBytes;
        _sums[actor, (int)QuotaKind.Grants]++;
        _sums[actor, (int)QuotaKind.Slots] += charge.Slots;
        _sums[actor, (int)QuotaKind.ServerBytes] += charge.ServerBytes;
        if (charge.Line != QuotaKind.None) _sums[actor, (int)charge.Line]++;
    }

    /// <summary>Children have higher numbers than their parents, so the sums go up from the last one.</summary>
    private void CheckQuotas()
    {
        for (int index = RpcGame.ActorCount - 1; index >= 0; index--)
        {
            RpcActor actor = _game.Actors[index];
            Quotas quotas = actor.Session.Quotas;
            for (int kind = 1; kind < Kinds; kind++)
            {
                if (kind == (int)QuotaKind.RequestRate) continue;
                ulong limit = quotas.Limit((QuotaKind)kind);
                RpcFuzzException.Require(quotas.Used((QuotaKind)kind) == _sums[index, kind], "a quota does not add up");
                RpcFuzzException.Require(quotas.Peak((QuotaKind)kind) >= _sums[index, kind], "a peak below the use");
                if (actor.Parent is null) continue;
                bool isSetAside = quotas.Backing == QuotaBacking.Reserved && limit != Quotas.Unlimited;
                _sums[actor.Parent.Index, kind] += isSetAside ? Math.Max(limit, _sums[index, kind]) : _sums[index, kind];
            }
        }
    }
}
