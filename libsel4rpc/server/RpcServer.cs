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

    /// <summary>The features that this server has. A feature gets its bit in the commit that builds it.</summary>
    public const Feature Features = Feature.Release | Feature.Query | Feature.Detail;

    /// <summary>
    /// What a child is told at spawn in its auxiliary vector (RpcFeatures, type 1003), so that it need not ask: the version in
    /// bits 0 to 7, the features above. Set its session's <c>Features</c> to match (RPC:N4).
    /// </summary>
    public const ulong EnvironmentValue = Version | (ulong)Features << 8;

    // Reused for every request: decoding and selecting clear what counts, field by field.
    internal RpcMessage Request;
    internal RpcMessage Reply;

    private readonly RpcServerOptions _options;
    private readonly byte[] _name;

    /// <summary>Makes a server that keeps its grants in a table and gets them from a provider.</summary>
    public RpcServer(IResourceProvider provider, GrantTable grants, RpcServerOptions options)
    {
        Provider = provider;
        Grants = grants;
        _options = options;
        _name = new byte[options.Name.Length];
        for (int i = 0; i < _name.Length; i++) _name[i] = options.Name[i] < 0x80 ? (byte)options.Name[i] : (byte)'?';
    }

    /// <summary>All grants.</summary>
    public GrantTable Grants { get; }

    /// <summary>What was asked and how it ended.</summary>
    public RpcStatistics Statistics { get; } = new();

    internal IResourceProvider Provider { get; }

    /// <summary>The capability to send with the reply being made.</summary>
    internal CapabilityPointer Attached { get; set; }

    /// <summary>Serves one request.</summary>
    /// <param name="session">Whom the badge stands for.</param>
    /// <param name="info">The header of the message as it was received.</param>
    /// <param name="words">The 120 message registers: the request going in, the reply coming out.</param>
    public RpcReply Serve(Session session, MessageInfo info, Span<ulong> words)
    {
        Attached = CapabilityPointer.Null;
        Refusal refusal = Receive(info, words);
        RpcMessageCase member = RpcMessageCase.None;
        if (refusal.IsNone)
        {
            member = Request.Case;
            Reply.Clear();
            Reply.RequestId = Request.RequestId;
            refusal = Answer(session);
        }
        else
        {
            Reply.Clear();
        }
        if (!refusal.IsNone)
        {
            Attached = CapabilityPointer.Null;
            refusal.WriteTo(ref Reply);
        }
        Statistics.Count(member, refusal.Reason);
        WireStatus status = Framing.EncodeReply(in Reply, words, out int wordCount);
        Require.That(status == WireStatus.Ok);  // RPC:D14: sizes are bounded where replies are made
        return new RpcReply(new MessageInfo(0, 0, Attached.IsNull ? 0 : 1, wordCount), Attached);
    }

    /// <summary>Takes back grants of an owner that is gone (RPC:R20), at most so many, and returns how many are left.</summary>
    /// <remarks>Call it until it returns 0; in between the server can serve others.</remarks>
    public int Reclaim(Session session, int limit)
    {
        session.Close();
        ReleaseAll(session, limit, ReleaseFlag.None);
        return session.GrantCount;
    }

    /// <summary>Takes back at most so many grants of an owner. CNodes come last: what lies in them refers to other grants.</summary>
    internal void ReleaseAll(Session session, int limit, ReleaseFlag flags)
    {
        limit = ReleaseAll(session, limit, flags, isCNode: false);
        ReleaseAll(session, limit, flags, isCNode: true);
    }

    /// <summary>Takes one live grant back.</summary>
    internal void Release(int index, ReleaseFlag flags)
    {
        Provider.Release(ref Grants[index], flags);
        Grants.Retire(index);
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
        if (!_options.IsMagic(words[0])) return Refusal.Because(Reason.Malformed);
        return Framing.DecodeRequest(words, info.Length, ref Request) switch
        {
            WireStatus.Ok => Refusal.None,
            WireStatus.NeedMoreData => Refusal.TooShort,
            _ => Refusal.Because(Reason.Malformed),
        };
    }

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
        Refusal refusal = Request.HasHints ? HintRules.Check(in Request.Hints) : Refusal.None;
        return refusal.IsNone ? Dispatch(session) : refusal;
    }

    private Refusal Dispatch(Session session) => Request.Case switch
    {
        RpcMessageCase.Memory => MemoryService.Serve(this, session),
        RpcMessageCase.Irq => IrqService.Serve(this, session),
        RpcMessageCase.IoPort => IoPortService.Serve(this, session),
        RpcMessageCase.Release => ReleaseService.Serve(this, session),
        RpcMessageCase.Query => QueryService.Serve(this, session),
        // Range, Quota and Lease have no feature bit yet; None and Ret are no requests.
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
        session.Features = (Feature)Request.Hello.Features & Features;
        Reply.SelectInfo();
        ref InfoMessage info = ref Reply.Info;
        info.Version = Math.Min(Version, Request.Hello.Version);
        info.Features = (ulong)session.Features;
        info.WordBits = AbiConstants.WordBits;
        info.MaxBytes = Framing.MaxBytes;
        info.Owner = session.OwnerId;
        info.ConfigHash = _options.ConfigurationHash;
        info.Name.Set(_name);
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
