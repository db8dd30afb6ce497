// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Replies;

/// <summary>Calls and their answers through the caller slot (ABI §14.2).</summary>
[Rule("ABI-14.2")]
public sealed class ReplyTests : KernelTest
{
    private readonly ulong _endpoint;
    private readonly SimThread _server;
    private readonly SimThread _client;

    public ReplyTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _server = Sim.NewThread("server", 120);
        _client = Sim.NewThread("client", 110);
    }

    private Capability CallerSlot => _server.Tcb.Value.Slots[(int)TcbSlot.Caller].Capability;

    private void StartCall()
    {
        Sim.Park();
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1, [5]);
    }

    [Fact]
    [Rule("R-REPLY-01", "R-REPLY-07")]
    public void Receiving_a_call_fills_the_caller_slot()
    {
        StartCall();
        Assert.Equal(CapabilityTag.Reply, CallerSlot.Tag);
        Assert.Equal(_client.Tcb.Address, CallerSlot.ReplyTcbAddress);
        Assert.True(CallerSlot.ReplyCanGrant);
    }

    [Fact]
    [Rule("R-REPLY-02", "R-REPLY-11", "R-REPLY-10")]
    public void Reply_answers_the_caller_with_badge_0_and_consumes_the_capability()
    {
        StartCall();
        Mark(_server);
        MessageInfo info = new(8, 0, 0, 2);
        _server.Enter(SystemCall.Reply, Untouched, info.Word);
        Assert.True(CallerSlot.IsNull);
        Assert.True(_server.IsRunning);
        Assert.Equal(Untouched, _server.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_server, info.Word);
        Assert.Equal(ThreadState.Running, _client.State);
        Assert.Equal(0ul, _client.Answer.Badge);
        Assert.Equal(8ul, _client.Answer.Label);
        Assert.Equal([Untouched, Untouched + 1], _client.Answer.Words);
    }

    [Fact]
    [Rule("R-REPLY-03")]
    public void Reply_without_a_caller_does_nothing()
    {
        Mark(Root);
        Root.Enter(SystemCall.Reply, Untouched, Untouched);
        Assert.True(Root.IsRunning);
        AssertOnlyBadgeWritten(Root);
        Assert.Equal(Untouched, Root.Register(UserContext.Rdi));
    }

    [Fact]
    [Rule("R-REPLY-03", "R-REPLY-02")]
    public void A_second_Reply_does_nothing()
    {
        StartCall();
        _server.Reply(1);
        ulong label = _client.Answer.Label;
        _server.Reply(2);
        Assert.Equal(label, _client.Answer.Label);
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [Rule("R-REPLY-04")]
    public void Receiving_on_an_endpoint_discards_the_unanswered_call_and_the_caller_stays_blocked(SystemCall call)
    {
        StartCall();
        _server.Enter(call, _endpoint, 0);
        Assert.True(CallerSlot.IsNull);
        Assert.Equal(ThreadState.BlockedOnReply, _client.State);
    }

    [Theory]
    [InlineData(SystemCall.Recv)]
    [InlineData(SystemCall.NBRecv)]
    [Rule("R-REPLY-05")]
    public void Receiving_on_a_notification_keeps_the_call(SystemCall call)
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        StartCall();
        _server.Signal(notification);
        _server.Enter(call, notification, 0);
        Assert.Equal(CapabilityTag.Reply, CallerSlot.Tag);
        _server.Reply(4);
        Assert.Equal(4ul, _client.Answer.Label);
    }

    [Fact]
    [Rule("R-REPLY-04", "R-IPC-12")]
    public void A_receive_that_faults_keeps_the_call()
    {
        ulong sendOnly = Sim.NewSlot();
        AssertDone(CopyCap(_endpoint, sendOnly, CapRights.Write));
        StartCall();
        _server.Recv(sendOnly);
        Assert.Equal(ThreadState.Inactive, _server.State);
        Assert.Equal(CapabilityTag.Reply, CallerSlot.Tag);
    }

    [Fact]
    [Rule("R-REPLY-06")]
    public void ReplyRecv_answers_first_and_then_receives()
    {
        SimThread second = Sim.NewThread("second", 105);
        StartCall();
        _server.Yield();
        _server.ReplyRecv(_endpoint, 3, [7]);
        Assert.Equal(ThreadState.BlockedOnReceive, _server.State);
        Assert.True(_client.IsRunning);
        Assert.Equal([7ul], _client.Answer.Words);
        Suspend(_client);
        second.Call(_endpoint, 2);
        Assert.Equal(2ul, _server.Answer.Label);
    }

    [Fact]
    [Rule("R-REPLY-06")]
    public void ReplyRecv_takes_a_waiting_call_with_the_next_system_call()
    {
        SimThread second = Sim.NewThread("second", 130);
        ulong notification = Sim.NewObject(ObjectType.Notification);
        Sim.Park();
        second.Recv(notification);
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1);
        _server.Signal(notification);
        second.Call(_endpoint, 2);
        Assert.Equal(ThreadState.BlockedOnSend, second.State);
        _server.ReplyRecv(_endpoint, 9);
        Assert.True(_server.IsRunning);
        Assert.Equal(2ul, _server.Answer.Label);
        Assert.Equal(9ul, _client.Answer.Label);
        Assert.Equal(second.Tcb.Address, CallerSlot.ReplyTcbAddress);
    }

    [Fact]
    [Rule("R-REPLY-12", "R-TCB-05")]
    public void Suspending_the_caller_removes_the_reply_capability()
    {
        StartCall();
        Suspend(_client);
        Assert.True(CallerSlot.IsNull);
        _server.Reply(1);
        Assert.Equal(ThreadState.Inactive, _client.State);
    }

    [Fact]
    [Rule("R-REPLY-12")]
    public void Deleting_the_caller_removes_the_reply_capability()
    {
        StartCall();
        Sim.AsRoot(_ => AssertDone(DeleteCap(_client.Capability)));
        Assert.True(CallerSlot.IsNull);
    }

    [Fact]
    [Rule("R-REPLY-13")]
    public void Resuming_the_caller_removes_the_reply_capability_and_repeats_the_call()
    {
        ulong before = _client.Rip;
        StartCall();
        Resume(_client);
        Assert.True(CallerSlot.IsNull);
        Assert.Equal(ThreadState.Restart, _client.State);
        _server.Recv(_endpoint);
        Assert.Equal(before, _client.Rip);
        _client.Repeat();
        Assert.Equal([5ul], _server.Answer.Words);
        Assert.Equal(CapabilityTag.Reply, CallerSlot.Tag);
    }

    [Fact]
    [Rule("R-REPLY-17", "R-REPLY-14")]
    public void A_call_made_while_a_caller_waits_does_not_discard_that_caller()
    {
        ulong inner = Sim.NewObject(ObjectType.Endpoint);
        SimThread deep = Sim.NewThread("deep", 130);
        Sim.Park();
        deep.Recv(inner);
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1);
        _server.Call(inner, 2);
        deep.ReplyRecv(inner, 3);
        Assert.Equal(3ul, _server.Answer.Label);
        _server.Reply(4);
        Assert.Equal(4ul, _client.Answer.Label);
    }

    [Fact]
    [Rule("R-REPLY-18")]
    public void Deleting_the_server_leaves_its_caller_blocked()
    {
        StartCall();
        Sim.AsRoot(_ => AssertDone(DeleteCap(_server.Capability)));
        Assert.Equal(ThreadState.BlockedOnReply, _client.State);
        Resume(_client);
        Assert.True(_client.IsAboutToRepeat);
        Assert.True(_client.IsRunning);
    }

    [Fact]
    [Rule("R-REPLY-16", "R-SCHED-05")]
    public void An_answered_caller_of_equal_priority_does_not_preempt_the_server()
    {
        AssertDone(Root.Invoke(_client.Capability, InvocationLabel.TcbSetPriority, [120], [InitialSlot.Tcb]));
        AssertDone(Root.Invoke(_client.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _server.Recv(_endpoint);
        Resume(_client);
        _client.Call(_endpoint, 1);
        _server.Reply(2);
        Assert.True(_server.IsRunning);
        _server.Yield();
        Assert.True(_client.IsRunning);
    }

    [Fact]
    [Rule("R-REPLY-16", "R-SCHED-04")]
    public void An_answered_caller_of_higher_priority_preempts_the_server()
    {
        SimThread boss = Sim.NewThread("boss", 200);
        AssertDone(Root.Invoke(boss.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _server.Recv(_endpoint);
        Resume(boss);
        boss.Call(_endpoint, 1);
        _server.Reply(2);
        Assert.True(boss.IsRunning);
        Assert.Equal(2ul, boss.Answer.Label);
    }
}
