// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>The life of a thread: made, started, stopped, changed in priority, destroyed (ABI §10, R-TCB).</summary>
public static class Threads<A> where A : struct, IArch
{
    /// <summary>True when the scheduler may choose the thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsRunnable(ref Tcb thread) => (uint)thread.State - (uint)ThreadState.Running <= 1;

    /// <summary>Sets up a fresh, zeroed TCB as Retype leaves it (ABI §10.4, R-TCB-01, R-DOM-04).</summary>
    public static void Initialize(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        A.InitializeThread(ref thread);
        thread.State = ThreadState.Inactive;
        thread.Domain = (byte)kernel.CurrentDomain;
        thread.TimeSlice = KernelProfile.TimeSliceTicks;
        Ref<Tcb> next = kernel.AllThreads;
        thread.AllNext = next;
        kernel.AllThreads = tcb;
        if (!next.IsNull) next.Value.AllPrevious = tcb;
    }

    /// <summary>Ends a thread whose last capability went: nothing in the kernel refers to it afterwards (ABI §21.3, R-DEL-04).</summary>
    /// <remarks>The capabilities in its slots are deleted by the zombie that it becomes.</remarks>
    public static void Destroy(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        if (!thread.BoundNotification.IsNull) NotificationIpc<A>.Unbind(ref kernel, thread.BoundNotification);
        Suspend(ref kernel, tcb);
        A.ThreadDestroyed(ref kernel, tcb);
        Ref<Tcb> next = thread.AllNext;
        Ref<Tcb> previous = thread.AllPrevious;
        if (previous.IsNull) kernel.AllThreads = next;
        else previous.Value.AllNext = next;
        if (!next.IsNull) next.Value.AllPrevious = previous;
    }

    /// <summary>Sets the state; when the running thread stops being runnable, the choice of the next one is open.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetState(ref KernelState kernel, Ref<Tcb> tcb, ThreadState state)
    {
        tcb.Value.State = state;
        if (tcb == kernel.Current && kernel.Action == SchedulerAction.ResumeCurrent && !IsRunnable(ref tcb.Value))
            kernel.Action = SchedulerAction.ChooseNew;
    }

    /// <summary>Stops a thread and cancels its pending IPC (R-TCB-05, R-IPC-21, R-REPLY-12).</summary>
    /// <remarks>
    /// A thread stopped while running goes on later at its next instruction. One that stops itself is in state Restart, and
    /// keeps the address of its own call (R-TCB-06).
    /// </remarks>
    public static void Suspend(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        CancelIpc(ref kernel, tcb);
        if (thread.State == ThreadState.Running)
            thread.Registers[A.FaultIpRegister] = thread.Registers[A.NextIpRegister];
        SetState(ref kernel, tcb, ThreadState.Inactive);
        ReadyList.Remove(ref kernel, tcb);
        if (kernel.Action == SchedulerAction.SwitchToCandidate && kernel.Candidate == tcb)
            kernel.Action = SchedulerAction.ChooseNew;
    }

    /// <summary>Starts a stopped or blocked thread at its restart address; a runnable one is left alone (R-TCB-02…04).</summary>
    /// <remarks>It also goes to the head of its queue, so that among equals the last resumed runs first (R-SCHED-12).</remarks>
    public static void Restart(ref KernelState kernel, Ref<Tcb> tcb)
    {
        if (IsRunnable(ref tcb.Value) || tcb == kernel.Idle) return;
        CancelIpc(ref kernel, tcb);
        Replies<A>.EnsureMaster(tcb);
        SetState(ref kernel, tcb, ThreadState.Restart);
        ReadyList.Prepend(ref kernel, tcb);
        Scheduler<A>.Wake(ref kernel, tcb);
    }

    /// <summary>Takes a blocked thread out of whatever it waits for, and forgets a fault that waits to be answered.</summary>
    /// <remarks>The caller gives the thread a new state. Without effect on a thread that is not blocked.</remarks>
    public static void CancelIpc(ref KernelState kernel, Ref<Tcb> tcb)
    {
        ref Tcb thread = ref tcb.Value;
        switch (thread.State)
        {
            case ThreadState.BlockedOnSend:
            case ThreadState.BlockedOnReceive:
                EndpointIpc<A>.Cancel(tcb);
                break;
            case ThreadState.BlockedOnNotification:
                NotificationIpc<A>.Cancel(tcb);
                break;
            case ThreadState.BlockedOnReply:
                Replies<A>.Cancel(tcb);
                break;
            default:
                return;
        }

        thread.FaultKind = 0;
    }

    /// <summary>Changes the priority: at once for a runnable thread, otherwise when it wakes.</summary>
    /// <remarks>R-SCHED-10, R-SCHED-11, R-SCHED-14.</remarks>
    public static void SetPriority(ref KernelState kernel, Ref<Tcb> tcb, byte priority)
    {
        ref Tcb thread = ref tcb.Value;
        ReadyList.Remove(ref kernel, tcb);
        thread.Priority = priority;
        if (!IsRunnable(ref thread)) return;
        if (tcb == kernel.Current) Scheduler<A>.Reschedule(ref kernel);
        else Scheduler<A>.Wake(ref kernel, tcb);
    }

    /// <summary>Moves a thread to a domain (R-DOM-02).</summary>
    public static void SetDomain(ref KernelState kernel, Ref<Tcb> tcb, byte domain)
    {
        ref Tcb thread = ref tcb.Value;
        ReadyList.Remove(ref kernel, tcb);
        thread.Domain = domain;
        if (IsRunnable(ref thread)) ReadyList.Prepend(ref kernel, tcb);
        if (tcb == kernel.Current) Scheduler<A>.Reschedule(ref kernel);
    }
}
