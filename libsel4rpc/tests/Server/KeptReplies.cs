// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Rights to reply that were kept, the answers that came through them, and what was said about quotas.</summary>
internal sealed class KeptReplies : IReplyKeeper, IQuotaObserver
{
    private readonly ulong[] _words = ServerHarness.Registers();
    private readonly HashSet<ulong> _kept = [];
    private ulong _next = 1;

    public Span<ulong> Words => _words;

    /// <summary>False: no slot is free to keep a right to reply in.</summary>
    public bool HasRoom { get; set; } = true;

    public int KeptCount => _kept.Count;

    public List<(ulong Reply, G.RpcMessage Message, CapabilityPointer Attached)> Answers { get; } = [];

    public List<ulong> Dropped { get; } = [];

    public List<(ulong Owner, QuotaKind Kind)> Asked { get; } = [];

    public List<(ulong Owner, QuotaKind Kind)> Killed { get; } = [];

    public bool TryKeep(out CapabilityPointer reply)
    {
        reply = new CapabilityPointer(HasRoom ? _next++ : 0);
        return HasRoom && _kept.Add(reply.Value);
    }

    public void Answer(CapabilityPointer reply, RpcReply answer)
    {
        Assert.True(_kept.Remove(reply.Value), "a second answer to one request");
        Assert.False(answer.IsLater);
        Answers.Add((reply.Value, ServerHarness.Decode(answer, _words), answer.Attached));
        Array.Fill(_words, 0xdeadbeefdeadbeef);
    }

    public void Drop(CapabilityPointer reply)
    {
        Assert.True(_kept.Remove(reply.Value));
        Dropped.Add(reply.Value);
    }

    public void AskParent(Session owner, QuotaKind kind) => Asked.Add((owner.OwnerId, kind));

    public void Kill(Session owner, QuotaKind kind) => Killed.Add((owner.OwnerId, kind));
}
