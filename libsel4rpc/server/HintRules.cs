// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Which hints the server may pass over, and which it must refuse while it cannot follow them.</summary>
internal static class HintRules
{
    /// <summary>
    /// Refuses hints that change what is granted: memory outside the window that a device can reach, or a capability sent
    /// where placement was asked for, would be worse than a refusal. Policy, lifetime, priority, colour and label are wishes.
    /// </summary>
    internal static Refusal Check(in HintsMessage hints)
    {
        if (hints.Flags != 0) return Refusal.Because(Reason.Unsupported, 2);
        if (hints.MinAddr != 0) return Refusal.Because(Reason.Unsupported, 3);
        if (hints.MaxAddr != 0) return Refusal.Because(Reason.Unsupported, 4);
        if (hints.LeaseMs != 0) return Refusal.Because(Reason.Unsupported, 8);
        return hints.DestSlot != 0 ? Refusal.Because(Reason.Unsupported, 10) : Refusal.None;
    }
}
