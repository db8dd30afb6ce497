// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>Rights to reply that were kept, each for one answer, and the registers in which answers come.</summary>
public sealed class FuzzReplies(ResourceWorld world) : IReplyKeeper, IQuotaObserver
{
    private readonly ResourceWorld _world = world;
    private readonly ulong[] _words = new ulong[Framing.MaxWords];
    private readonly Dictionary<ulong, (RpcActor Actor, ulong RequestId)> _kept = [];
    private ulong _next = 1;
    private RpcMessage _answer;

    /// <summary>Who is being served, with the number that its request carries.</summary>
    public (RpcActor Actor, ulong RequestId) Caller { get; set; }

    public int KeptCount => _kept.Count;

    public long Answers { get; private set; }

    public long Dropped { get; private set; }

    /// <summary>Whether the request being served has had its right to reply taken.</summary>
    public bool WasKept { get; set; }

    public Span<ulong> Words => _words;

    /// <summary>Every seventh time there is no slot for it.</summary>
    public bool TryKeep(out CapabilityPointer reply)
    {
        RpcFuzzException.Require(!WasKept, "one right to reply was kept twice");
        reply = new CapabilityPointer(_next++);
        if (reply.Value % 7 == 0) return false;
        _kept.Add(reply.Value, Caller);
        return WasKept = true;
    }

    public void Answer(CapabilityPointer reply, RpcReply answer)
    {
        RpcFuzzException.Require(_kept.Remove(reply.Value, out var caller), "an answer to nobody, or the second one");
        RpcFuzzException.Require(caller.Actor.State == RpcActorState.Open, "an answer to somebody who is dead");
        CheckReply(answer, _words, _world, ref _answer);
        RpcFuzzException.Require(_answer.RequestId == caller.RequestId, "an answer with somebody else's number");
        if (_answer.Ret.Cookie != 0) caller.Actor.Cookies.Add((uint)_answer.Ret.Cookie);
        Array.Fill(_words, 0xdeadbeefdeadbeef);
        Answers++;
    }

    public void Drop(CapabilityPointer reply)
    {
        RpcFuzzException.Require(_kept.Remove(reply.Value, out var caller), "dropped a right that was not kept");
        RpcFuzzException.Require(caller.Actor.State == RpcActorState.Ending, "dropped the request of somebody who lives");
        Dropped++;
    }

    public void AskParent(Session owner, QuotaKind kind) => RpcFuzzException.Require(owner.IsOpen, "a dead owner asks");

    public void Kill(Session owner, QuotaKind kind) => RpcFuzzException.Require(owner.IsOpen, "a dead owner is to be ended");

    /// <summary>What holds for every reply, whoever gets it.</summary>
    public static void CheckReply(RpcReply reply, ReadOnlySpan<ulong> words, ResourceWorld world, ref RpcMessage message)
    {
        RpcFuzzException.Require(!reply.IsLater && reply.Info.Label == 0, "a reply with a label");
        RpcFuzzException.Require(reply.Info.Length is >= 1 and <= Framing.MaxWords, "a reply of no or of too many words");
        WireStatus status = Framing.DecodeReply(words, reply.Info.Length, ref message);
        RpcFuzzException.Require(status == WireStatus.Ok, "a reply that does not decode");
        RpcFuzzException.Require(message.Case == RpcMessageCase.Ret, "a reply without ret");
        bool hasCapability = reply.Info.ExtraCaps == 1;
        RpcFuzzException.Require(hasCapability != reply.Attached.IsNull, "a capability without being announced, or the reverse");
        if (hasCapability) RpcFuzzException.Require(world.Exists(reply.Attached), "a capability to what does not exist");
        if (message.Ret.ErrorCode != 0) RpcFuzzException.Require(!hasCapability && message.Ret.Cookie == 0, "a refusal with a gift");
        bool matches = message.Ret.ErrorCode == (uint)RpcErrors.CodeOf((Reason)message.Ret.Detail)
            || (message.Ret.ErrorCode == (uint)ErrorCode.TruncatedMessage && message.Ret.Detail == (uint)Reason.Malformed);
        RpcFuzzException.Require(matches, "an error number that does not go with its reason");
        int bytes = message.ByteCount();
        bytes += Varint.ByteCount((ulong)bytes);
        RpcFuzzException.Require(reply.Info.Length == (bytes + 7) / 8, "a reply longer than it has to be");
        int used = bytes % 8;
        ulong padding = used == 0 ? 0 : words[reply.Info.Length - 1] >> (8 * used);
        RpcFuzzException.Require(padding == 0, "something of an earlier message behind a reply");
    }
}
