// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Serves <c>ioport</c>.</summary>
internal static class IoPortService
{
    private const uint StartField = 1;
    private const uint EndField = 2;

    internal static Refusal Serve(RpcServer server, Session session)
    {
        ref IoPortMessage message = ref server.Request.IoPort;
        if (message.Start > ushort.MaxValue) return Refusal.OutOfRange(StartField, 0, ushort.MaxValue);  // RPC:D15
        if (message.End > ushort.MaxValue) return Refusal.OutOfRange(EndField, 0, ushort.MaxValue);
        if (message.End < message.Start) return Refusal.Because(Reason.Malformed, EndField);
        ulong length = message.End - message.Start + 1;
        int same = server.Grants.FindPlaced(session, GrantKind.IoPorts, message.Start, length);
        if (same != GrantTable.None) return Granting.Repeat(server, session, same);
        if (server.Wishes.IsShared)
        {
            int other = server.Grants.FindShared(GrantKind.IoPorts, message.Start, length);
            if (other != GrantTable.None) return Granting.Join(server, session, other);
        }
        QuotaCharge charge = QuotaCharge.OfLine(GrantKind.IoPorts);
        Refusal refusal = Granting.Begin(server, session, GrantKind.IoPorts, in charge, out int index);
        if (!refusal.IsNone) return refusal;
        ref GrantRecord grant = ref server.Grants[index];
        grant.Start = message.Start;
        grant.Length = length;
        grant.IsPlaced = true;
        grant.IsShared = server.Wishes.IsShared;
        var request = new IoPortRequest((ushort)message.Start, (ushort)message.End);
        return Granting.Finish(server, session, index, server.Provider.AllocateIoPorts(session, in request, ref grant));
    }
}
