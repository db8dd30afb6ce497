// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Kernel.Model;

// Meeting at endpoints, answering, signalling, and what faults do (R-IPC, R-REPLY, R-NTFN, R-FAULT).
public sealed partial class ModelKernel
{
    private const CapRights MayBeAnswered = CapRights.Grant | CapRights.GrantReply;

    /// <summary>Sends, or calls, through an endpoint capability.</summary>
    private void Send(ModelThread thread, ModelCap cap, bool isCall, bool isBlocking)
    {
        ModelEndpoint endpoint = (ModelEndpoint)cap.Target!;
        bool hasReceiver = endpoint.Queue.Count > 0 && endpoint.Queue[0].State == ModelThreadState.BlockedOnReceive;
        if (!hasReceiver)
        {
            if (!isBlocking) return;
            thread.State = ModelThreadState.BlockedOnSend;
            thread.BlockedOn = endpoint;
            thread.SendBadge = cap.Badge;
            thread.SendRights = cap.Rights;
            thread.IsCall = isCall;
            endpoint.Queue.Add(thread);
            return;
        }

        ModelThread receiver = endpoint.Queue[0];
        endpoint.Queue.RemoveAt(0);
        Transfer(thread, receiver, endpoint, cap.Badge, (cap.Rights & CapRights.Grant) != 0);
        Wake(receiver);
        if (!isCall) return;
        if ((cap.Rights & MayBeAnswered) != 0) AwaitReply(thread, receiver, (receiver.SendRights & CapRights.Grant) != 0);
        else thread.State = ModelThreadState.Inactive;
    }

    /// <summary>The caller waits, and the receiver holds the right to answer it (R-REPLY-01, R-REPLY-07).</summary>
    private static void AwaitReply(ModelThread caller, ModelThread receiver, bool canGrant)
    {
        caller.State = ModelThreadState.BlockedOnReply;
        caller.BlockedOn = null;
        CapRights rights = canGrant ? CapRights.Grant : CapRights.None;
        ModelFamily.PutRoot(receiver.Caller, new ModelCap(CapabilityTypeTag.Reply, caller) { Rights = rights }, false);
    }

    /// <summary>Recv and NBRecv.</summary>
    private void Receive(ModelThread thread, bool isBlocking)
    {
        // The reply half of ReplyRecv may have ended the thread's own wait for an answer to itself; it still runs.
        if (thread.State != ModelThreadState.Running) return;
        ulong pointer = thread[UserRegister.Rdi];
        ModelSlot? slot = ModelLookup.Find(thread, pointer, out ModelLookupFailure? failure);
        if (slot is null)
        {
            ReceiveFault(thread, pointer, failure!);
            return;
        }

        ModelCap? cap = slot.Cap;
        bool canReceive = cap != null && (cap.Rights & CapRights.Read) != 0;
        switch (cap?.Target)
        {
            case ModelEndpoint when canReceive:
                if (!thread.Caller.IsEmpty) ModelFamily.Remove(thread.Caller); // R-REPLY-04
                ReceiveMessage(thread, cap!, isBlocking);
                break;
            case ModelNotification notification when canReceive && (notification.Bound is null || notification.Bound == thread):
                Wait(thread, notification, isBlocking);
                break;
            default:
                ReceiveFault(thread, pointer, ModelLookupFailure.Missing(0));
                break;
        }
    }

    private void ReceiveFault(ModelThread thread, ulong pointer, ModelLookupFailure failure) =>
        Fault(thread, new ModelFault(FaultLabel.CapFault, [pointer, 1, .. failure.AllWords]));

    private void ReceiveMessage(ModelThread thread, ModelCap cap, bool isBlocking)
    {
        if (thread.Bound is { Word: { } word })
        {
            thread.Bound.Word = null;
            thread[UserRegister.Rdi] = word; // R-NTFN-16
            return;
        }

        ModelEndpoint endpoint = (ModelEndpoint)cap.Target!;
        bool hasSender = endpoint.Queue.Count > 0 && endpoint.Queue[0].State == ModelThreadState.BlockedOnSend;
        if (!hasSender)
        {
            if (isBlocking)
            {
                thread.State = ModelThreadState.BlockedOnReceive;
                thread.BlockedOn = endpoint;
                thread.SendRights = cap.Rights;
                endpoint.Queue.Add(thread);
            }
            else
            {
                thread[UserRegister.Rdi] = 0;
            }

            return;
        }

        ModelThread sender = endpoint.Queue[0];
        endpoint.Queue.RemoveAt(0);
        Transfer(sender, thread, endpoint, sender.SendBadge, (sender.SendRights & CapRights.Grant) != 0);
        if (!sender.IsCall && sender.Fault is null) Wake(sender);
        else if ((sender.SendRights & MayBeAnswered) != 0) AwaitReply(sender, thread, (cap.Rights & CapRights.Grant) != 0);
        else Stop(sender);
    }

    private static void Wait(ModelThread thread, ModelNotification notification, bool isBlocking)
    {
        if (notification.Word is { } word)
        {
            notification.Word = null;
            thread[UserRegister.Rdi] = word;
        }
        else if (isBlocking)
        {
            thread.State = ModelThreadState.BlockedOnNotification;
            thread.BlockedOn = notification;
            notification.Waiters.Add(thread);
        }
        else
        {
            thread[UserRegister.Rdi] = 0;
        }
    }

    /// <summary>The Reply system call, and the first half of ReplyRecv (R-REPLY-02, R-REPLY-03).</summary>
    private void Reply(ModelThread thread)
    {
        if (thread.Caller.Cap != null) ReplyThrough(thread, thread.Caller);
    }

    /// <summary>Answers the thread whose right to be answered lies in a slot; the right is used up.</summary>
    private void ReplyThrough(ModelThread thread, ModelSlot slot)
    {
        ModelCap cap = slot.Cap!;
        ModelThread caller = (ModelThread)cap.Target!;
        if (caller.Fault is not { } fault)
        {
            Transfer(thread, caller, null, 0, (cap.Rights & CapRights.Grant) != 0);
            ModelFamily.Remove(slot);
            Wake(caller);
            return;
        }

        ModelFamily.Remove(slot);
        bool goesOn = AnswerFault(thread, caller, fault);
        caller.Fault = null;
        caller.State = goesOn ? ModelThreadState.Restart : ModelThreadState.Inactive;
    }

    /// <summary>Signals a notification (R-NTFN-01, R-NTFN-04, R-NTFN-15).</summary>
    private static void Signal(ModelNotification notification, ulong badge)
    {
        if (notification.Waiters.Count > 0)
        {
            ModelThread waiter = notification.Waiters[0];
            notification.Waiters.RemoveAt(0);
            Wake(waiter);
            waiter[UserRegister.Rdi] = badge;
        }
        else if (notification.Word is null && notification.Bound is { State: ModelThreadState.BlockedOnReceive } bound)
        {
            CancelIpc(bound);
            Wake(bound);
            bound[UserRegister.Rdi] = badge;
        }
        else
        {
            notification.Word = (notification.Word ?? 0) | badge;
        }
    }

    /// <summary>A thread that was served goes on behind its system call.</summary>
    private static void Wake(ModelThread thread)
    {
        thread.State = ModelThreadState.Running;
        thread.BlockedOn = null;
    }

    private static void Stop(ModelThread thread)
    {
        thread.State = ModelThreadState.Inactive;
        thread.BlockedOn = null;
    }

    /// <summary>Sends a fault to the thread's handler, or stops the thread (ABI-8.3).</summary>
    private void Fault(ModelThread thread, ModelFault fault)
    {
        ModelSlot? slot = ModelLookup.Find(thread, thread.FaultHandler, out _);
        bool isUsable = slot?.Cap is { Type: CapabilityTypeTag.Endpoint } cap
            && (cap.Rights & CapRights.Write) != 0 && (cap.Rights & MayBeAnswered) != 0;
        if (!isUsable)
        {
            Stop(thread);
            return;
        }

        thread.Fault = fault;
        Send(thread, slot!.Cap!, isCall: true, isBlocking: true);
    }

    /// <summary>Ends whatever a thread waits for; it is Inactive afterwards, or still runnable.</summary>
    private static void CancelIpc(ModelThread thread)
    {
        switch (thread.BlockedOn)
        {
            case ModelEndpoint endpoint:
                endpoint.Queue.Remove(thread);
                break;
            case ModelNotification notification:
                notification.Waiters.Remove(thread);
                break;
            default:
                break;
        }

        if (thread.State == ModelThreadState.BlockedOnReply && thread.Reply is { } reply) ModelFamily.Remove(reply); // R-REPLY-12
        if (thread.IsRunnable) return;
        thread.Fault = null;
        Stop(thread);
    }

    /// <summary>Suspend (R-TCB-05, R-TCB-06).</summary>
    private static void Suspend(ModelThread thread)
    {
        CancelIpc(thread);
        if (thread.State == ModelThreadState.Running) thread.FaultIp = thread[UserRegister.Rip];
        Stop(thread);
    }

    /// <summary>Resume (R-TCB-02, R-TCB-03, R-TCB-04).</summary>
    private void Resume(ModelThread thread)
    {
        KeepsRunning = false;
        if (thread.IsRunnable) return;
        CancelIpc(thread);
        thread.State = ModelThreadState.Restart;
    }
}
