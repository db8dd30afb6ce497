// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Notifications;

/// <summary>Signalling and waiting (ABI §14.4).</summary>
[Rule("ABI-14.4")]
public sealed class SignalTests : KernelTest
{
    private readonly ulong _notification;
    private readonly ulong _first;
    private readonly ulong _second;

    public SignalTests()
    {
        _notification = Sim.NewObject(ObjectType.Notification);
        _first = Sim.Mint(_notification, 0x01);
        _second = Sim.Mint(_notification, 0x8000_0000_0000_0010);
    }

    [Fact]
    [Rule("R-NTFN-11")]
    public void Signalling_without_Write_fails_with_InvalidCapability_0_and_signals_nothing()
    {
        ulong readOnly = Sim.NewSlot();
        AssertDone(CopyCap(_notification, readOnly, CapRights.Read));
        AssertRefused(Root.Call(readOnly, 0), ErrorCode.InvalidCapability, 0);
        Mark(Root);
        Root.Enter(SystemCall.NBRecv, _notification, Untouched);
        Assert.Equal(0ul, Root.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-NTFN-12")]
    public void Waiting_without_Read_faults_in_the_receive_phase()
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        SimThread thread = Sim.NewThread("thread", 110, faults);
        ulong writeOnly = Sim.NewSlot();
        AssertDone(CopyCap(_notification, writeOnly, CapRights.Write));
        Sim.Park();
        ulong ip = thread.Rip;
        thread.Recv(writeOnly);
        Sim.AsRoot(root => AssertCapFault(root.NBRecv(faults), ip, writeOnly, 1, 2, 0));
    }

    [Fact]
    [Rule("R-NTFN-01", "R-NTFN-02", "R-NTFN-06", "R-NTFN-13")]
    public void Signals_combine_until_somebody_waits()
    {
        Root.Signal(_first);
        Root.Signal(_second);
        Root.Signal(_first);
        Assert.True(Root.IsRunning);
        Root.Recv(_notification);
        Assert.True(Root.IsRunning);
        Assert.Equal(0x8000_0000_0000_0011, Root.Register(UserContext.Rdi));
        Root.NBRecv(_notification);
        Assert.Equal(0ul, Root.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-NTFN-03")]
    public void Waiting_on_an_idle_notification_blocks_and_polling_returns_0()
    {
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        Mark(thread);
        thread.Enter(SystemCall.NBRecv, _notification, Untouched);
        Assert.Equal(0ul, thread.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(thread);
        thread.Recv(_notification);
        Assert.Equal(ThreadState.BlockedOnNotification, thread.State);
        Assert.True(Sim.IsIdle);
    }

    [Fact]
    [Rule("R-NTFN-04", "R-NTFN-05", "R-NTFN-08", "R-SCHED-15")]
    public void A_signal_wakes_the_first_waiter_and_writes_nothing_but_the_badge()
    {
        SimThread low = Sim.NewStoppedThread("low", 110);
        SimThread high = Sim.NewStoppedThread("high", 130);
        Sim.Park();
        Resume(low);
        Mark(low);
        low.Enter(SystemCall.Recv, _notification, Untouched);
        Resume(high);
        high.Recv(_notification);
        Sim.AsRoot(root => root.Signal(_second));
        Assert.True(low.IsRunning);
        Assert.Equal(0x8000_0000_0000_0010, low.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(low);
        Assert.Equal(ThreadState.BlockedOnNotification, high.State);

        // The word went to the waiter and nothing stayed behind.
        low.NBRecv(_notification);
        Assert.Equal(0ul, low.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-NTFN-07")]
    public void A_signal_without_badge_makes_the_next_wait_return_0_at_once()
    {
        SimThread thread = Sim.NewThread("thread");
        Root.Signal(_notification);
        Sim.Park();
        thread.Recv(_notification);
        Assert.True(thread.IsRunning);
        Assert.Equal(0ul, thread.Register(UserContext.Rdi));
        thread.Recv(_notification);
        Assert.Equal(ThreadState.BlockedOnNotification, thread.State);
    }

    [Fact]
    [Rule("R-NTFN-09", "R-NTFN-10")]
    public void A_call_signals_whatever_it_carries_and_is_answered_with_nothing()
    {
        Root.SetWord(0, 77);
        AssertDone(Root.Call(_first, 123, [77, 78, 79, 80, 81], [InitialSlot.Tcb]));
        Assert.Equal(77ul, Root.Word(0));
        Root.NBRecv(_notification);
        Assert.Equal(1ul, Root.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-NTFN-09", "R-SYS-17")]
    public void A_signal_by_Send_leaves_the_senders_registers_alone()
    {
        Mark(Root);
        Root.Enter(SystemCall.Send, _first, new MessageInfo(0, 0, 0, 1).Word);
        Assert.Equal(_first, Root.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(Root, 1);
    }

    [Fact]
    [Rule("R-DEL-03", "R-FAULT-04")]
    public void Deleting_the_notification_restarts_its_waiters()
    {
        SimThread thread = Sim.NewThread("thread");
        Sim.Park();
        thread.Recv(_notification);
        Sim.AsRoot(_ =>
        {
            AssertDone(RevokeCap(_notification));
            Assert.Equal(ThreadState.BlockedOnNotification, thread.State);
            AssertDone(DeleteCap(_notification));
        });
        Assert.True(thread.IsRunning);
        Assert.True(thread.IsAboutToRepeat);
        thread.Repeat();
        Assert.Equal(ThreadState.Inactive, thread.State);
    }

    [Fact]
    [Rule("R-TCB-05", "R-NTFN-05")]
    public void A_suspended_waiter_does_not_take_the_signal()
    {
        SimThread first = Sim.NewStoppedThread("first", 120);
        SimThread second = Sim.NewStoppedThread("second", 110);
        StartInOrder(first, second);
        first.Recv(_notification);
        second.Recv(_notification);
        Suspend(first);
        Sim.AsRoot(root => root.Signal(_first));
        Assert.True(second.IsRunning);
    }
}
