// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>lease</c>: sets when a grant ends by itself (RPC:R21).</summary>
internal static class LeaseService
{
    private const uint CookieField = 1;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        ref LeaseMessage message = ref server.Request.Lease;
        Refusal refusal = server.Find(session, message.Cookie, CookieField, out int index);
        if (!refusal.IsNone) return refusal;
        server.Reply.SelectRet();
        if (message.DurationMs == 0)
        {
            server.Expire(index);
            return Refusal.None;
        }
        ulong end = server.TimeAfter(message.DurationMs);
        server.Grants.SetLease(index, end);
        server.NoteLease(end);
        server.Reply.Ret.LeaseMs = server.TimeUntil(end);
        return Refusal.None;
    }
}
