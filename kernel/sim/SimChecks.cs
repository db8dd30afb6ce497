// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Kernel.Core;

namespace Kernel.Sim;

/// <summary>What holds of threads and queues whenever the kernel has settled; checked after every step of a test.</summary>
internal static class SimChecks
{
    public static void CheckThreads(ref KernelState kernel)
    {
        HashSet<ulong> ready = CollectReady(ref kernel);
        Ref<Tcb> previous = default;
        for (Ref<Tcb> tcb = kernel.AllThreads; !tcb.IsNull; tcb = tcb.Value.AllNext)
        {
            Expect(tcb.Value.AllPrevious == previous, "the list of all threads is linked both ways");
            CheckThread(ref kernel, tcb, ready);
            previous = tcb;
        }

        Expect(kernel.Action == SchedulerAction.ResumeCurrent, "nothing is left for the scheduler to do");
        Expect(kernel.Current == kernel.Idle || kernel.Current.Value.State == ThreadState.Running, "the current thread runs");
    }

    private static void CheckThread(ref KernelState kernel, Ref<Tcb> tcb, HashSet<ulong> ready)
    {
        ref Tcb thread = ref tcb.Value;
        bool isRunnable = thread.State is ThreadState.Running or ThreadState.Restart;
        bool shouldWait = isRunnable && tcb != kernel.Current;
        Expect(shouldWait == ready.Contains(tcb.Address), $"a thread in state {thread.State} is queued exactly if it can run and does not");
        Expect((thread.IsQueued != 0) == ready.Contains(tcb.Address), "the flag of a thread tells whether it is in a ready queue");
        Expect(thread.TimeSlice is > 0 and <= 5, "every thread has a slice left");
        switch (thread.State)
        {
            case ThreadState.BlockedOnSend:
                ExpectQueued(tcb, new Ref<Endpoint>(thread.BlockingObject).Value, EndpointState.Sending);
                break;
            case ThreadState.BlockedOnReceive:
                ExpectQueued(tcb, new Ref<Endpoint>(thread.BlockingObject).Value, EndpointState.Receiving);
                break;
            case ThreadState.BlockedOnNotification:
                // The first two words of both objects have the same layout, and Waiting is the number of Sending.
                ExpectQueued(tcb, new Ref<Endpoint>(thread.BlockingObject).Value, (EndpointState)NotificationState.Waiting);
                break;
            default:
                Expect(thread.QueueNext.IsNull && thread.QueuePrevious.IsNull, "who waits for no object is in no object's queue");
                break;
        }

        if (thread.State is ThreadState.Running or ThreadState.Inactive)
            Expect(thread.FaultKind == 0, "a fault is pending only while the thread waits for its handler");
        Ref<Notification> bound = thread.BoundNotification;
        Expect(bound.IsNull || bound.Value.BoundTcb == tcb, "a binding holds from both sides");
        CheckCaller(thread.Slots[(int)TcbSlot.Caller].Capability);
    }

    private static void CheckCaller(Capability reply)
    {
        if (reply.IsNull) return;
        Expect(reply.Tag == CapabilityTag.Reply && !reply.ReplyIsMaster, "a caller slot holds nothing but a reply capability");
        Ref<Tcb> caller = new(reply.ReplyTcbAddress);
        Expect(caller.Value.State == ThreadState.BlockedOnReply, "who is to be answered waits for the answer");
    }

    private static void ExpectQueued(Ref<Tcb> tcb, Endpoint queue, EndpointState state)
    {
        Expect(queue.State == state, "an object's state says what its queue holds");
        bool isFound = false;
        Ref<Tcb> previous = default;
        for (Ref<Tcb> waiter = queue.Head; !waiter.IsNull; waiter = waiter.Value.QueueNext)
        {
            Expect(waiter.Value.QueuePrevious == previous, "the queue of an object is linked both ways");
            isFound |= waiter == tcb;
            previous = waiter;
        }

        Expect(isFound, "a blocked thread is in the queue of what it waits for");
        Expect(queue.Tail == previous, "the tail of a queue is its last thread");
    }

    private static HashSet<ulong> CollectReady(ref KernelState kernel)
    {
        HashSet<ulong> ready = [];
        for (int priority = 0; priority < ReadyQueues.Count; priority++)
        {
            bool isMarked = (kernel.ReadyBits[priority >> 6] >> (priority & 63) & 1) != 0;
            Ref<Tcb> previous = default;
            for (Ref<Tcb> tcb = kernel.Ready[priority].Head; !tcb.IsNull; tcb = tcb.Value.ScheduleNext)
            {
                Expect(tcb.Value.Priority == priority, "a thread waits in the queue of its priority");
                Expect(tcb.Value.SchedulePrevious == previous, "a ready queue is linked both ways");
                Expect(ready.Add(tcb.Address), "a thread is in one ready queue only");
                previous = tcb;
            }

            Expect(kernel.Ready[priority].Tail == previous, "the tail of a ready queue is its last thread");
            Expect(isMarked == !previous.IsNull, $"the bit of priority {priority} tells whether its queue has threads");
        }

        for (int word = 0; word < 4; word++)
            Expect((kernel.ReadySummary >> word & 1) == (kernel.ReadyBits[word] != 0 ? 1u : 0u), "the summary agrees with the bitmap");
        return ready;
    }

    private static void Expect(bool condition, string sentence)
    {
        if (!condition) throw new InvalidOperationException($"invariant broken: {sentence}");
    }
}
