// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>How much is looked at after each step.</summary>
public enum RpcChecks : byte
{
    /// <summary>Totals and quotas after each step, every grant after some.</summary>
    Sampled,

    /// <summary>Everything after each step.</summary>
    Every,
}

/// <summary>One server, six clients in three trees, and steps that are played one after another.</summary>
public sealed class RpcGame
{
    public const int ActorCount = 6;
    public const ulong FirstSlot = 64;
    public const ulong EndSlot = 192;
    private const int RecordCount = 256;
    private const int StepsBetweenChecks = 64;

    private readonly ulong[] _words = new ulong[Framing.MaxWords];
    private readonly RpcAccounts _accounts;
    private readonly (ulong, int, int, int, int, int, int) _beginning;
    private readonly ulong _freeRam;
    private readonly ulong _freeDevice;
    private RpcMessage _request;
    private RpcMessage _reply;
    private ulong _now = 1;
    private int _steps;

    public RpcGame()
    {
        World = new ResourceWorld { KeepsHistory = false };
        Replies = new FuzzReplies(World);
        Server = new RpcServer(World, new GrantTable(8, RecordCount), new RpcServerOptions
        {
            Survey = World, HasClock = true, ReplyKeeper = Replies, QuotaObserver = Replies, MaxWaiting = 5, MaxWaitingPerOwner = 2,
            MaxWaitMs = 400, ReserveBytes = 1 << 20, ReservePriority = 1, AuditBits = 6,
            ReserveGrants = 230,
        });
        Actors = new RpcActor[ActorCount];
        int[] parents = [-1, 0, 1, -1, 3, -1];
        for (int index = 0; index < ActorCount; index++)
        {
            Actors[index] = new RpcActor(index, parents[index] < 0 ? null : Actors[parents[index]]);
            Actors[index].Session.Close();
        }
        World.Forbidden = Actors[5].Session;
        _accounts = new RpcAccounts(this);
        _beginning = _accounts.Totals();
        (_freeRam, _freeDevice) = (World.FreeBytes(MemorySource.Ram), World.FreeBytes(MemorySource.Device));
        for (int index = 0; index < ActorCount; index++) Open(Actors[index], (ulong)index);
        _accounts.Note();
    }

    public ResourceWorld World { get; }

    public FuzzReplies Replies { get; }

    public RpcServer Server { get; }

    public RpcActor[] Actors { get; }

    public RpcChecks Checks { get; init; }

    /// <summary>The last reply, for whoever makes the next step.</summary>
    public ref readonly RpcMessage LastReply => ref _reply;

    /// <summary>Plays a step; throws when something is wrong afterwards.</summary>
    public void Play(RpcStep step)
    {
        RpcActor actor = Actors[step.Actor];
        bool mayChange = true;
        (ulong, int, int, int, int, int, int) before = _accounts.Totals();
        switch (step.Kind)
        {
            case RpcStepKind.Message:
                mayChange = Send(actor, step);
                break;
            case RpcStepKind.Kill:
                Kill(actor);
                break;
            case RpcStepKind.Reclaim:
                Reclaim(actor, (int)step.Number);
                break;
            case RpcStepKind.Open when actor.State == RpcActorState.Gone && actor.Parent?.State is null or RpcActorState.Open:
                Open(actor, step.Number);
                break;
            case RpcStepKind.Tick:
                _now += step.Number;
                Server.Tick(_now);
                break;
            case RpcStepKind.Toggle when actor.State == RpcActorState.Open:
                World.Toggle(actor.Session, FirstSlot + (step.Number % (EndSlot - FirstSlot)));
                break;
        }
        if (!mayChange) RpcFuzzException.Require(before == _accounts.Totals(), "a refusal changed what is handed out");
        // Who opens anew has limits of its own; what its parent has set aside for them is checked from the grants.
        if (step.Kind != RpcStepKind.Open) _accounts.CheckUse(mayChange);
        _accounts.Note();
        if (Checks == RpcChecks.Every || ++_steps % StepsBetweenChecks == 0) _accounts.CheckAll();
    }

    /// <summary>Everybody ends; then everything has to be as in the beginning.</summary>
    public void End()
    {
        foreach (RpcActor actor in Actors) Kill(actor);
        for (int index = ActorCount - 1; index >= 0; index--)
        {
            while (Actors[index].State != RpcActorState.Gone) Reclaim(Actors[index], 3);
        }
        _accounts.CheckAll();
        RpcFuzzException.Require(_accounts.Totals() == _beginning, "not everything came back");
        bool isFree = World.FreeBytes(MemorySource.Ram) == _freeRam && World.FreeBytes(MemorySource.Device) == _freeDevice;
        RpcFuzzException.Require(isFree, "not all memory came back");
        Server.Tick(ulong.MaxValue - 1);
        RpcFuzzException.Require(Server.NextDeadlineMs == ulong.MaxValue, "something is still to happen although nobody is left");
    }

    /// <summary>Sends a message; false when it was refused, and so nothing may have changed.</summary>
    private bool Send(RpcActor actor, RpcStep step)
    {
        Array.Fill(_words, 0xdeadbeefdeadbeef);
        _words[0] = step.Magic;
        int bytes = Math.Min(step.Bytes.Length, Framing.MaxBytes);
        step.Bytes.AsSpan(0, bytes).CopyTo(MemoryMarshal.AsBytes(_words.AsSpan(1)));
        int length = Math.Clamp(1 + ((bytes + 7) / 8) + step.LengthChange, 0, Framing.MaxWords);
        _request.Clear();
        if (Framing.DecodeRequest(_words, length, ref _request) != WireStatus.Ok) _request.Clear();
        Replies.Caller = (actor, _request.RequestId);
        Replies.WasKept = false;
        _accounts.NoteLimits(actor);
        ulong cookie = CookieOf(in _request);
        bool isForeign = IsForeign(cookie, actor);
        int references = Server.Grants.Find(cookie, out int about) == Reason.None ? Server.Grants[about].ReferenceCount : 0;
        ulong counted = Server.Statistics.Total;
        long answered = Replies.Answers;
        RpcReply reply = Server.Serve(actor.Session, new MessageInfo(step.Label, 0, step.ExtraCaps, length), _words);
        ulong expected = (ulong)(Replies.Answers - answered) + (reply.IsLater ? 0u : 1u);
        RpcFuzzException.Require(Server.Statistics.Total - counted == expected, "the number of replies is not that of answers");
        RpcFuzzException.Require(reply.IsLater == Replies.WasKept, "a reply that comes now and later, or never");
        _accounts.CheckLimits(actor);
        if (reply.IsLater) return false;
        FuzzReplies.CheckReply(reply, _words, World, ref _reply);
        bool isGranted = _reply.Ret.ErrorCode == 0;
        if (isGranted) RpcFuzzException.Require(!isForeign, "somebody dealt with a grant that it has no business with");
        if (isGranted) RpcFuzzException.Require(actor.State == RpcActorState.Open, "something was granted to the dead");
        if (isGranted || step.Label == 0) CheckNumber(in _reply, actor);
        if (isGranted) CheckReturn(cookie, references);
        var given = (uint)_reply.Ret.Cookie;
        if (isGranted && given != 0 && !actor.Cookies.Contains(given)) actor.Cookies.Add(given);
        return isGranted;
    }

    /// <summary>The grant that a request is about; 0 for none.</summary>
    private static ulong CookieOf(in RpcMessage request) => request.Case switch
    {
        RpcMessageCase.Memory when request.Memory.Action == MemoryAction.Free => request.Memory.Address,
        RpcMessageCase.Release when (request.Release.Flags & (uint)ReleaseFlag.AllMine) == 0 => request.Release.Cookie,
        RpcMessageCase.Lease => request.Lease.Cookie,
        RpcMessageCase.Query when request.Query.What is (uint)QueryWhat.Describe or (uint)QueryWhat.Redeliver => request.Query.Cookie,
        _ => 0,
    };

    /// <summary>True when a cookie is that of a living grant of somebody who is neither the client nor below it.</summary>
    private bool IsForeign(ulong cookie, RpcActor actor)
    {
        if (Server.Grants.Find(cookie, out int index) != Reason.None) return false;
        Session owner = Server.Grants[index].Owner!;
        return owner != actor.Session && !owner.IsManagedBy(actor.Session);
    }

    /// <summary>What was given back is gone with its last count, and not before.</summary>
    private void CheckReturn(ulong cookie, int references)
    {
        if (cookie == 0 || _request.Case is RpcMessageCase.Query or RpcMessageCase.Lease) return;
        bool isThere = Server.Grants.Find(cookie, out int index) == Reason.None;
        RpcFuzzException.Require(isThere == (references > 1), "a grant outlived its last return, or did not live until then");
        if (isThere) RpcFuzzException.Require(Server.Grants[index].ReferenceCount == references - 1, "a return that counts twice");
    }

    private void CheckNumber(in RpcMessage reply, RpcActor actor)
    {
        bool isEchoed = reply.RequestId == _request.RequestId || reply.Ret.Detail == (uint)Reason.Malformed;
        RpcFuzzException.Require(isEchoed, "a reply with another request's number");
        if (reply.Ret.Cookie == 0) return;
        RpcFuzzException.Require(reply.Ret.Cookie <= 0x7fffffff, "a cookie of more than 31 bits");
        RpcFuzzException.Require(Server.Grants.Find(reply.Ret.Cookie, out int index) == Reason.None, "a cookie of no grant");
        RpcFuzzException.Require(Server.Grants[index].Owner == actor.Session, "a cookie of somebody else's grant");
    }

    private void Open(RpcActor actor, ulong number)
    {
        actor.Lives++;
        actor.Cookies.Clear();
        Session session = actor.Session;
        session.Reopen((ulong)(0x1000 + actor.Index) + ((ulong)actor.Lives << 16), Feature.None);
        World.Owners[session.OwnerId] = session;
        World.Forget(session);
        session.Space = actor.Index == 5 ? default : new ChildSpace(new CapabilityPointer(session.OwnerId), 8, FirstSlot, EndSlot);
        session.IsPrivileged = actor.Index == 3;
        session.Priority = actor.Index == 0 ? 1 : 0;
        var random = new FuzzRandom(number);
        session.OnQuotaExceeded = (QuotaAction)random.Below(4);
        if (actor.Index == 4) session.Quotas.SetBacking(QuotaBacking.Reserved);
        Limit(session.Quotas, QuotaKind.RamBytes, random, 18, 27);
        Limit(session.Quotas, QuotaKind.DeviceBytes, random, 12, 23);
        Limit(session.Quotas, QuotaKind.Grants, random, 3, 8);
        Limit(session.Quotas, QuotaKind.Slots, random, 5, 11);
        Limit(session.Quotas, QuotaKind.Irqs, random, 0, 4);
        Limit(session.Quotas, QuotaKind.IoPorts, random, 0, 4);
        Limit(session.Quotas, QuotaKind.RequestRate, random, 5, 9);
        Limit(session.Quotas, QuotaKind.ServerBytes, random, 10, 16);
        actor.State = RpcActorState.Open;
    }

    private static void Limit(Quotas quotas, QuotaKind kind, FuzzRandom random, int lowBits, int highBits)
    {
        random = new FuzzRandom(FuzzRandom.Mix(random.Next(), (ulong)kind));
        if (random.OneIn(2)) return;  // none
        quotas.TrySetLimit(kind, random.Next() % (1ul << (lowBits + random.Below(highBits - lowBits))));
    }

    private void Kill(RpcActor actor)
    {
        foreach (RpcActor other in Actors)
        {
            if (other.State != RpcActorState.Open || !(other == actor || other.IsBelow(actor))) continue;
            other.State = RpcActorState.Ending;
            other.Session.Close();
        }
    }

    /// <summary>The quotas of a parent are there until its children have given everything back.</summary>
    private void Reclaim(RpcActor actor, int limit)
    {
        if (actor.State != RpcActorState.Ending) return;
        foreach (RpcActor other in Actors)
        {
            if (other.IsBelow(actor) && other.State != RpcActorState.Gone) return;
        }
        if (Server.Reclaim(actor.Session, limit) != 0) return;
        RpcFuzzException.Require(actor.Session is { GrantCount: 0, WaitingCount: 0 }, "a dead owner holds something");
        foreach (uint cookie in actor.Cookies)
        {
            RpcFuzzException.Require(Server.Grants.Find(cookie, out _) != Reason.None, "a cookie of a dead owner lives");
        }
        World.Owners.Remove(actor.Session.OwnerId);
        World.Forget(actor.Session);
        actor.Session.Quotas.Reset();
        actor.State = RpcActorState.Gone;
    }
}
