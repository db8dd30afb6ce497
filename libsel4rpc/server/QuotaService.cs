// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>quota</c>: reads limits, sets those of descendants, and hands on parts of one's own (RPC:Q1, RPC:Q3).</summary>
internal static class QuotaService
{
    private const uint OperationField = 1;
    private const uint SubjectField = 2;
    private const uint KindField = 3;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        ref QuotaMessage message = ref server.Request.Quota;
        if (message.Kind > Quotas.KindCount) return Refusal.Because(Reason.Malformed, KindField);
        Session? subject = message.Subject == 0 ? session : server.Provider.FindOwner(message.Subject);
        // Whether an owner exists is nobody's business who has nothing to do with it.
        if (subject is null || !(subject.IsManagedBy(session) || session.IsManagedBy(subject)))
        {
            return Refusal.Because(Reason.NoRight, SubjectField);
        }
        var kind = (QuotaKind)message.Kind;
        return (QuotaOperation)message.Op switch
        {
            QuotaOperation.Get => Get(server, session, subject, kind),
            QuotaOperation.Set => Set(server, session, subject, kind, message.Amount),
            QuotaOperation.Give => Give(server, session, subject, kind, message.Amount),
            _ => Refusal.Because(Reason.Malformed, OperationField),
        };
    }

    private static Refusal Get(RpcServer server, Session session, Session subject, QuotaKind kind)
    {
        if (!subject.IsManagedBy(session)) return Refusal.Because(Reason.NoRight, SubjectField);
        Answer(server, subject.Quotas, kind);
        return Refusal.None;
    }

    /// <summary>Nobody sets a limit of its own, and nobody that of an ancestor.</summary>
    private static Refusal Set(RpcServer server, Session session, Session subject, QuotaKind kind, ulong amount)
    {
        if (subject == session || !subject.IsManagedBy(session)) return Refusal.Because(Reason.NoRight, SubjectField);
        if (kind == QuotaKind.None) return Refusal.Because(Reason.Malformed, KindField);
        if (!subject.Quotas.TrySetLimit(kind, amount)) return Refusal.Quota(kind, subject.Parent!.Quotas.Room(kind));
        server.NoteFreed();
        Answer(server, subject.Quotas, kind);
        return Refusal.None;
    }

    private static Refusal Give(RpcServer server, Session session, Session subject, QuotaKind kind, ulong amount)
    {
        if (subject == session) return Refusal.Because(Reason.Malformed, SubjectField);
        if (kind == QuotaKind.None) return Refusal.Because(Reason.Malformed, KindField);
        Refusal refusal = session.Quotas.Give(subject.Quotas, kind, amount);
        if (!refusal.IsNone) return refusal;
        server.NoteFreed();
        Answer(server, session.Quotas, kind);
        return Refusal.None;
    }

    private static void Answer(RpcServer server, Quotas quotas, QuotaKind kind)
    {
        server.Reply.SelectRet();
        if (kind != QuotaKind.None)
        {
            Add(ref server.Reply, quotas, kind);
            return;
        }
        for (QuotaKind each = QuotaKind.RamBytes; each <= QuotaKind.ServerBytes; each++) Add(ref server.Reply, quotas, each);
    }

    private static void Add(ref RpcMessage reply, Quotas quotas, QuotaKind kind)
    {
        ref QuotaStateMessage state = ref reply.QuotaState[reply.AddQuotaState()];
        state.Kind = (uint)kind;
        state.Limit = quotas.Limit(kind);
        state.Used = quotas.Used(kind);
        state.Peak = quotas.Peak(kind);
    }
}
