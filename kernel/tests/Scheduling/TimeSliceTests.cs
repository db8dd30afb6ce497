// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Scheduling;

/// <summary>Round robin by ticks.</summary>
public sealed class TimeSliceTests : KernelTest
{
    [Fact]
    [Rule("R-SCHED-03")]
    public void Equals_take_turns_every_five_ticks()
    {
        SimThread first = Sim.NewStoppedThread("first", 100);
        SimThread second = Sim.NewStoppedThread("second", 100);
        StartInOrder(first, second);
        for (int round = 0; round < 3; round++)
        {
            Assert.True(first.IsRunning);
            Sim.Tick(4);
            Assert.True(first.IsRunning);
            Sim.Tick();
            Assert.True(second.IsRunning);
            Sim.Tick(5);
        }
    }

    [Fact]
    [Rule("R-SCHED-03")]
    public void A_thread_alone_at_its_priority_gets_a_fresh_slice_and_goes_on()
    {
        SimThread thread = Sim.NewThread("thread", 100);
        Sim.NewThread("lower", 99);
        Sim.Park();
        Sim.Tick(5);
        Assert.True(thread.IsRunning);
        Assert.Equal(5ul, thread.Tcb.Value.TimeSlice);
    }

    [Fact]
    [Rule("R-SCHED-16")]
    public void The_rest_of_a_slice_is_kept_over_blocking()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        SimThread thread = Sim.NewStoppedThread("thread", 100);
        SimThread other = Sim.NewStoppedThread("other", 100);
        StartInOrder(thread, other);
        Sim.Tick(3);
        thread.Recv(notification);
        Sim.Tick(2);
        other.Signal(notification);
        Assert.Equal(2ul, thread.Tcb.Value.TimeSlice);
        Assert.True(other.IsRunning);
        Sim.Tick(3);
        Assert.True(thread.IsRunning);
        Sim.Tick(2);
        Assert.True(other.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-07")]
    public void A_thread_that_yields_goes_on_with_what_it_had_left()
    {
        SimThread first = Sim.NewStoppedThread("first", 100);
        SimThread second = Sim.NewStoppedThread("second", 100);
        StartInOrder(first, second);
        Sim.Tick(4);
        first.Yield();
        second.Yield();
        Assert.True(first.IsRunning);
        Sim.Tick();
        Assert.True(second.IsRunning);
    }

    [Fact]
    [Rule("R-SCHED-03", "R-SCHED-04")]
    public void A_thread_preempted_by_a_higher_one_keeps_its_place_and_its_slice()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        SimThread high = Sim.NewStoppedThread("high", 150);
        SimThread first = Sim.NewStoppedThread("first", 100);
        SimThread second = Sim.NewStoppedThread("second", 100);
        StartInOrder(high, first, second);
        high.Recv(notification);
        Sim.Tick(2);
        first.Signal(notification);
        Sim.Tick(4);
        high.Recv(notification);
        Assert.True(first.IsRunning);
        Sim.Tick(2);
        Assert.True(first.IsRunning);
        Sim.Tick();
        Assert.True(second.IsRunning);
    }

    [Fact]
    [Rule("R-SYS-16", "R-SCHED-03")]
    public void A_tick_that_ends_the_slice_in_a_preempted_invocation_lets_the_equal_run_first()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 8);
        ulong endpoint = Sim.NewObject(ObjectType.Endpoint);
        for (ulong i = 0; i < 200; i++)
            AssertDone(Root.Invoke(node, InvocationLabel.CNodeCopy, [i, 8, endpoint, 64, 15], [InitialSlot.CNode]));
        SimThread deleter = Sim.NewStoppedThread("deleter", 100);
        SimThread other = Sim.NewStoppedThread("other", 100);
        StartInOrder(deleter, other);
        Sim.Tick(4);
        Sim.Kernel.Hardware.IsInterruptPending = true;
        Sim.Stepped = () =>
        {
            // The interrupt that cut the deletion short is the tick.
            Sim.Stepped = null;
            Sim.Kernel.Hardware.IsInterruptPending = false;
            Sim.Tick();
        };
        deleter.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [node, 64]);
        Assert.True(other.IsRunning);
        Assert.True(deleter.IsAboutToRepeat);
        other.Yield();
        AssertDone(deleter.Repeat());
        Assert.True(Sim.CapabilityAt(node).IsNull);
    }
}
