// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves sel4rpc: one request in the message registers becomes exactly one reply in the same registers (RPC:R1).</summary>
/// <remarks>
/// The caller owns the receive loop and has classified the message by its badge first (RPC:R2a, RPC:D22): what comes here is
/// from a client, never a fault or a notification. The server makes no kernel call, never blocks, never prints and allocates
/// nothing while it serves (RPC:R5). One server belongs to one thread.
/// </remarks>
public sealed class RpcServer
{
    /// <summary>The protocol version that this server speaks (RPC:N4).</summary>
    public const uint Version = 2;

    /// <summary>The features that need nothing but a provider. A feature gets its bit in the commit that builds it.</summary>
    public const Feature Features = Feature.Release | Feature.Query | Feature.Range | Feature.Quota | Feature.Hints | Feature.Detail
        | Feature.DirectPlacement | Feature.SharedGrants;

    private const int ExpiriesAtATime = 64;

    // Reused for every request: decoding and selecting clear what counts, field by field.
    internal RpcMessage Request;
    internal RpcMessage Reply;
    internal GrantWishes Wishes;

    /// <summary>The answer is empty, and whoever asked may wait for it to be something else.</summary>
    internal bool HasNothingYet;

    private readonly byte[] _name;
    private Feature _offered;
    private ShortText _explanation;
    private ulong _nextLeaseEnd = ulong.MaxValue;
    private bool _hasFreed;

    /// <summary>Makes a server that keeps its grants in a table and gets them from a provider.</summary>
    public RpcServer(IResourceProvider provider, GrantTable grants, RpcServerOptions options)
    {
        Provider = provider;
        Grants = grants;
        Options = options;
        Audit = new AuditRing(options.AuditBits);
        Waiting = new WaitingRequests(this, options.MaxWaiting);
        _offered = options.Features;
        if (options.HasClock) UseClock();
        _name = new byte[options.Name.Length];
        for (int i = 0; i < _name.Length; i++) _name[i] = options.Name[i] < 0x80 ? (byte)options.Name[i] : (byte)'?';
    }

    /// <summary>All grants.</summary>
    public GrantTable Grants { get; }

    /// <summary>What was asked and how it ended.</summary>
    public RpcStatistics Statistics { get; } = new();

    /// <summary>The last requests, one by one (RPC:R19).</summary>
    public AuditRing Audit { get; }

    /// <summary>Milliseconds of the clock that <see cref="Tick"/> was given last.</summary>
    public ulong NowMs { get; private set; }

    /// <summary>True when there is a clock.</summary>
    public bool HasClock { get; private set; }

    /// <summary>How many requests wait for their answer.</summary>
    public int WaitingCount => Waiting.Count;

    /// <summary>When <see cref="Tick"/> has something to do next, in milliseconds; the largest number for never.</summary>
    public ulong NextDeadlineMs => Math.Min(_nextLeaseEnd, Waiting.NextDeadline);

    /// <summary>How many leases have ended.</summary>
    public ulong ExpiredLeases { get; private set; }

    internal IResourceProvider Provider { get; }

    internal RpcServerOptions Options { get; }

    internal IReplyKeeper? ReplyKeeper => Options.ReplyKeeper;

    internal WaitingRequests Waiting { get; }

    /// <summary>The capability to send with the reply being made.</summary>
    internal CapabilityPointer Attached { get; set; }

    /// <summary>
    /// What a child is told at spawn in its auxiliary vector (RpcFeatures, type 1003), so that it need not ask: the version in
    /// bits 0 to 7, the features above (RPC:N4).
    /// </summary>
    /// <param name="features">Those of its session.</param>
    public static ulong EnvironmentOf(Feature features) => Version | (ulong)features << 8;

    /// <summary>The features that this server has for a client: placement needs a grant window.</summary>
    public Feature OfferedTo(Session session) =>
        session.Space.CNode.IsNull ? _offered & ~Feature.DirectPlacement : _offered;

    /// <summary>Serves one request.</summary>
    /// <param name="session">Whom the badge stands for.</param>
    /// <param name="info">The header of the message as it was received.</param>
    /// <param name="words">The 120 message registers: the request going in, the reply coming out.</param>
    public RpcReply Serve(Session session, MessageInfo info, Span<ulong> words)
    {
        Attached = CapabilityPointer.Null;
        Refusal refusal = Receive(info, words);
        if (refusal.IsNone)
        {
            BeginReply();
            refusal = Answer(session);
            if ((!refusal.IsNone || HasNothingYet) && MustWait(session, refusal))
            {
                Waiting.Notify();
                return new RpcReply(default, CapabilityPointer.Null, isLater: true);
            }
        }
        else
        {
            Request.Clear();
            Reply.Clear();
        }
        if (_hasFreed) LetOthersTry();
        return EndReply(session, refusal, words);
    }

    /// <summary>Takes back grants of an owner that is gone (RPC:R20), at most so many, and returns how many are left.</summary>
    /// <remarks>
    /// Call it until it returns 0; in between the server can serve others. Whoever waited for what comes free is answered, so the
    /// message registers must not hold anything that is still needed.
    /// </remarks>
    public int Reclaim(Session session, int limit)
    {
        session.Close();
        Waiting.Drop(session);
        ReleaseAll(session, limit, ReleaseFlag.None);
        Retry();
        return session.GrantCount;
    }

    /// <summary>Tells what time it is: leases and waits end (RPC:R21, RPC:R17). Not while a request is being served.</summary>
    /// <remarks>
    /// At most 64 leases end in one call; <see cref="NextDeadlineMs"/> is then in the past. Answers use the message registers.
    /// </remarks>
    public void Tick(ulong nowMs)
    {
        SetTime(nowMs);
        for (int limit = ExpiriesAtATime; _nextLeaseEnd <= NowMs; limit--)
        {
            int index = Grants.FirstToExpire();
            _nextLeaseEnd = index == GrantTable.None ? ulong.MaxValue : Grants[index].LeaseEnd;
            if (_nextLeaseEnd > NowMs || limit == 0) break;
            Expire(index);
        }
        Retry();
        Waiting.Expire(NowMs);
    }

    /// <summary>Tells what time it is before a request is served, without anything coming to its end.</summary>
    public void SetTime(ulong nowMs)
    {
        if (nowMs > NowMs) NowMs = nowMs;
    }

    /// <summary>Takes a grant back from whoever holds it, because a policy says so. False when there is no such grant.</summary>
    /// <remarks>Whoever waits for what comes free is answered by the next <see cref="Retry"/>.</remarks>
    public bool Withdraw(ulong cookie)
    {
        if (Grants.Find(cookie, out int index) != Reason.None) return false;
        Release(index, ReleaseFlag.None);
        return true;
    }

    /// <summary>Says that <see cref="Tick"/> will be called from now on: leases and waiting become possible.</summary>
    public void UseClock()
    {
        HasClock = true;
        _offered |= Feature.Lease;
        if (ReplyKeeper is not null) _offered |= Feature.Waiting;
    }

    /// <summary>Lets waiting requests try again: something came free outside of any request.</summary>
    public void Retry()
    {
        _hasFreed = false;
        Waiting.Retry();
    }

    /// <summary>A sentence that goes with the refusal which a provider or policy is about to return.</summary>
    public void Explain(ReadOnlySpan<byte> sentence) => _explanation.Set(sentence);

    internal bool Offers(Feature feature) => (_offered & feature) == feature;

    /// <summary>Clears the reply but for what every reply has in common with its request.</summary>
    internal void BeginReply()
    {
        Attached = CapabilityPointer.Null;
        Reply.Clear();
        Reply.RequestId = Request.RequestId;
        _explanation.Clear();
        HasNothingYet = false;
    }

    /// <summary>Writes the refusal, if it is one, into the reply, the reply into the registers, and both into the books.</summary>
    internal RpcReply EndReply(Session session, Refusal refusal, Span<ulong> words)
    {
        if (!refusal.IsNone)
        {
            Attached = CapabilityPointer.Null;
            refusal.WriteTo(ref Reply, in _explanation);
        }
        Statistics.Count(Request.Case, refusal.Reason);
        ref AuditRecord record = ref Audit.Next();
        record.TimeMs = NowMs;
        record.Owner = session.OwnerId;
        record.Member = Request.Case;
        record.Code = refusal.Code;
        record.Reason = refusal.Reason;
        record.Cookie = (uint)Reply.Ret.Cookie;
        AuditRing.Describe(in Request, ref record);
        WireStatus status = Framing.EncodeReply(in Reply, words, out int wordCount);
        Require.That(status == WireStatus.Ok);  // RPC:D14: sizes are bounded where replies are made
        return new RpcReply(new MessageInfo(0, 0, Attached.IsNull ? 0 : 1, wordCount), Attached);
    }

    /// <summary>Serves the member of the request and its hints.</summary>
    internal Refusal ServeMember(Session session)
    {
        Refusal refusal = GrantWishes.Read(this, session, out Wishes);
        return refusal.IsNone || IsReturn ? Dispatch(session) : refusal;
    }

    /// <summary>Something came free or a limit was raised: those who wait may try again.</summary>
    internal void NoteFreed() => _hasFreed = true;

    /// <summary>A lease was given: <see cref="Tick"/> has to look at it in time.</summary>
    internal void NoteLease(ulong end)
    {
        if (end != 0 && end < _nextLeaseEnd) _nextLeaseEnd = end;
    }

    /// <summary>So many milliseconds from now, or the end of time.</summary>
    internal ulong TimeAfter(ulong durationMs) => durationMs > ulong.MaxValue - 1 - NowMs ? ulong.MaxValue - 1 : NowMs + durationMs;

    /// <summary>How long it is until then; at least 1, because 0 says that there is no lease.</summary>
    internal ulong TimeUntil(ulong end) => end > NowMs ? end - NowMs : 1;

    /// <summary>RPC:Q7: what is kept for those of high priority is not there for others.</summary>
    internal Refusal CheckReserve(Session session, ulong ramBytes)
    {
        if (session.Priority >= Options.ReservePriority) return Refusal.None;
        if (Grants.FreeCount <= Options.ReserveGrants) return Refusal.Because(Reason.BookkeepingExhausted);
        if (Options.ReserveBytes == 0 || ramBytes == 0 || Options.Survey is null) return Refusal.None;
        ulong free = Options.Survey.FreeBytes(MemorySource.Ram);
        ulong room = free > Options.ReserveBytes ? free - Options.ReserveBytes : 0;
        return ramBytes <= room ? Refusal.None : Refusal.NotEnough(Reason.OutOfMemory, room);
    }

    /// <summary>Takes back at most so many grants of an owner. CNodes come last: what lies in them refers to other grants.</summary>
    internal void ReleaseAll(Session session, int limit, ReleaseFlag flags)
    {
        limit = ReleaseAll(session, limit, flags, isCNode: false);
        ReleaseAll(session, limit, flags, isCNode: true);
    }

    /// <summary>Ends the lease of a grant, and with it the grant.</summary>
    internal void Expire(int index)
    {
        ExpiredLeases++;
        Release(index, ReleaseFlag.None, isExpired: true);
    }

    /// <summary>Takes one live grant back: from everybody, or, of what others hold as well, from this owner's books (RPC:R15).</summary>
    internal void Release(int index, ReleaseFlag flags, bool isExpired = false)
    {
        ref GrantRecord grant = ref Grants[index];
        QuotaCharge charge = QuotaCharge.Of(in grant);
        if (!grant.IsShared || Grants.IsOnlyHolder(index)) Provider.Release(ref grant, flags);
        else Provider.Left(in grant);
        grant.Owner!.Quotas.GiveBack(in charge);
        Grants.Retire(index, isExpired);
        _hasFreed = true;
    }

    /// <summary>Finds a grant that the caller may return or ask about (RPC:R7).</summary>
    /// <param name="argument">Field number of the cookie.</param>
    internal Refusal Find(Session session, ulong cookie, uint argument, out int index)
    {
        Reason reason = Grants.Find(cookie, out index);
        if (reason != Reason.None) return Refusal.Because(reason, argument);
        return Grants[index].Owner!.IsManagedBy(session) ? Refusal.None : Refusal.Because(Reason.NotOwner, argument);
    }

    /// <summary>RPC:R2 (b) to (d): label, length and capabilities, then the magic word, then the stream.</summary>
    private Refusal Receive(MessageInfo info, Span<ulong> words)
    {
        if (info.Label != 0 || info.ExtraCaps != 0) return Refusal.Because(Reason.Malformed);
        if (info.Length < 2) return Refusal.TooShort;
        if (!Options.IsMagic(words[0])) return Refusal.Because(Reason.Malformed);
        return Framing.DecodeRequest(words, info.Length, ref Request) switch
        {
            WireStatus.Ok => Refusal.None,
            WireStatus.NeedMoreData => Refusal.TooShort,
            _ => Refusal.Because(Reason.Malformed),
        };
    }

    /// <summary>True for requests that only give back; hints say nothing to them.</summary>
    private bool IsReturn => Request.Case == RpcMessageCase.Release
        || (Request.Case == RpcMessageCase.Memory && Request.Memory.Action == MemoryAction.Free);

    private Refusal Answer(Session session)
    {
        if (!session.IsOpen) return Refusal.Because(Reason.NoRight);
        if (Request.HasHello)
        {
            AddInfo(session);
            if (IsProbe())
            {
                Reply.SelectRet();
                return Refusal.None;
            }
        }
        // Giving back is never refused for its frequency.
        if (HasClock && !IsReturn && !session.Quotas.TryCountRequest(NowMs)) return Refusal.Because(Reason.RateLimited);
        return ServeMember(session);
    }

    private Refusal Dispatch(Session session) => Request.Case switch
    {
        RpcMessageCase.Memory => MemoryService.Serve(this, session),
        RpcMessageCase.Irq => IrqService.Serve(this, session),
        RpcMessageCase.IoPort => IoPortService.Serve(this, session),
        RpcMessageCase.Release when Offers(Feature.Release) => ReleaseService.Serve(this, session),
        RpcMessageCase.Query when Offers(Feature.Query) => QueryService.Serve(this, session),
        RpcMessageCase.Range when Offers(Feature.Range) => RangeService.Serve(this, session),
        RpcMessageCase.Quota when Offers(Feature.Quota) => QuotaService.Serve(this, session),
        RpcMessageCase.Lease when Offers(Feature.Lease) => LeaseService.Serve(this, session),
        // None and Ret are no requests (RPC:D3).
        _ => Refusal.Because(Reason.Unsupported),
    };

    /// <summary>RPC:N2: hello with a memory request that asks for nothing is the probe, and costs nothing.</summary>
    private bool IsProbe()
    {
        ref MemoryAllocMessage memory = ref Request.Memory;
        return Request.Case == RpcMessageCase.Memory
            && (memory.Address | memory.SizeBits | memory.Type | (ulong)memory.Action) == 0;
    }

    private void AddInfo(Session session)
    {
        session.Features = (Feature)Request.Hello.Features & OfferedTo(session);
        Reply.SelectInfo();
        ref InfoMessage info = ref Reply.Info;
        info.Version = Math.Min(Version, Request.Hello.Version);
        info.Features = (ulong)session.Features;
        info.WordBits = AbiConstants.WordBits;
        info.MaxBytes = Framing.MaxBytes;
        info.Owner = session.OwnerId;
        info.ConfigHash = Options.ConfigurationHash;
        info.Name.Set(_name);
    }

    /// <summary>True when the answer comes later; an owner that is to end for exceeding its quota is reported here as well.</summary>
    private bool MustWait(Session session, Refusal refusal)
    {
        if (HasNothingYet) return Waiting.TryKeep(session, refusal);
        if (refusal.Code != ErrorCode.NotEnoughMemory) return false;
        if (refusal.Reason == Reason.QuotaExceeded && session.OnQuotaExceeded == QuotaAction.Kill)
        {
            Options.QuotaObserver?.Kill(session, refusal.QuotaKind);
            return false;
        }
        return Waiting.TryKeep(session, refusal);
    }

    /// <summary>Others may have what has just come free before this request is answered; what it is about stays as it was.</summary>
    private void LetOthersTry()
    {
        _hasFreed = false;
        if (Waiting.Count == 0) return;
        ShortText explanation = _explanation;
        Retry();
        _explanation = explanation;
    }

    private int ReleaseAll(Session session, int limit, ReleaseFlag flags, bool isCNode)
    {
        for (int index = session.FirstGrant; index != GrantTable.None && limit > 0;)
        {
            ref GrantRecord record = ref Grants[index];
            int next = record.Next;
            if (isCNode == (record.Kind == GrantKind.Memory && record.Type == ObjectType.CNode))
            {
                Release(index, flags);
                limit--;
            }
            index = next;
        }
        return limit;
    }
}
