// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Requests whose answer comes later (RPC:R17): when something was given back, when a limit was raised, or in the end.</summary>
/// <remarks>
/// Their number is bounded, in all and for each owner. They are tried again in order of priority and age after every request that
/// freed something; each gets exactly one answer, unless its caller is gone (RPC:R1). Trying again uses the server's messages,
/// so the one being answered at that time is put aside meanwhile.
/// </remarks>
internal sealed class WaitingRequests
{
    private struct Entry
    {
        public Session? Session;  // null while the entry is free
        public CapabilityPointer Reply;
        public ulong Serial;
        public ulong Deadline;
        public ulong Attempt;
        public ulong Missing;
        public Refusal Refusal;
        public ulong RequestId;
        public bool HasInfo;
        public InfoMessage Info;
        public RpcMessageCase Case;
        public MemoryAllocMessage Memory;
        public IrqAllocMessage Irq;
        public IoPortMessage IoPort;
        public RangeMessage Range;
        public QueryMessage Query;
        public bool HasHints;
        public HintsMessage Hints;
    }

    private readonly RpcServer _server;
    private readonly Entry[] _entries;
    private ulong _lastSerial;
    private ulong _attempt;
    private RpcMessage _request;
    private RpcMessage _reply;

    internal WaitingRequests(RpcServer server, int capacity)
    {
        _server = server;
        _entries = new Entry[capacity];
    }

    /// <summary>How many wait.</summary>
    internal int Count { get; private set; }

    /// <summary>How much more the quota would have to be for the request that was refused last.</summary>
    internal ulong Missing { get; set; }

    /// <summary>When the first of them has waited long enough; the largest number when none waits.</summary>
    internal ulong NextDeadline
    {
        get
        {
            ulong next = ulong.MaxValue;
            if (Count == 0) return next;
            foreach (ref Entry entry in _entries.AsSpan())
            {
                if (IsAlive(in entry) && entry.Deadline < next) next = entry.Deadline;
            }
            return next;
        }
    }

    /// <summary>Lets a refused request wait when it may, its owner has not too many of them, and there is room.</summary>
    internal bool TryKeep(Session session, Refusal refusal)
    {
        IReplyKeeper? keeper = _server.ReplyKeeper;
        if (keeper is null || !_server.Offers(Feature.Waiting)) return false;
        if (!_server.HasNothingYet && !MayWait(session, refusal)) return false;
        if (Count == _entries.Length || session.WaitingCount >= _server.Options.MaxWaitingPerOwner) return false;
        int free = 0;
        while (_entries[free].Session is not null) free++;
        if (!keeper.TryKeep(out CapabilityPointer reply)) return false;
        ref Entry entry = ref _entries[free];
        ref RpcMessage request = ref _server.Request;
        ulong wanted = request.HasHints && request.Hints.WaitMs != 0 ? request.Hints.WaitMs : _server.Options.MaxWaitMs;
        entry.Session = session;
        entry.Reply = reply;
        entry.Serial = ++_lastSerial;
        entry.Deadline = _server.TimeAfter(Math.Min(wanted, _server.Options.MaxWaitMs));
        entry.Refusal = refusal;
        entry.Missing = Missing;
        entry.Attempt = _attempt;
        entry.RequestId = request.RequestId;
        entry.HasInfo = _server.Reply.HasInfo;
        entry.Info = _server.Reply.Info;
        entry.Case = request.Case;
        entry.Memory = request.Memory;
        entry.Irq = request.Irq;
        entry.IoPort = request.IoPort;
        entry.Range = request.Range;
        entry.Query = request.Query;
        entry.HasHints = request.HasHints;
        entry.Hints = request.Hints;
        Count++;
        session.WaitingCount++;
        if (refusal.Reason == Reason.QuotaExceeded && session.OnQuotaExceeded == QuotaAction.AskParent)
        {
            _server.Options.QuotaObserver?.AskParent(session, refusal.QuotaKind);
        }
        return true;
    }

    /// <summary>Tries all again, those of high priority first, and answers those that are through.</summary>
    internal void Retry()
    {
        if (Count == 0) return;
        _request = _server.Request;
        _reply = _server.Reply;
        GrantWishes wishes = _server.Wishes;
        CapabilityPointer attached = _server.Attached;
        _attempt++;
        for (int index = NextToTry(); index >= 0; index = NextToTry()) Retry(ref _entries[index]);
        _server.Request = _request;
        _server.Reply = _reply;
        _server.Wishes = wishes;
        _server.Attached = attached;
    }

    /// <summary>Tells those who wait for others to wait. The request that has just been kept is complete: nothing of it is lost.</summary>
    internal void Notify()
    {
        if (Count < 2) return;  // the one that was just kept
        _attempt++;
        for (int index = 0; index < _entries.Length; index++)
        {
            if (IsAlive(in _entries[index]) && _entries[index].Case == RpcMessageCase.Query) Retry(ref _entries[index]);
        }
    }

    /// <summary>Answers those that have waited long enough with the reason of their wait and that it is over.</summary>
    internal void Expire(ulong nowMs)
    {
        if (Count == 0) return;
        for (int index = 0; index < _entries.Length; index++)
        {
            if (!IsAlive(in _entries[index]) || _entries[index].Deadline > nowMs) continue;
            Prepare(ref _entries[index]);
            Answer(ref _entries[index], Refusal.Because(Reason.WaitTimedOut));
        }
    }

    /// <summary>Drops those of an owner that is gone: nobody is there to be answered.</summary>
    internal void Drop(Session session)
    {
        for (int index = 0; session.WaitingCount != 0; index++)
        {
            if (_entries[index].Session != session) continue;
            _server.ReplyKeeper!.Drop(_entries[index].Reply);
            Free(ref _entries[index]);
        }
    }

    /// <summary>
    /// The one that waits next after a serial number, if a session may see it; its serial number and what it waits for, or 0.
    /// </summary>
    internal ulong Find(Session viewer, ulong after, ref RecordMessage record)
    {
        int found = -1;
        for (int index = 0; index < _entries.Length; index++)
        {
            Session? session = _entries[index].Session;
            if (!IsAlive(in _entries[index]) || _entries[index].Case == RpcMessageCase.Query) continue;
            if (_entries[index].Serial <= after || !session!.IsManagedBy(viewer)) continue;
            if (found < 0 || _entries[index].Serial < _entries[found].Serial) found = index;
        }
        if (found < 0) return 0;
        ref Entry entry = ref _entries[found];
        record.Kind = (uint)entry.Refusal.QuotaKind;
        record.Length = entry.Missing;
        record.Owner = entry.Session!.OwnerId;
        if (entry.HasHints) record.Label = entry.Hints.Label;
        return entry.Serial;
    }

    /// <summary>Only what asks for a resource waits for one: who hands on more of a limit than there is learns it at once.</summary>
    private bool MayWait(Session session, Refusal refusal)
    {
        bool isGranting = _server.Request.Case
            is RpcMessageCase.Memory or RpcMessageCase.Irq or RpcMessageCase.IoPort or RpcMessageCase.Range;
        if (!isGranting) return false;
        if (refusal.Reason == Reason.QuotaExceeded)
        {
            return _server.Wishes.MayWait || session.OnQuotaExceeded is QuotaAction.Wait or QuotaAction.AskParent;
        }
        return _server.Wishes.MayWait && refusal.Reason is Reason.OutOfMemory or Reason.Fragmented;
    }

    /// <summary>The most urgent one that was not tried yet this time.</summary>
    private int NextToTry()
    {
        int best = -1;
        for (int index = 0; index < _entries.Length; index++)
        {
            ref Entry entry = ref _entries[index];
            if (!IsAlive(in entry) || entry.Attempt == _attempt) continue;
            if (best < 0 || IsBefore(in entry, in _entries[best])) best = index;
        }
        return best;
    }

    /// <summary>Whoever is ending gets nothing any more; <see cref="Drop"/> will free the entry.</summary>
    private static bool IsAlive(in Entry entry) => entry.Session is { IsOpen: true };

    private static bool IsBefore(in Entry one, in Entry other) =>
        one.Hints.Priority != other.Hints.Priority ? one.Hints.Priority > other.Hints.Priority : one.Serial < other.Serial;

    private void Retry(ref Entry entry)
    {
        entry.Attempt = _attempt;
        Prepare(ref entry);
        Refusal refusal = _server.ServeMember(entry.Session!);
        if (_server.HasNothingYet || (!refusal.IsNone && MayWait(entry.Session!, refusal)))
        {
            entry.Refusal = refusal;
            entry.Missing = Missing;
            return;
        }
        Answer(ref entry, refusal);
    }

    private void Prepare(ref Entry entry)
    {
        ref RpcMessage request = ref _server.Request;
        request.Clear();
        request.Case = entry.Case;
        request.Memory = entry.Memory;
        request.Irq = entry.Irq;
        request.IoPort = entry.IoPort;
        request.Range = entry.Range;
        request.Query = entry.Query;
        request.HasHints = entry.HasHints;
        request.Hints = entry.Hints;
        request.RequestId = entry.RequestId;
        _server.BeginReply();
        _server.Reply.HasInfo = entry.HasInfo;
        _server.Reply.Info = entry.Info;
    }

    private void Answer(ref Entry entry, Refusal refusal)
    {
        IReplyKeeper keeper = _server.ReplyKeeper!;
        Session session = entry.Session!;
        CapabilityPointer reply = entry.Reply;
        Free(ref entry);
        keeper.Answer(reply, _server.EndReply(session, refusal, keeper.Words));
    }

    private void Free(ref Entry entry)
    {
        entry.Session!.WaitingCount--;
        entry.Session = null;
        Count--;
    }
}
