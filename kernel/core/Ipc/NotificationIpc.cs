// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Signalling and waiting (ABI §14.4, R-NTFN).</summary>
/// <remarks>Only the badge register of a receiver is ever written (R-NTFN-08).</remarks>
public static class NotificationIpc<A> where A : struct, IArch
{
    /// <summary>Signals <paramref name="badge"/>: wakes the first waiter, or the bound thread in Recv, or stays pending.</summary>
    public static void Signal(ref KernelState kernel, Ref<Notification> notification, ulong badge)
    {
        ref Notification target = ref notification.Value;
        NotificationState state = target.State;
        if (state == NotificationState.Waiting)
        {
            Ref<Tcb> waiter = target.Head;
            Remove(notification, waiter);
            Wake(ref kernel, waiter, badge);
            return;
        }

        if (state == NotificationState.Active)
        {
            target.Word |= badge;
            return;
        }

        Ref<Tcb> bound = target.BoundTcb;
        if (!bound.IsNull && bound.Value.State == ThreadState.BlockedOnReceive)
        {
            EndpointIpc<A>.Cancel(bound);
            Wake(ref kernel, bound, badge);
            return;
        }

        target.Word = badge;
        target.HeadAndState = (ulong)NotificationState.Active;
    }

    /// <summary>Waits for a signal, or takes the pending word (R-NTFN-02, R-NTFN-03).</summary>
    public static void Receive(ref KernelState kernel, Ref<Tcb> receiver, Ref<Notification> notification, Blocking blocking)
    {
        ref Notification source = ref notification.Value;
        if (source.State == NotificationState.Active)
        {
            Take(receiver, notification);
            return;
        }

        if (blocking == Blocking.No)
        {
            receiver.Value.Registers[A.CapabilityRegister] = 0;
            return;
        }

        receiver.Value.BlockingObject = notification.Address;
        WaitQueue.Append(ref source.HeadAndState, ref source.Tail, receiver, (ulong)NotificationState.Waiting);
        Threads<A>.SetState(ref kernel, receiver, ThreadState.BlockedOnNotification);
    }

    /// <summary>Gives the pending word to a receiver and makes the notification idle.</summary>
    internal static void Take(Ref<Tcb> receiver, Ref<Notification> notification)
    {
        receiver.Value.Registers[A.CapabilityRegister] = notification.Value.Word;
        notification.Value.HeadAndState = (ulong)NotificationState.Idle;
    }

    /// <summary>Ties a thread and a notification together. Requires: neither is tied to anything.</summary>
    internal static void Bind(Ref<Tcb> tcb, Ref<Notification> notification)
    {
        tcb.Value.BoundNotification = notification;
        notification.Value.BoundTcb = tcb;
    }

    /// <summary>Unties the bound thread, if there is one; a pending word stays (R-NTFN-22, R-NTFN-23).</summary>
    public static void Unbind(ref KernelState kernel, Ref<Notification> notification)
    {
        Ref<Tcb> bound = notification.Value.BoundTcb;
        if (bound.IsNull) return;
        Require.That(bound.Value.BoundNotification == notification);
        bound.Value.BoundNotification = default;
        notification.Value.BoundTcb = default;
    }

    /// <summary>Takes a blocked waiter out of its notification's queue.</summary>
    internal static void Cancel(Ref<Tcb> tcb) => Remove(new Ref<Notification>(tcb.Value.BlockingObject), tcb);

    /// <summary>Restarts all waiters: the notification is going away (R-DEL-03).</summary>
    public static void CancelAll(ref KernelState kernel, Ref<Notification> notification)
    {
        if (notification.Value.State != NotificationState.Waiting) return;
        while (notification.Value.State == NotificationState.Waiting)
        {
            Ref<Tcb> waiter = notification.Value.Head;
            Remove(notification, waiter);
            Threads<A>.SetState(ref kernel, waiter, ThreadState.Restart);
            ReadyList.Prepend(ref kernel, waiter);
        }

        Scheduler<A>.Reschedule(ref kernel);
    }

    private static void Wake(ref KernelState kernel, Ref<Tcb> tcb, ulong badge)
    {
        tcb.Value.Registers[A.CapabilityRegister] = badge;
        Threads<A>.SetState(ref kernel, tcb, ThreadState.Running);
        Scheduler<A>.Wake(ref kernel, tcb);
    }

    private static void Remove(Ref<Notification> notification, Ref<Tcb> tcb) =>
        WaitQueue.Remove(ref notification.Value.HeadAndState, ref notification.Value.Tail, tcb);
}
