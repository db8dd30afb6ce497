// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>The notification that is bound to the root task's thread: signals arrive while it waits for messages (RPC:K7).</summary>
public sealed class OwnSignals
{
    private readonly OwnCSpace _space;
    private readonly uint _notification;

    private OwnSignals(OwnCSpace space, uint notification)
    {
        _space = space;
        _notification = notification;
    }

    /// <summary>Makes and binds it; null when there is no memory for it.</summary>
    public static OwnSignals? Take(OwnResources own) =>
        own.System.TryCreate(ObjectType.Notification, 0, out uint notification)
        && InitialThread.Tcb.BindNotification(new Cap<Notification>(notification)).IsOk
            ? new OwnSignals(own.Space, notification)
            : null;

    /// <summary>A capability by which somebody signals, with the badge of that source.</summary>
    public bool TryMint(SignalSource source, out Cap<Notification> signal)
    {
        bool hasSlot = _space.Slots.TryAllocate(out uint slot);
        signal = new Cap<Notification>(slot);
        return hasSlot
            && OwnCSpace.Mint(slot, new CapabilityPointer(_notification), CapRights.Write, ChildBadge.OfSignal(source)).IsOk;
    }
}
