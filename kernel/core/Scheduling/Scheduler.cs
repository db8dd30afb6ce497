// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>Decides who runs: the highest priority first, round robin among equals (ABI §14.5).</summary>
/// <remarks>
/// While the kernel works it only takes notes in <see cref="KernelState.Action"/>; the decision falls once, in
/// <see cref="Settle"/>. One thread woken during a call is kept as the candidate, outside the queues, so that the common
/// case "I block and you run" touches no queue at all. A second wake-up sends everybody through the queues.
/// </remarks>
public static class Scheduler<A> where A : struct, IArch
{
    /// <summary>Starts scheduling at boot, with <paramref name="first"/> as the running thread.</summary>
    /// <remarks>Requires: the idle thread exists. Entry 0 of the domain schedule is set when nobody did (R-DOM-15).</remarks>
    public static void Start(ref KernelState kernel, Ref<Tcb> first)
    {
        ref DomainScheduleEntry entry = ref kernel.DomainSchedule[(int)kernel.DomainStart];
        if (entry.Duration == 0) entry.Duration = KernelProfile.MaximumDomainTicks;
        kernel.DomainIndex = kernel.DomainStart;
        kernel.DomainTicksLeft = entry.Duration;
        kernel.CurrentDomain = entry.Domain;
        kernel.Action = SchedulerAction.ResumeCurrent;
        SwitchTo(ref kernel, first);
        Settle(ref kernel);
    }

    /// <summary>Carries out what was decided since entry; user mode then returns to <see cref="KernelState.Current"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Settle(ref KernelState kernel)
    {
        if (kernel.Action != SchedulerAction.ResumeCurrent) Schedule(ref kernel);
        ref Tcb current = ref kernel.Current.Value;
        if (current.State == ThreadState.Restart)
        {
            current.Registers[A.NextIpRegister] = current.Registers[A.FaultIpRegister];
            current.State = ThreadState.Running;
        }
    }

    /// <summary>Notes that the choice of the running thread is open.</summary>
    public static void Reschedule(ref KernelState kernel)
    {
        if (kernel.Action == SchedulerAction.SwitchToCandidate) ReadyList.Prepend(ref kernel, kernel.Candidate);
        kernel.Action = SchedulerAction.ChooseNew;
    }

    /// <summary>Notes that a runnable thread has been woken and may take over (R-SCHED-04…06).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Wake(ref KernelState kernel, Ref<Tcb> tcb)
    {
        bool isOfThisDomain = KernelProfile.DomainCount == 1 || tcb.Value.Domain == kernel.CurrentDomain;
        if (kernel.Action != SchedulerAction.ResumeCurrent || !isOfThisDomain)
        {
            Queue(ref kernel, tcb);
            return;
        }

        kernel.Candidate = tcb;
        kernel.Action = SchedulerAction.SwitchToCandidate;
    }

    /// <summary>Puts a woken thread into its queue, because there is a candidate already or it may not run now.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Queue(ref KernelState kernel, Ref<Tcb> tcb)
    {
        bool isOfThisDomain = KernelProfile.DomainCount == 1 || tcb.Value.Domain == kernel.CurrentDomain;
        if (isOfThisDomain) Reschedule(ref kernel);
        ReadyList.Prepend(ref kernel, tcb);
    }

    /// <summary>Sends the running thread behind its equals; the slice is not refilled (R-SCHED-07, R-SCHED-08).</summary>
    public static void Yield(ref KernelState kernel)
    {
        // Nobody of its priority is ready, and nobody above can be: it would be chosen again.
        if (kernel.Ready[kernel.Current.Value.Priority].Head.IsNull) return;
        ReadyList.Remove(ref kernel, kernel.Current);
        ReadyList.Append(ref kernel, kernel.Current);
        Reschedule(ref kernel);
    }

    /// <summary>Counts a tick of the timer against the running thread and against the domain's time (R-SCHED-03).</summary>
    public static void CountTick(ref KernelState kernel)
    {
        ref Tcb current = ref kernel.Current.Value;
        if (current.State == ThreadState.Running || current.State == ThreadState.Restart)
        {
            if (current.TimeSlice > 1)
            {
                current.TimeSlice--;
            }
            else
            {
                current.TimeSlice = KernelProfile.TimeSliceTicks;
                ReadyList.Append(ref kernel, kernel.Current);
                Reschedule(ref kernel);
            }
        }

        if (KernelProfile.DomainCount > 1)
        {
            kernel.DomainTicksLeft--;
            if (kernel.DomainTicksLeft == 0) Reschedule(ref kernel);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Schedule(ref KernelState kernel)
    {
        bool canGoOn = Threads<A>.IsRunnable(ref kernel.Current.Value);
        if (canGoOn) ReadyList.Prepend(ref kernel, kernel.Current);
        if (kernel.Action == SchedulerAction.SwitchToCandidate && TryCandidate(ref kernel, canGoOn))
            SwitchTo(ref kernel, kernel.Candidate);
        else
            ChooseNew(ref kernel);
        kernel.Action = SchedulerAction.ResumeCurrent;
    }

    /// <summary>Judges whether the candidate runs next; if not, it has been put into its queue.</summary>
    /// <remarks>
    /// A candidate at least as high as the running thread is the highest of all, since nobody above that one was ready. It
    /// takes over, except from an equal that can go on (R-SCHED-05, R-SCHED-06). A lower one must be compared with the queues.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCandidate(ref KernelState kernel, bool canGoOn)
    {
        int priority = kernel.Candidate.Value.Priority;
        int currentPriority = kernel.Current.Value.Priority;
        bool mustCompare = kernel.Current == kernel.Idle || priority < currentPriority;
        if (mustCompare && !ReadyList.IsHighest(ref kernel, priority))
        {
            ReadyList.Prepend(ref kernel, kernel.Candidate);
            return false;
        }

        if (canGoOn && priority == currentPriority)
        {
            ReadyList.Append(ref kernel, kernel.Candidate);
            return false;
        }

        return true;
    }

    private static void ChooseNew(ref KernelState kernel)
    {
        if (kernel.DomainTicksLeft == 0) DomainSchedules.Advance(ref kernel);
        Ref<Tcb> chosen = ReadyList.First(ref kernel);
        if (!chosen.IsNull)
        {
            SwitchTo(ref kernel, chosen);
            return;
        }

        A.SwitchToIdle(ref kernel);
        kernel.Current = kernel.Idle;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwitchTo(ref KernelState kernel, Ref<Tcb> tcb)
    {
        Require.That(Threads<A>.IsRunnable(ref tcb.Value));
        if (tcb.Value.IsQueued != 0) ReadyList.Remove(ref kernel, tcb);
        kernel.Current = tcb;
        A.SwitchTo(ref kernel, tcb);
    }
}
