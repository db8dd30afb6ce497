// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Scheduling;

/// <summary>Who runs next (ABI §14.5).</summary>
[Rule("ABI-14.5")]
public sealed class SchedulingTests : KernelTest
{
    private SimThread[] NewThreads(int count, byte priority)
    {
        SimThread[] threads = new SimThread[count];
        for (int i = 0; i < count; i++) threads[i] = Sim.NewStoppedThread($"{(char)('A' + i)}", priority);
        return threads;
    }

    [Fact]
    [Rule("R-SCHED-01", "R-SCHED-09", "R-SCHED-13")]
    public void The_highest_runnable_thread_runs_and_lower_ones_only_when_all_above_block()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        byte[] priorities = [10, 200, 63, 64, 0, 254];
        SimThread[] threads = new SimThread[priorities.Length];
        for (int i = 0; i < threads.Length; i++) threads[i] = Sim.NewThread($"thread {priorities[i]}", priorities[i]);
        Sim.Park();
        Array.Sort(priorities, threads);
        for (int i = threads.Length - 1; i >= 0; i--)
        {
            Assert.True(threads[i].IsRunning, $"{threads[i]} should run");
            threads[i].Recv(endpoint);
        }

        Assert.True(Sim.IsIdle);
    }

    [Fact]
    [Rule("R-SCHED-13", "R-IRQ-05")]
    public void The_idle_thread_gives_way_to_a_woken_one()
    {
        SimThread thread = Sim.NewThread("thread", 0);
        ulong notification = Sim.NewObject(ObjectType.Notification);
        Sim.Park();
        thread.Recv(notification);
        Assert.True(Sim.IsIdle);
        Sim.Tick(3);
        Assert.True(Sim.IsIdle);
        Sim.AsRoot(root => root.Signal(notification));
        Assert.True(thread.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-04")]
    public void A_woken_thread_of_higher_priority_preempts_at_once_and_the_preempted_one_goes_on_before_its_equals()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        SimThread high = Sim.NewThread("high", 150);
        SimThread[] equals = NewThreads(2, 100);
        StartInOrder(high, equals[0], equals[1]);
        high.Recv(notification);
        Assert.True(equals[0].IsRunning);
        equals[0].Signal(notification);
        Assert.True(high.IsRunning);
        high.Recv(notification);
        Assert.True(equals[0].IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-05")]
    public void A_woken_thread_of_equal_priority_goes_behind_the_others()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        SimThread[] threads = NewThreads(3, 100);
        StartInOrder(threads);
        threads[0].Recv(notification);
        Assert.True(threads[1].IsRunning);
        threads[1].Signal(notification);
        Assert.True(threads[1].IsRunning);
        threads[1].Yield();
        Assert.True(threads[2].IsRunning);
        threads[2].Yield();
        Assert.True(threads[0].IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-06")]
    public void A_thread_that_blocks_while_it_wakes_an_equal_hands_over_directly()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        SimThread[] threads = NewThreads(3, 100);
        StartInOrder(threads);
        threads[0].Recv(endpoint);

        // C is ready and before A in line, but A is the one that the call of B wakes.
        threads[1].Call(endpoint, 1);
        Assert.True(threads[0].IsRunning);
        threads[0].ReplyRecv(endpoint, 2);
        Assert.True(threads[1].IsRunning);
        threads[1].Yield();
        Assert.True(threads[2].IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-06", "R-SCHED-09")]
    public void Blocking_while_waking_a_lower_one_runs_whoever_is_highest_then()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        SimThread caller = Sim.NewStoppedThread("caller", 150);
        SimThread server = Sim.NewStoppedThread("server", 50);
        SimThread middle = Sim.NewStoppedThread("middle", 100);
        StartInOrder(server);
        server.Recv(endpoint);
        Sim.AsRoot(root =>
        {
            AssertDone(root.Invoke(caller.Capability, InvocationLabel.TcbResume));
            AssertDone(root.Invoke(middle.Capability, InvocationLabel.TcbResume));
        });
        caller.Call(endpoint, 1);
        Assert.True(middle.IsRunning);
        Assert.Equal(ThreadState.Running, server.State);
        Suspend(middle);
        Assert.True(server.IsRunning);
        Assert.Equal(1ul, server.Answer.Label);
    }

    [Fact]
    [Rule("R-SCHED-06")]
    public void Blocking_while_waking_a_lower_one_that_is_highest_hands_over()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        SimThread caller = Sim.NewStoppedThread("caller", 150);
        SimThread[] equals = NewThreads(2, 50);
        StartInOrder(equals);
        equals[0].Recv(endpoint);
        Resume(caller);
        caller.Call(endpoint, 1);

        // Both are ready at 50; the woken one is as high as the highest and runs, before the one that waited.
        Assert.True(equals[0].IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-07", "R-SYS-17")]
    public void Yield_sends_the_caller_behind_its_equals_and_writes_nothing()
    {
        SimThread[] threads = NewThreads(3, 100);
        StartInOrder(threads);
        Mark(threads[0]);
        threads[0].Yield();
        Assert.True(threads[1].IsRunning);
        threads[1].Yield();
        Assert.True(threads[2].IsRunning);
        threads[2].Yield();
        Assert.True(threads[0].IsRunning);
        Assert.Equal(Untouched, threads[0].Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(threads[0]);
    }

    [Fact]
    [Rule("R-SCHED-08", "R-SCHED-07")]
    public void Yield_without_equals_returns_at_once_and_keeps_the_slice()
    {
        SimThread alone = Sim.NewThread("alone", 100);
        Sim.NewThread("lower", 99);
        Sim.Park();
        Sim.Tick(2);
        Assert.Equal(3ul, alone.Tcb.Value.TimeSlice);
        alone.Yield();
        Assert.True(alone.IsRunning);
        Assert.Equal(3ul, alone.Tcb.Value.TimeSlice);
    }

    [Fact]
    [Rule("R-SCHED-12")]
    public void Resumed_equals_run_in_the_reverse_order_of_their_resumption()
    {
        SimThread resumer = Sim.NewThread("resumer", 100);
        SimThread[] threads = NewThreads(3, 100);
        Sim.Park();
        foreach (SimThread thread in threads)
        {
            AssertDone(resumer.Invoke(thread.Capability, InvocationLabel.TcbResume));
            Assert.True(resumer.IsRunning);
        }

        resumer.Yield();
        Assert.True(threads[2].IsRunning);
        threads[2].Yield();
        Assert.True(threads[1].IsRunning);
        threads[1].Yield();
        Assert.True(threads[0].IsRunning);
        threads[0].Yield();
        Assert.True(resumer.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-12", "R-SCHED-04")]
    public void A_resumed_thread_of_higher_priority_preempts()
    {
        SimThread resumer = Sim.NewThread("resumer", 100);
        SimThread high = Sim.NewStoppedThread("high", 101);
        Sim.Park();
        resumer.Invoke(high.Capability, InvocationLabel.TcbResume);
        Assert.True(high.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-10")]
    public void Raising_a_runnable_thread_above_the_caller_preempts_the_caller()
    {
        SimThread caller = Sim.NewThread("caller", 100);
        SimThread other = Sim.NewThread("other", 50);
        Sim.Park();
        caller.Invoke(other.Capability, InvocationLabel.TcbSetPriority, [101], [InitialSlot.Tcb]);
        Assert.True(other.IsRunning);
        Assert.Equal(0ul, caller.Answer.Label);
    }

    [Fact]
    [Rule("R-SCHED-10", "R-SCHED-05")]
    public void Raising_a_runnable_thread_to_the_callers_priority_puts_it_behind_the_others()
    {
        SimThread[] equals = NewThreads(2, 100);
        SimThread other = Sim.NewThread("other", 50);
        StartInOrder(equals);
        AssertDone(equals[0].Invoke(other.Capability, InvocationLabel.TcbSetPriority, [100], [InitialSlot.Tcb]));
        Assert.True(equals[0].IsRunning);
        equals[0].Yield();
        Assert.True(equals[1].IsRunning);
        equals[1].Yield();
        Assert.True(other.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-11")]
    public void Lowering_the_caller_below_a_runnable_thread_preempts_the_caller()
    {
        SimThread caller = Sim.NewThread("caller", 100);
        SimThread other = Sim.NewThread("other", 50);
        Sim.Park();
        AssertDone(caller.Invoke(caller.Capability, InvocationLabel.TcbSetPriority, [51], [InitialSlot.Tcb]));
        Assert.True(caller.IsRunning);
        caller.Invoke(caller.Capability, InvocationLabel.TcbSetPriority, [49], [InitialSlot.Tcb]);
        Assert.True(other.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-11")]
    public void A_caller_that_lowers_itself_goes_to_the_head_of_its_new_priority()
    {
        SimThread caller = Sim.NewThread("caller", 100);
        SimThread other = Sim.NewThread("other", 50);
        Sim.Park();
        AssertDone(caller.Invoke(caller.Capability, InvocationLabel.TcbSetPriority, [50], [InitialSlot.Tcb]));
        Assert.True(caller.IsRunning);
        caller.Yield();
        Assert.True(other.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-14")]
    public void A_new_priority_of_a_blocked_thread_counts_when_it_wakes()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        SimThread blocked = Sim.NewThread("blocked", 120);
        SimThread caller = Sim.NewThread("caller", 100);
        Sim.Park();
        blocked.Recv(notification);
        AssertDone(caller.Invoke(blocked.Capability, InvocationLabel.TcbSetPriority, [50], [InitialSlot.Tcb]));
        caller.Signal(notification);
        Assert.True(caller.IsRunning);
        AssertDone(caller.Invoke(caller.Capability, InvocationLabel.TcbSetPriority, [50], [InitialSlot.Tcb]));
        caller.Yield();
        Assert.True(blocked.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-17")]
    public void A_server_does_not_inherit_the_priority_of_its_caller()
    {
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        SimThread server = Sim.NewThread("server", 50);
        SimThread middle = Sim.NewStoppedThread("middle", 100);
        SimThread caller = Sim.NewStoppedThread("caller", 150);
        Sim.Park();
        server.Recv(endpoint);
        Resume(middle);
        Resume(caller);
        caller.Call(endpoint, 1);
        Assert.True(middle.IsRunning);
        Assert.Equal(50, server.Tcb.Value.Priority);
    }
}
