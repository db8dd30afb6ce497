// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Core;

/// <summary>Checks that threads are where their state says: in a ready queue, in the queue of what they wait for, or nowhere.</summary>
internal sealed class ThreadInvariants(StateWalk walk)
{
    private readonly StateWalk _walk = walk;

    /// <summary>For each thread found in a queue of an endpoint or notification: the object.</summary>
    private readonly Dictionary<ulong, ulong> _waitsAt = [];
    private readonly HashSet<ulong> _ready = [];
    private readonly Dictionary<ulong, int> _replies = [];

    public void Check()
    {
        CheckReadyQueues();
        foreach (ulong endpoint in _walk.Endpoints) CheckEndpoint(endpoint);
        foreach (ulong notification in _walk.Notifications) CheckNotification(notification);
        CountReplies();
        foreach (ulong thread in _walk.Threads) CheckThread(thread);
        CheckInterrupts();
    }

    private static ref Tcb Thread(ulong address) => ref new Ref<Tcb>(address).Value;

    private static bool IsRunnable(ulong thread) => Thread(thread).State is ThreadState.Running or ThreadState.Restart;

    private void CheckReadyQueues()
    {
        ref KernelState kernel = ref _walk.Kernel.Value;
        ulong summary = 0;
        for (int priority = 0; priority < ReadyQueues.Count; priority++)
        {
            Ref<Tcb> head = kernel.Ready[priority].Head;
            Ref<Tcb> tail = CheckReadyQueue(priority, head);
            if (kernel.Ready[priority].Tail != tail) _walk.Problem($"the ready queue of priority {priority} has a wrong tail");
            bool isMarked = (kernel.ReadyBits[priority >> 6] >> (priority & 63) & 1) != 0;
            if (isMarked == head.IsNull) _walk.Problem($"the ready bit of priority {priority} does not match its queue");
            if (isMarked) summary |= 1ul << (priority >> 6);
        }
        if (kernel.ReadySummary != summary) _walk.Problem("the summary of ready priorities does not match the bitmap");
    }

    private Ref<Tcb> CheckReadyQueue(int priority, Ref<Tcb> head)
    {
        Ref<Tcb> previous = default;
        for (Ref<Tcb> thread = head; !thread.IsNull; thread = thread.Value.ScheduleNext)
        {
            if (!_walk.Threads.Contains(thread.Address))
            {
                _walk.Problem($"the ready queue of priority {priority} holds {thread.Address:x}, which is no live thread");
                return thread;
            }
            if (!_ready.Add(thread.Address))
            {
                _walk.Problem($"thread {thread.Address:x} is in the ready queues twice");
                return thread;
            }
            bool isRight = thread.Value.IsQueued == 1 && thread.Value.Priority == priority
                && thread.Value.SchedulePrevious == previous && IsRunnable(thread.Address);
            if (!isRight) _walk.Problem($"thread {thread.Address:x} ({thread.Value.State}) does not belong in ready queue {priority}");
            previous = thread;
        }
        return previous;
    }

    private void CheckEndpoint(ulong address)
    {
        ref Endpoint endpoint = ref new Ref<Endpoint>(address).Value;
        ThreadState expected = endpoint.State == EndpointState.Sending ? ThreadState.BlockedOnSend : ThreadState.BlockedOnReceive;
        CheckWaiters(address, endpoint.Head, endpoint.Tail, expected, endpoint.State == EndpointState.Idle);
    }

    private void CheckNotification(ulong address)
    {
        ref Notification notification = ref new Ref<Notification>(address).Value;
        bool isEmpty = notification.State != NotificationState.Waiting;
        CheckWaiters(address, notification.Head, notification.Tail, ThreadState.BlockedOnNotification, isEmpty);
        Ref<Tcb> bound = notification.BoundTcb;
        if (bound.IsNull) return;
        if (!_walk.Threads.Contains(bound.Address) || bound.Value.BoundNotification.Address != address)
        {
            _walk.Problem($"notification {address:x} is bound to {bound.Address:x}, which does not know of it");
        }
    }

    private void CheckWaiters(ulong address, Ref<Tcb> head, Ref<Tcb> tail, ThreadState expected, bool isEmpty)
    {
        if (isEmpty != head.IsNull) _walk.Problem($"the object at {address:x} has a state that does not match its queue");
        Ref<Tcb> previous = default;
        for (Ref<Tcb> thread = head; !thread.IsNull; thread = thread.Value.QueueNext)
        {
            if (!_walk.Threads.Contains(thread.Address))
            {
                _walk.Problem($"the queue at {address:x} holds {thread.Address:x}, which is no live thread");
                return;
            }
            if (!_waitsAt.TryAdd(thread.Address, address))
            {
                _walk.Problem($"thread {thread.Address:x} is in more than one queue");
                return;
            }
            bool isRight = thread.Value.State == expected && thread.Value.BlockingObject == address
                && thread.Value.QueuePrevious == previous;
            if (!isRight) _walk.Problem($"thread {thread.Address:x} ({thread.Value.State}) does not belong in the queue at {address:x}");
            previous = thread;
        }
        if (tail != previous) _walk.Problem($"the queue at {address:x} has a wrong tail");
    }

    private void CountReplies()
    {
        foreach (ulong address in _walk.Occupied)
        {
            Capability capability = StateWalk.Slot(address).Capability;
            if (capability.Tag != CapabilityTag.Reply) continue;
            ulong thread = capability.ReplyTcbAddress;
            bool isOwnSlot = address == Slots.Of(new Ref<Tcb>(thread), TcbSlot.Reply).Address;
            if (capability.ReplyIsMaster != isOwnSlot) _walk.Problem($"slot {address:x} holds a reply capability of the wrong kind");
            if (capability.ReplyIsMaster) continue;
            _replies[thread] = _replies.GetValueOrDefault(thread) + 1;
            if (!_walk.Threads.Contains(thread)) _walk.Problem($"slot {address:x} answers {thread:x}, which is no live thread");
            else if (StateWalk.Slot(address).Previous != Slots.Of(new Ref<Tcb>(thread), TcbSlot.Reply))
            {
                _walk.Problem($"the reply capability in slot {address:x} is not next to the master of its thread");
            }
        }
    }

    private void CheckThread(ulong address)
    {
        ref Tcb thread = ref Thread(address);
        ref KernelState kernel = ref _walk.Kernel.Value;
        bool isWaiting = thread.State
            is ThreadState.BlockedOnSend or ThreadState.BlockedOnReceive or ThreadState.BlockedOnNotification;
        if (isWaiting != _waitsAt.ContainsKey(address))
        {
            _walk.Problem($"thread {address:x} is {thread.State} but its queue says otherwise");
        }
        if ((thread.IsQueued == 1) != _ready.Contains(address)) _walk.Problem($"thread {address:x} has a wrong mark of being ready");

        bool isCandidate = kernel.Action == SchedulerAction.SwitchToCandidate && kernel.Candidate.Address == address;
        if (IsRunnable(address) && !_ready.Contains(address) && kernel.Current.Address != address && !isCandidate)
        {
            _walk.Problem($"thread {address:x} is {thread.State} but nobody will ever run it");
        }
        if (address != kernel.Idle.Address && !_walk.ListedThreads.Contains(address))
        {
            // A thread that destroyed itself stays current until the scheduler has chosen another.
            bool isLeaving = address == kernel.Current.Address && !IsRunnable(address);
            if (!isLeaving) _walk.Problem($"thread {address:x} is not in the list of all threads");
        }
        int replies = _replies.GetValueOrDefault(address);
        if (replies > 1 || (replies == 1 && thread.State != ThreadState.BlockedOnReply))
        {
            _walk.Problem($"thread {address:x} is {thread.State} with {replies} reply capabilities about");
        }
        if (!thread.BoundNotification.IsNull && !_walk.Notifications.Contains(thread.BoundNotification.Address))
        {
            _walk.Problem($"thread {address:x} is bound to {thread.BoundNotification.Address:x}, to which no capability exists");
        }
        CheckSlots(address);
    }

    private void CheckSlots(ulong address)
    {
        // What a destroyed thread's slots hold while they are being emptied has no meaning.
        if (!_walk.ListedThreads.Contains(address)) return;
        CheckSlot(address, TcbSlot.CSpaceRoot, static tag => tag == CapabilityTag.CNode);
        CheckSlot(address, TcbSlot.VSpaceRoot, ArchCapabilities.IsArch);
        CheckSlot(address, TcbSlot.Reply, static tag => tag == CapabilityTag.Reply);
        CheckSlot(address, TcbSlot.Caller, static tag => tag == CapabilityTag.Reply);
        CheckSlot(address, TcbSlot.IpcBuffer, static tag => tag == CapabilityTag.Frame);
    }

    private void CheckSlot(ulong thread, TcbSlot number, Func<CapabilityTag, bool> isExpected)
    {
        CapabilityTag tag = Slots.Of(new Ref<Tcb>(thread), number).Value.Tag;
        // A deletion that works its way through a thread's root leaves a zombie there when it is preempted.
        bool isRight = tag == CapabilityTag.Null || isExpected(tag) || tag == CapabilityTag.Zombie;
        if (!isRight) _walk.Problem($"thread {thread:x} has a {tag} in slot {number}");
    }

    private void CheckInterrupts()
    {
        for (int irq = 0; irq < IrqTable.Count; irq++)
        {
            ref IrqEntry entry = ref _walk.Kernel.Value.Irqs[irq];
            bool isIssued = entry.Kind is 1 or 2;
            if (isIssued != _walk.HandledVectors.Contains(irq)) _walk.Problem($"interrupt {irq} does not match its handler capabilities");
            if (entry.Notification.IsEmpty) continue;
            if (!isIssued || entry.Notification.Tag != CapabilityTag.Notification)
            {
                _walk.Problem($"interrupt {irq} holds a {entry.Notification.Tag} it should not have");
            }
        }
    }
}
