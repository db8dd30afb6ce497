// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Puts the limits of a description into the quotas of a session; what the description says nothing about has no limit.</summary>
public static class QuotaLimits
{
    private const int KibShift = 10;

    /// <summary>Sets all limits of an owner that uses nothing yet.</summary>
    public static void Apply(Quotas quotas, QuotaDescription limits)
    {
        Set(quotas, QuotaKind.RamBytes, BytesOf(limits.RamKib));
        Set(quotas, QuotaKind.DeviceBytes, BytesOf(limits.DeviceKib));
        Set(quotas, QuotaKind.Grants, limits.Grants);
        Set(quotas, QuotaKind.Slots, limits.Slots);
        Set(quotas, QuotaKind.Irqs, limits.Irqs);
        Set(quotas, QuotaKind.IoPorts, limits.PortRanges);
        Set(quotas, QuotaKind.ServerBytes, limits.BookkeepingBytes);
    }

    /// <summary>What the server does about a request beyond a limit. Who waits is seen by its parent, which can raise the limit.</summary>
    public static QuotaAction ActionOf(QuotaRule rule) => rule switch
    {
        QuotaRule.Wait => QuotaAction.AskParent,
        QuotaRule.End => QuotaAction.Kill,
        _ => QuotaAction.Fail,
    };

    private static void Set(Quotas quotas, QuotaKind kind, ulong limit) => quotas.TrySetLimit(kind, limit);

    private static ulong BytesOf(ulong kib) => kib > Quotas.Unlimited >> KibShift ? Quotas.Unlimited : kib << KibShift;
}
