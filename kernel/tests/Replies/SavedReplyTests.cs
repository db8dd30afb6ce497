// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Replies;

/// <summary>Reply capabilities that a server keeps for later (CNode_SaveCaller).</summary>
public sealed class SavedReplyTests : KernelTest
{
    private readonly ulong _endpoint;
    private readonly ulong _saved;
    private readonly SimThread _server;
    private readonly SimThread _client;

    public SavedReplyTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _saved = Sim.NewSlot();
        _server = Sim.NewThread("server", 120);
        _client = Sim.NewThread("client", 110);
    }

    private SimAnswer Save(ulong slot) => _server.Invoke(InitialSlot.CNode, InvocationLabel.CNodeSaveCaller, [slot, 64]);

    private void StartSavedCall()
    {
        Sim.Park();
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1);
        AssertDone(Save(_saved));
    }

    [Theory]
    [InlineData(SystemCall.Send)]
    [InlineData(SystemCall.NBSend)]
    [InlineData(SystemCall.Call)]
    [Rule("R-REPLY-08", "R-REPLY-11")]
    public void A_saved_reply_capability_answers_once_and_disappears(SystemCall call)
    {
        StartSavedCall();
        _server.Transfer(call, _saved, 6, [1, 2], []);
        Assert.True(_server.IsRunning);
        Assert.True(Sim.CapabilityAt(_saved).IsNull);
        Assert.Equal(ThreadState.Running, _client.State);
        Assert.Equal(6ul, _client.Answer.Label);
        Assert.Equal(0ul, _client.Answer.Badge);
        Assert.Equal([1ul, 2], _client.Answer.Words);
    }

    [Fact]
    [Rule("R-REPLY-08", "R-SYS-10")]
    public void Calling_a_saved_reply_capability_succeeds_like_any_method()
    {
        StartSavedCall();
        AssertDone(_server.Call(_saved, 6, [1, 2]));
        AssertRefused(_server.Call(_saved, 6), ErrorCode.InvalidCapability, 0);
    }

    [Fact]
    [Rule("R-REPLY-09")]
    public void It_can_be_moved_but_not_copied()
    {
        ulong moved = Sim.NewSlot();
        StartSavedCall();
        SimAnswer answer = _server.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeCopy, [moved, 64, _saved, 64, 15], [InitialSlot.CNode]);
        AssertRefused(answer, ErrorCode.IllegalOperation);
        AssertDone(_server.Invoke(InitialSlot.CNode, InvocationLabel.CNodeMove, [moved, 64, _saved, 64], [InitialSlot.CNode]));
        _server.Send(moved, 6);
        Assert.Equal(6ul, _client.Answer.Label);
    }

    [Fact]
    [Rule("R-REPLY-12")]
    public void Suspending_the_caller_removes_it_from_the_CSpace()
    {
        StartSavedCall();
        Suspend(_client);
        Assert.True(Sim.CapabilityAt(_saved).IsNull);
        AssertRefused(_server.Call(_saved, 6), ErrorCode.InvalidCapability, 0);
    }

    [Fact]
    [Rule("R-DEL-13", "R-REPLY-08")]
    public void Deleting_it_leaves_the_caller_blocked()
    {
        StartSavedCall();
        Sim.AsRoot(_ => AssertDone(DeleteCap(_saved)));
        Assert.Equal(ThreadState.BlockedOnReply, _client.State);
        Resume(_client);
        Assert.Equal(ThreadState.Restart, _client.State);
    }

    [Fact]
    [Rule("R-REPLY-14", "R-REPLY-15", "R-REPLY-04")]
    [Rule("RPC:K6")]
    public void Several_saved_callers_are_answered_in_any_order()
    {
        SimThread second = Sim.NewThread("second", 109);
        SimThread third = Sim.NewThread("third", 108);
        ulong savedSecond = Sim.NewSlot();
        Sim.Park();
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1);
        AssertDone(Save(_saved));
        _server.Recv(_endpoint);
        second.Call(_endpoint, 2);
        AssertDone(Save(savedSecond));
        _server.Recv(_endpoint);
        third.Call(_endpoint, 3);
        _server.Send(savedSecond, 22);
        _server.Reply(33);
        _server.Send(_saved, 11);
        Assert.Equal(11ul, _client.Answer.Label);
        Assert.Equal(22ul, second.Answer.Label);
        Assert.Equal(33ul, third.Answer.Label);
    }

    [Fact]
    [Rule("R-REPLY-09", "R-XFER-11")]
    public void A_saved_reply_capability_cannot_be_sent_along()
    {
        SimThread other = Sim.NewThread("other", 130);
        ulong place = Sim.NewSlot();
        other.SetReceiveSlot(InitialSlot.CNode, place, 64);
        ulong door = Sim.NewObject(ObjectType.Endpoint);
        Sim.Park();
        other.Recv(door);
        _server.Recv(_endpoint);
        _client.Call(_endpoint, 1);
        AssertDone(Save(_saved));
        _server.Send(door, 1, [], [_saved]);
        Assert.Equal(0, other.Answer.Info.ExtraCaps);
        Assert.Equal(CapabilityTag.Reply, Sim.CapabilityAt(_saved).Tag);
    }
}
