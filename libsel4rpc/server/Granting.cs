// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What all granting requests have in common: the record before, the reply after, one way back (RPC:R9).</summary>
internal static class Granting
{
    /// <summary>Sets a record aside before anything is made.</summary>
    internal static Refusal Reserve(RpcServer server, GrantKind kind, out int index)
    {
        if (!server.Grants.TryReserve(out index)) return Refusal.Because(Reason.BookkeepingExhausted);
        server.Grants[index].Kind = kind;
        return Refusal.None;
    }

    /// <summary>Ends the transaction: the grant is recorded and answered, or the record goes back as if nothing had been asked.</summary>
    internal static Refusal Finish(RpcServer server, Session owner, int index, Refusal refusal)
    {
        if (!refusal.IsNone)
        {
            server.Grants.Cancel(index);
            return refusal;
        }
        server.Grants.Commit(index, owner);
        Deliver(server, index);
        return Refusal.None;
    }

    /// <summary>Answers with a grant that is recorded already: a copy of its capability goes out.</summary>
    internal static void Deliver(RpcServer server, int index)
    {
        ref GrantRecord grant = ref server.Grants[index];
        server.Attached = grant.Capability;
        ref RpcMessage reply = ref server.Reply;
        reply.SelectRet();
        reply.Ret.Cookie = grant.Cookie;
        reply.Ret.Granted = 1;
        reply.Ret.Caps = 1;
        if (grant.Kind != GrantKind.Memory) return;
        reply.Ret.Paddr = grant.Start;
        reply.Ret.SizeBits = (uint)grant.ObjectBits;
    }

    /// <summary>RPC:R15: the same owner asking again for the same place gets the same grant, counted once more.</summary>
    internal static Refusal Repeat(RpcServer server, int index)
    {
        server.Grants[index].ReferenceCount++;
        Deliver(server, index);
        return Refusal.None;
    }

    /// <summary>Takes back one count of a grant, and the grant itself with the last one.</summary>
    internal static void Return(RpcServer server, int index, ReleaseFlag flags)
    {
        ref GrantRecord grant = ref server.Grants[index];
        if (--grant.ReferenceCount == 0) server.Release(index, flags);
    }
}
