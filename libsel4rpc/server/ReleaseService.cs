// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>release</c>: gives back a grant of any kind, or all that the caller holds.</summary>
internal static class ReleaseService
{
    private const uint CookieField = 1;
    private const uint FlagsField = 2;
    private const ReleaseFlag KnownFlags = ReleaseFlag.ZeroNow | ReleaseFlag.AllMine;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        ref ReleaseMessage message = ref server.Request.Release;
        var flags = (ReleaseFlag)message.Flags;
        if ((flags & ~KnownFlags) != 0) return Refusal.Because(Reason.Malformed, FlagsField);
        if ((flags & ReleaseFlag.AllMine) != 0)
        {
            server.ReleaseAll(session, int.MaxValue, flags & ReleaseFlag.ZeroNow);
        }
        else
        {
            Refusal refusal = server.Find(session, message.Cookie, CookieField, out int index);
            if (!refusal.IsNone) return refusal;
            Granting.Return(server, index, flags);
        }
        server.Reply.SelectRet();
        return Refusal.None;
    }
}
