// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>What the hints of a request ask for beyond its own fields, checked.</summary>
/// <remarks>
/// Holding one proves: the server can do all of it for this client; the destination lies in the client's grant window. Policy,
/// lifetime, colour and label are wishes and are taken from the message where they are used.
/// </remarks>
internal struct GrantWishes
{
    // Field numbers of HintsMessage, for saying which one is at fault.
    private const uint FlagsField = 2;
    private const uint MinAddressField = 3;
    private const uint MaxAddressField = 4;
    private const uint LeaseField = 8;
    internal const uint DestinationField = 10;
    private const HintFlag KnownFlags = HintFlag.Shared | HintFlag.MayWait | HintFlag.DirectPlacement | HintFlag.DeviceOk;

    /// <summary>Others may hold the same place (RPC:R15).</summary>
    public bool IsShared;

    /// <summary>Device memory will do.</summary>
    public bool IsDeviceOk;

    /// <summary>The reply may come later (RPC:R17).</summary>
    public bool MayWait;

    /// <summary>The slot to place into; 0 for none.</summary>
    public ulong Destination;

    /// <summary>When the lease ends; 0 for none.</summary>
    public ulong LeaseEnd;

    /// <summary>First byte allowed.</summary>
    public ulong WindowFirst;

    /// <summary>Last byte allowed.</summary>
    public ulong WindowLast;

    /// <summary>Reads the hints of a granting request, and refuses those that change what is granted and cannot be followed.</summary>
    internal static Refusal Read(RpcServer server, Session session, out GrantWishes wishes)
    {
        wishes = default;
        wishes.WindowLast = ulong.MaxValue;
        return server.Request.HasHints ? wishes.ReadHints(server, session) : Refusal.None;
    }

    private Refusal ReadHints(RpcServer server, Session session)
    {
        ref HintsMessage hints = ref server.Request.Hints;
        if (!server.Offers(Feature.Hints)) return Refusal.Because(Reason.Unsupported);
        var flags = (HintFlag)hints.Flags;
        if ((flags & ~KnownFlags) != 0) return Refusal.Because(Reason.Unsupported, FlagsField);
        IsShared = (flags & HintFlag.Shared) != 0;
        IsDeviceOk = (flags & HintFlag.DeviceOk) != 0;
        MayWait = (flags & HintFlag.MayWait) != 0;
        if (IsShared && !server.Offers(Feature.SharedGrants)) return Refusal.Because(Reason.Unsupported, FlagsField);
        Refusal refusal = ReadDestination(server, session, (flags & HintFlag.DirectPlacement) != 0, hints.DestSlot);
        if (!refusal.IsNone) return refusal;
        refusal = ReadWindow(server.Request.Case, in hints);
        if (!refusal.IsNone || hints.LeaseMs == 0) return refusal;
        if (!server.Offers(Feature.Lease)) return Refusal.Because(Reason.Unsupported, LeaseField);
        LeaseEnd = server.TimeAfter(hints.LeaseMs);
        return Refusal.None;
    }

    private Refusal ReadDestination(RpcServer server, Session session, bool isWanted, ulong slot)
    {
        if (!isWanted) return slot == 0 ? Refusal.None : Refusal.Because(Reason.Malformed, DestinationField);
        ChildSpace space = session.Space;
        if (!server.Offers(Feature.DirectPlacement) || space.CNode.IsNull) return Refusal.Because(Reason.Unsupported, FlagsField);
        if (!space.Holds(slot, 1)) return OutsideWindow(in space);  // RPC:P2
        Destination = slot;
        return Refusal.None;
    }

    private Refusal ReadWindow(RpcMessageCase member, in HintsMessage hints)
    {
        WindowFirst = hints.MinAddr;
        if (hints.MaxAddr != 0) WindowLast = hints.MaxAddr;
        if (WindowFirst > WindowLast) return Refusal.Because(Reason.Malformed, MaxAddressField);
        if (member is RpcMessageCase.Memory or RpcMessageCase.Range) return Refusal.None;
        if (WindowFirst != 0) return Refusal.Because(Reason.Unsupported, MinAddressField);
        return WindowLast != ulong.MaxValue ? Refusal.Because(Reason.Unsupported, MaxAddressField) : Refusal.None;
    }

    /// <summary>Slots of a grant window are counted from below 2^16, as the refusal's lowest value has to be.</summary>
    internal static Refusal OutsideWindow(in ChildSpace space) =>
        Refusal.OutOfRange(DestinationField, space.FirstSlot & ushort.MaxValue, space.EndSlot - 1);
}
