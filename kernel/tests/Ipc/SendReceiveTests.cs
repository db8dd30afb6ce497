// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.X64;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Ipc;

/// <summary>Rendezvous through an endpoint, from both sides (ABI §14.1).</summary>
[Rule("ABI-14.1")]
public sealed class SendReceiveTests : KernelTest
{
    private readonly ulong _endpoint;
    private readonly ulong _badged;
    private readonly SimThread _receiver;
    private readonly SimThread _sender;

    public SendReceiveTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _badged = Sim.Mint(_endpoint, 0xfeed_0000_0000_0001);
        _receiver = Sim.NewThread("receiver", 120);
        _sender = Sim.NewThread("sender", 110);
    }

    /// <summary>Lets the receiver wait, so that the sender runs.</summary>
    private void StartWithReceiver()
    {
        Sim.Park();
        _receiver.Recv(_endpoint);
    }

    /// <summary>Keeps the receiver away, so that the sender runs.</summary>
    private void StartWithoutReceiver()
    {
        AssertDone(Root.Invoke(_receiver.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
    }

    [Fact]
    [Rule("R-IPC-01", "R-IPC-07", "R-IPC-24")]
    public void Send_to_a_waiting_receiver_transfers_at_once()
    {
        StartWithReceiver();
        _sender.Send(_badged, 42, [1, 2, 3]);
        Assert.True(_receiver.IsRunning);
        Assert.Equal(ThreadState.Running, _sender.State);
        Assert.Equal(0xfeed_0000_0000_0001, _receiver.Answer.Badge);
        Assert.Equal(42ul, _receiver.Answer.Label);
        Assert.Equal([1ul, 2, 3], _receiver.Answer.Words);
    }

    [Fact]
    [Rule("R-IPC-01", "R-IPC-02", "R-IPC-24")]
    public void Send_without_a_receiver_blocks_until_one_comes()
    {
        StartWithoutReceiver();
        _sender.Send(_badged, 5, [9]);
        Assert.Equal(ThreadState.BlockedOnSend, _sender.State);
        Assert.True(Sim.IsIdle);
        Resume(_receiver);
        SimAnswer message = _receiver.Recv(_endpoint);
        Assert.True(_receiver.IsRunning);
        Assert.Equal([9ul], message.Words);
        Assert.Equal(ThreadState.Running, _sender.State);
    }

    [Fact]
    [Rule("R-IPC-02")]
    public void Recv_without_a_sender_blocks()
    {
        StartWithReceiver();
        Assert.Equal(ThreadState.BlockedOnReceive, _receiver.State);
        Assert.True(_sender.IsRunning);
    }

    [Fact]
    [Rule("R-IPC-03")]
    public void NBSend_without_a_receiver_drops_the_message()
    {
        StartWithoutReceiver();
        _sender.NBSend(_badged, 5, [9]);
        Assert.True(_sender.IsRunning);
        Resume(_receiver);
        _receiver.NBRecv(_endpoint);
        Assert.Equal(0ul, _receiver.Answer.Badge);
    }

    [Fact]
    [Rule("R-IPC-03")]
    public void NBSend_to_a_waiting_receiver_delivers()
    {
        StartWithReceiver();
        _sender.NBSend(_badged, 5, [9]);
        Assert.True(_receiver.IsRunning);
        Assert.Equal([9ul], _receiver.Answer.Words);
    }

    [Fact]
    [Rule("R-IPC-04")]
    public void NBRecv_without_a_sender_returns_badge_0_and_changes_nothing_else()
    {
        Sim.Park();
        Mark(_receiver);
        _receiver.Enter(SystemCall.NBRecv, _endpoint, Untouched);
        Assert.True(_receiver.IsRunning);
        Assert.Equal(0ul, _receiver.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_receiver);
    }

    [Fact]
    [Rule("R-IPC-04", "R-IPC-07")]
    public void NBRecv_takes_the_message_of_a_waiting_sender()
    {
        StartWithoutReceiver();
        _sender.Send(_badged, 5, [9]);
        Resume(_receiver);
        SimAnswer message = _receiver.NBRecv(_endpoint);
        Assert.Equal(0xfeed_0000_0000_0001, message.Badge);
        Assert.Equal([9ul], message.Words);
    }

    [Fact]
    [Rule("R-IPC-26", "R-SYS-17")]
    public void The_registers_of_a_sender_are_not_changed()
    {
        StartWithReceiver();
        MessageInfo info = new(77, 0, 0, 3);
        Mark(_sender);
        _sender.Enter(SystemCall.Send, _badged, info.Word);
        Assert.Equal(_badged, _sender.Register(UserContext.Rdi));
        AssertOnlyBadgeWritten(_sender, info.Word);
    }

    [Fact]
    [Rule("R-IPC-10")]
    public void Words_above_the_length_keep_their_content_at_the_receiver()
    {
        Sim.Park();
        Mark(_receiver);
        _receiver.SetWord(4, 0x44);
        _receiver.SetWord(5, 0x55);
        _receiver.Recv(_endpoint);
        _sender.Send(_badged, 0, [1]);
        Assert.Equal(1ul, _receiver.Word(0));
        Assert.Equal(Untouched + 1, _receiver.Word(1));
        Assert.Equal(Untouched + 3, _receiver.Word(3));
        Assert.Equal(0x44ul, _receiver.Word(4));
        Assert.Equal(0x55ul, _receiver.Word(5));
    }

    [Fact]
    [Rule("R-IPC-25")]
    public void An_empty_message_still_carries_badge_and_label()
    {
        StartWithReceiver();
        _sender.Send(_badged, (1ul << 52) - 1);
        Assert.Equal((1ul << 52) - 1, _receiver.Answer.Label);
        Assert.Equal(0, _receiver.Answer.Length);
        Assert.Equal(0xfeed_0000_0000_0001, _receiver.Answer.Badge);
    }

    [Fact]
    [Rule("R-IPC-16")]
    public void A_message_is_read_when_it_is_transferred()
    {
        StartWithoutReceiver();
        _sender.Send(_badged, 0, [1, 2, 3, 4, 5]);
        _sender.SetWord(4, 50);
        Resume(_receiver);
        Assert.Equal([1ul, 2, 3, 4, 50], _receiver.Recv(_endpoint).Words);
    }

    [Fact]
    [Rule("R-IPC-23")]
    public void An_endpoint_turns_from_senders_to_receivers_only_through_empty()
    {
        StartWithoutReceiver();
        _sender.Send(_badged, 1);
        ref Endpoint endpoint = ref new Ref<Endpoint>(Sim.CapabilityAt(_endpoint).EndpointAddress).Value;
        Assert.Equal(EndpointState.Sending, endpoint.State);
        Resume(_receiver);
        _receiver.Recv(_endpoint);
        Assert.Equal(EndpointState.Idle, endpoint.State);
        _receiver.Recv(_endpoint);
        Assert.Equal(EndpointState.Receiving, endpoint.State);
        _sender.NBSend(_badged, 2);
        Assert.Equal(EndpointState.Idle, endpoint.State);
    }

    [Fact]
    [Rule("R-IPC-20")]
    public void A_thread_cannot_meet_itself()
    {
        AssertDone(Root.Invoke(_sender.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _receiver.Call(_endpoint, 1);
        Assert.Equal(ThreadState.BlockedOnSend, _receiver.State);
        Assert.True(Sim.IsIdle);
    }

    [Fact]
    [Rule("R-IPC-21")]
    public void A_suspended_sender_leaves_the_queue_and_its_message_is_not_delivered()
    {
        StartWithoutReceiver();
        _sender.Send(_badged, 0, [1]);
        Suspend(_sender);
        Assert.Equal(ThreadState.Inactive, _sender.State);
        Resume(_receiver);
        _receiver.NBRecv(_endpoint);
        Assert.Equal(0ul, _receiver.Answer.Badge);
    }

    [Fact]
    [Rule("R-IPC-21")]
    public void A_suspended_receiver_leaves_the_queue()
    {
        StartWithReceiver();
        Suspend(_receiver);
        _sender.NBSend(_badged, 1);
        Assert.True(_sender.IsRunning);
        Assert.Equal(ThreadState.Inactive, _receiver.State);
    }

    [Fact]
    [Rule("R-IPC-22", "R-TCB-04")]
    public void A_resumed_sender_executes_its_call_again()
    {
        StartWithoutReceiver();
        ulong ip = _sender.Rip;
        _sender.Send(_badged, 3, [1]);
        Resume(_sender);
        Assert.True(_sender.IsRunning);
        Assert.Equal(ip, _sender.Rip);
        _sender.Repeat();
        Assert.Equal(ThreadState.BlockedOnSend, _sender.State);
        Resume(_receiver);
        Assert.Equal([1ul], _receiver.Recv(_endpoint).Words);
    }

    [Fact]
    [Rule("R-IPC-22")]
    public void A_resumed_receiver_executes_its_call_again()
    {
        Sim.Park();
        ulong ip = _receiver.Rip;
        _receiver.Recv(_endpoint);
        Resume(_receiver);
        Assert.Equal(ip, _receiver.Rip);
        _receiver.Repeat();
        Assert.Equal(ThreadState.BlockedOnReceive, _receiver.State);
        _sender.Send(_badged, 1);
        Assert.True(_receiver.IsRunning);
    }

    [Fact]
    [Rule("R-IPC-08", "R-IPC-09")]
    public void A_sender_with_buffer_and_120_words_fills_the_receivers_buffer()
    {
        StartWithReceiver();
        ulong[] words = new ulong[120];
        for (int i = 0; i < words.Length; i++) words[i] = 1000 + (ulong)i;
        _sender.Send(_badged, 9, words);
        Assert.Equal(words, _receiver.Answer.Words);
        Assert.Equal(120, _receiver.Answer.Length);
    }

    [Theory]
    [InlineData(121)]
    [InlineData(127)]
    [Rule("R-IPC-08", "R-SYS-15")]
    public void A_length_above_120_counts_as_120(int length)
    {
        StartWithReceiver();
        _sender.Load(0, new ulong[120], []);
        _sender.Enter(SystemCall.Send, _badged, new MessageInfo(4, 0, 0, length).Word);
        Assert.Equal(120, _receiver.Answer.Length);
        Assert.Equal(4ul, _receiver.Answer.Label);
    }
}
