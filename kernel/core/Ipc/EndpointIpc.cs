// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Whether an operation waits for its partner.</summary>
public enum Blocking
{
    No,
    Yes,
}

/// <summary>Sending and receiving through endpoints (ABI §14.1, R-IPC).</summary>
public static class EndpointIpc<A> where A : struct, IArch
{
    /// <summary>Sends the message in <paramref name="sender"/>'s registers, or the fault that it has pending.</summary>
    /// <param name="kernel">The kernel's state.</param>
    /// <param name="sender">The thread that sends; runnable.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="badge">Badge of the capability used (R-IPC-07).</param>
    /// <param name="flags">Rights of that capability, and whether the sender waits for a reply.</param>
    /// <param name="blocking">Without a receiver: wait, or drop the message (R-IPC-01, R-IPC-03).</param>
    public static void Send(
        ref KernelState kernel, Ref<Tcb> sender, Ref<Endpoint> endpoint, ulong badge, IpcFlags flags, Blocking blocking)
    {
        if (endpoint.Value.State != EndpointState.Receiving)
        {
            if (blocking == Blocking.Yes) QueueSender(ref kernel, sender, endpoint, badge, flags);
            return;
        }

        Ref<Tcb> receiver = endpoint.Value.Head;
        Remove(endpoint, receiver);
        IpcFlags receiverFlags = receiver.Value.BlockingFlags;
        MessageTransfer<A>.Deliver(ref kernel, sender, endpoint, badge, flags, receiver);
        Threads<A>.SetState(ref kernel, receiver, ThreadState.Running);
        Scheduler<A>.Wake(ref kernel, receiver);
        if ((flags & IpcFlags.IsCall) != 0) AwaitReply(ref kernel, sender, flags, receiver, receiverFlags);
    }

    /// <summary>Receives from an endpoint into <paramref name="receiver"/>'s registers.</summary>
    /// <remarks>A word pending at the bound notification comes first (R-NTFN-16, R-NTFN-24).</remarks>
    public static void Receive(ref KernelState kernel, Ref<Tcb> receiver, Capability capability, Blocking blocking)
    {
        Ref<Notification> bound = receiver.Value.BoundNotification;
        if (!bound.IsNull && bound.Value.State == NotificationState.Active)
        {
            NotificationIpc<A>.Take(receiver, bound);
            return;
        }

        Ref<Endpoint> endpoint = new(capability.EndpointAddress);
        IpcFlags receiverFlags = capability.EndpointCanGrant ? IpcFlags.CanGrant : IpcFlags.None;
        if (endpoint.Value.State != EndpointState.Sending)
        {
            if (blocking == Blocking.Yes) QueueReceiver(ref kernel, receiver, endpoint, receiverFlags);
            else receiver.Value.Registers[A.CapabilityRegister] = 0;
            return;
        }

        Ref<Tcb> sender = endpoint.Value.Head;
        Remove(endpoint, sender);
        IpcFlags flags = sender.Value.BlockingFlags;
        MessageTransfer<A>.Deliver(ref kernel, sender, endpoint, sender.Value.BlockingBadge, flags, receiver);
        if ((flags & IpcFlags.IsCall) != 0)
        {
            AwaitReply(ref kernel, sender, flags, receiver, receiverFlags);
            return;
        }

        Threads<A>.SetState(ref kernel, sender, ThreadState.Running);
        Scheduler<A>.Wake(ref kernel, sender);
    }

    /// <summary>Takes a blocked sender or receiver out of its endpoint's queue.</summary>
    internal static void Cancel(Ref<Tcb> tcb) => Remove(new Ref<Endpoint>(tcb.Value.BlockingObject), tcb);

    /// <summary>Restarts every queued thread: the endpoint is going away (R-DEL-02).</summary>
    public static void CancelAll(ref KernelState kernel, Ref<Endpoint> endpoint)
    {
        if (endpoint.Value.State == EndpointState.Idle) return;
        while (endpoint.Value.State != EndpointState.Idle) RestartQueued(ref kernel, endpoint, endpoint.Value.Head);
        Scheduler<A>.Reschedule(ref kernel);
    }

    /// <summary>Restarts the queued senders that used capabilities with <paramref name="badge"/> (CNode_CancelBadgedSends).</summary>
    public static void CancelBadged(ref KernelState kernel, Ref<Endpoint> endpoint, ulong badge)
    {
        if (endpoint.Value.State != EndpointState.Sending) return;
        Ref<Tcb> tcb = endpoint.Value.Head;
        while (!tcb.IsNull)
        {
            Ref<Tcb> next = tcb.Value.QueueNext;
            if (tcb.Value.BlockingBadge == badge) RestartQueued(ref kernel, endpoint, tcb);
            tcb = next;
        }

        Scheduler<A>.Reschedule(ref kernel);
    }

    private static void RestartQueued(ref KernelState kernel, Ref<Endpoint> endpoint, Ref<Tcb> tcb)
    {
        Remove(endpoint, tcb);
        tcb.Value.FaultKind = 0;
        Threads<A>.SetState(ref kernel, tcb, ThreadState.Restart);
        ReadyList.Prepend(ref kernel, tcb);
    }

    private static void QueueSender(ref KernelState kernel, Ref<Tcb> sender, Ref<Endpoint> endpoint, ulong badge, IpcFlags flags)
    {
        ref Tcb thread = ref sender.Value;
        thread.BlockingObject = endpoint.Address;
        thread.BlockingBadge = badge;
        thread.BlockingFlags = flags;
        WaitQueue.Append(ref endpoint.Value.HeadAndState, ref endpoint.Value.Tail, sender, (ulong)EndpointState.Sending);
        Threads<A>.SetState(ref kernel, sender, ThreadState.BlockedOnSend);
    }

    private static void QueueReceiver(ref KernelState kernel, Ref<Tcb> receiver, Ref<Endpoint> endpoint, IpcFlags flags)
    {
        ref Tcb thread = ref receiver.Value;
        thread.BlockingObject = endpoint.Address;
        thread.BlockingFlags = flags;
        WaitQueue.Append(ref endpoint.Value.HeadAndState, ref endpoint.Value.Tail, receiver, (ulong)EndpointState.Receiving);
        Threads<A>.SetState(ref kernel, receiver, ThreadState.BlockedOnReceive);
    }

    private static void Remove(Ref<Endpoint> endpoint, Ref<Tcb> tcb) =>
        WaitQueue.Remove(ref endpoint.Value.HeadAndState, ref endpoint.Value.Tail, tcb);

    /// <summary>Blocks a caller until its reply; without Grant or GrantReply nobody may reply, and it stops (R-IPC-17, R-IPC-18).</summary>
    private static void AwaitReply(ref KernelState kernel, Ref<Tcb> caller, IpcFlags flags, Ref<Tcb> receiver, IpcFlags receiverFlags)
    {
        if ((flags & (IpcFlags.CanGrant | IpcFlags.CanGrantReply)) != 0)
            Replies<A>.SetUp(ref kernel, caller, receiver, (receiverFlags & IpcFlags.CanGrant) != 0);
        else
            Threads<A>.SetState(ref kernel, caller, ThreadState.Inactive);
    }
}
