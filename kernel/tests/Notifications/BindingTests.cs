// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Notifications;

/// <summary>A notification bound to a thread.</summary>
public sealed class BindingTests : KernelTest
{
    private readonly ulong _endpoint;
    private readonly ulong _notification;
    private readonly ulong _badged;
    private readonly SimThread _thread;

    public BindingTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _notification = Sim.NewObject(ObjectType.Notification);
        _badged = Sim.Mint(_notification, 0x40);
        _thread = Sim.NewThread("thread", 120);
    }

    private SimAnswer Bind(SimThread thread, ulong notification) =>
        Root.Invoke(thread.Capability, InvocationLabel.TcbBindNotification, [], [notification]);

    private SimAnswer Unbind(SimThread thread) => Root.Invoke(thread.Capability, InvocationLabel.TcbUnbindNotification);

    [Fact]
    [Rule("R-NTFN-14")]
    public void A_bound_thread_cannot_be_bound_again()
    {
        ulong other = Sim.NewObject(ObjectType.Notification);
        AssertDone(Bind(_thread, _notification));
        AssertRefused(Bind(_thread, other), ErrorCode.IllegalOperation);
        AssertRefused(Bind(_thread, EmptySlot), ErrorCode.IllegalOperation);
    }

    [Fact]
    [Rule("R-NTFN-14")]
    public void A_bound_notification_cannot_be_bound_again()
    {
        SimThread other = Sim.NewThread("other");
        AssertDone(Bind(_thread, _notification));
        AssertRefused(Bind(other, _badged), ErrorCode.IllegalOperation);
    }

    [Theory]
    [InlineData(EmptySlot)]
    [InlineData(InitialSlot.Tcb)]
    [Rule("R-NTFN-14")]
    public void Only_a_notification_can_be_bound(ulong capability) =>
        AssertRefused(Bind(_thread, capability), ErrorCode.IllegalOperation);

    [Fact]
    [Rule("R-NTFN-14")]
    public void Binding_needs_Read()
    {
        ulong writeOnly = Sim.NewSlot();
        AssertDone(CopyCap(_notification, writeOnly, CapRights.Write));
        AssertRefused(Bind(_thread, writeOnly), ErrorCode.IllegalOperation);
    }

    [Fact]
    [Rule("R-NTFN-14")]
    public void A_notification_with_waiters_cannot_be_bound_and_one_with_a_pending_word_can()
    {
        Sim.Park();
        _thread.Recv(_notification);
        Sim.AsRoot(root => AssertRefused(Bind(_thread, _notification), ErrorCode.IllegalOperation));
        ulong active = 0;
        Sim.AsRoot(root =>
        {
            active = Sim.NewObject(ObjectType.Notification);
            root.Signal(active);
            AssertDone(Bind(_thread, active));
        });
    }

    [Fact]
    [Rule("R-NTFN-20")]
    public void Unbinding_a_thread_that_is_not_bound_is_refused() => AssertRefused(Unbind(_thread), ErrorCode.IllegalOperation);

    [Fact]
    [Rule("R-NTFN-15", "R-NTFN-08")]
    public void A_signal_wakes_the_bound_thread_from_receiving_on_an_endpoint()
    {
        AssertDone(Bind(_thread, _notification));
        Sim.Park();
        Mark(_thread);
        _thread.Enter(SystemCall.Recv, _endpoint, Untouched);
        Sim.AsRoot(root => root.Signal(_badged));
        Assert.True(_thread.IsRunning);
        Assert.Equal(0x40ul, _thread.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_thread);
        Sim.AsRoot(root => root.NBSend(_endpoint, 1));
        Assert.Equal(0x40ul, _thread.Register(UserContext.Rdi));
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [Rule("R-NTFN-16", "R-NTFN-24")]
    public void Receiving_on_an_endpoint_first_takes_a_pending_word(SystemCall call)
    {
        SimThread sender = Sim.NewThread("sender", 130);
        AssertDone(Bind(_thread, _notification));
        Root.Signal(_badged);
        Sim.Park();
        sender.Send(_endpoint, 5);
        Mark(_thread);
        _thread.Enter(call, _endpoint, Untouched);
        Assert.Equal(0x40ul, _thread.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_thread);
        Assert.Equal(ThreadState.BlockedOnSend, sender.State);
        _thread.Recv(_endpoint);
        Assert.Equal(5ul, _thread.Answer.Label);
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [Rule("R-NTFN-17")]
    public void Waiting_on_a_notification_bound_to_another_thread_faults(SystemCall call)
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        SimThread other = Sim.NewThread("other", 130, faults);
        AssertDone(Bind(_thread, _notification));
        Sim.Park();
        ulong ip = other.Rip;
        other.Enter(call, _notification, 0);
        Sim.AsRoot(root => AssertCapFault(root.NBRecv(faults), ip, _notification, 1, 2, 0));
    }

    [Fact]
    [Rule("R-NTFN-18")]
    public void The_bound_thread_may_wait_on_the_notification_itself()
    {
        AssertDone(Bind(_thread, _notification));
        Sim.Park();
        _thread.Recv(_notification);
        Assert.Equal(ThreadState.BlockedOnNotification, _thread.State);
        Sim.AsRoot(root => root.Signal(_badged));
        Assert.Equal(0x40ul, _thread.Register(UserContext.Rdi));
        Assert.True(_thread.IsRunning);
    }

    [Fact]
    [Rule("R-NTFN-19")]
    public void A_signal_does_not_wake_a_bound_thread_that_sends_or_waits_for_a_reply()
    {
        AssertDone(Bind(_thread, _notification));
        Sim.Park();
        _thread.Call(_endpoint, 1);
        Sim.AsRoot(root =>
        {
            root.Signal(_badged);
            Assert.Equal(ThreadState.BlockedOnSend, _thread.State);
            root.NBRecv(_endpoint);
            root.Signal(_badged);
            Assert.Equal(ThreadState.BlockedOnReply, _thread.State);
            root.Reply(7);
        });
        Assert.Equal(7ul, _thread.Answer.Label);
        _thread.NBRecv(_endpoint);
        Assert.Equal(0x40ul, _thread.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-NTFN-21", "R-NTFN-23")]
    public void After_unbinding_a_blocked_thread_stays_blocked_and_signals_stay_pending()
    {
        AssertDone(Bind(_thread, _notification));
        Sim.Park();
        _thread.Recv(_endpoint);
        Sim.AsRoot(root =>
        {
            AssertDone(Unbind(_thread));
            root.Signal(_badged);
        });
        Assert.Equal(ThreadState.BlockedOnReceive, _thread.State);
        Sim.AsRoot(root => Assert.Equal(0x40ul, root.NBRecv(_notification).Badge));
    }

    [Fact]
    [Rule("R-NTFN-23")]
    public void A_pending_word_survives_unbinding()
    {
        AssertDone(Bind(_thread, _notification));
        Root.Signal(_badged);
        AssertDone(Unbind(_thread));
        Assert.Equal(0x40ul, Root.NBRecv(_notification).Badge);
    }

    [Fact]
    [Rule("R-NTFN-22", "R-DEL-03")]
    public void Deleting_the_notification_removes_the_binding()
    {
        AssertDone(Bind(_thread, _notification));
        AssertDone(RevokeCap(_notification));
        AssertDone(DeleteCap(_notification));
        Assert.True(_thread.Tcb.Value.BoundNotification.IsNull);
        AssertDone(Bind(_thread, Sim.NewObject(ObjectType.Notification)));
    }

    [Fact]
    [Rule("R-NTFN-22", "R-DEL-04")]
    public void Deleting_the_thread_removes_the_binding()
    {
        AssertDone(Bind(_thread, _notification));
        AssertDone(DeleteCap(_thread.Capability));
        SimThread other = Sim.NewThread("other");
        AssertDone(Bind(other, _notification));
    }
}
