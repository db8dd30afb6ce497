// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Ipc;

/// <summary>Order in the queues of endpoints, and what becomes of queued threads when the endpoint goes.</summary>
public sealed class QueueTests : KernelTest
{
    private readonly ulong _endpoint;

    public QueueTests() => _endpoint = Sim.NewObject(ObjectType.Endpoint);

    [Fact]
    [Rule("R-IPC-05", "R-SCHED-15")]
    public void Senders_are_served_in_the_order_in_which_they_came_whatever_their_priority()
    {
        byte[] priorities = [110, 140, 105, 130];
        SimThread receiver = Sim.NewStoppedThread("receiver", 90);
        SimThread[] senders = new SimThread[priorities.Length];
        for (int i = 0; i < senders.Length; i++) senders[i] = Sim.NewStoppedThread($"sender {i}", priorities[i]);
        Sim.Park();
        for (int i = 0; i < senders.Length; i++)
        {
            Resume(senders[i]);
            senders[i].Send(_endpoint, (ulong)i);
        }

        Resume(receiver);
        for (int i = 0; i < senders.Length; i++)
        {
            receiver.Recv(_endpoint);
            Assert.Equal((ulong)i, receiver.Answer.Label);
            Assert.True(senders[i].IsRunning);
            Suspend(senders[i]);
        }
    }

    [Fact]
    [Rule("R-IPC-06", "R-SCHED-15")]
    public void Receivers_are_served_in_the_order_in_which_they_came_whatever_their_priority()
    {
        byte[] priorities = [110, 140, 105, 130];
        SimThread[] receivers = new SimThread[priorities.Length];
        for (int i = 0; i < receivers.Length; i++) receivers[i] = Sim.NewStoppedThread($"receiver {i}", priorities[i]);
        SimThread sender = Sim.NewStoppedThread("sender", 200);
        Sim.Park();
        for (int i = 0; i < receivers.Length; i++)
        {
            Resume(receivers[i]);
            receivers[i].Recv(_endpoint);
        }

        Resume(sender);
        for (int i = 0; i < receivers.Length; i++)
        {
            sender.Send(_endpoint, 100 + (ulong)i);
            Assert.Equal(100 + (ulong)i, receivers[i].Answer.Label);
            Assert.Equal(ThreadState.Running, receivers[i].State);
        }
    }

    [Fact]
    [Rule("R-IPC-21", "R-IPC-05")]
    public void Taking_a_sender_out_of_the_middle_keeps_the_order_of_the_others()
    {
        SimThread[] senders = new SimThread[3];
        for (int i = 0; i < senders.Length; i++) senders[i] = Sim.NewStoppedThread($"sender {i}", (byte)(130 - i));
        SimThread receiver = Sim.NewStoppedThread("receiver", 90);
        StartInOrder(senders);
        for (int i = 0; i < senders.Length; i++) senders[i].Send(_endpoint, (ulong)i);
        Suspend(senders[1]);
        Resume(receiver);
        receiver.Recv(_endpoint);
        Suspend(senders[0]);
        Assert.Equal(0ul, receiver.Answer.Label);
        receiver.Recv(_endpoint);
        Assert.Equal(2ul, receiver.Answer.Label);
    }

    [Fact]
    [Rule("R-DEL-02", "R-IPC-27")]
    public void Deleting_the_endpoint_lets_a_Send_end_silently_a_Call_fail_and_a_Recv_fault()
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        SimThread handler = Sim.NewThread("handler", 150);
        SimThread sender = Sim.NewStoppedThread("sender", 140);
        SimThread caller = Sim.NewStoppedThread("caller", 130);
        ulong other = Sim.NewObject(ObjectType.Endpoint);
        SimThread receiver = Sim.NewStoppedThread("receiver", 120, faults);
        StartInOrder(handler, sender, caller, receiver);
        handler.Recv(faults);
        sender.Send(_endpoint, 1);
        caller.Call(_endpoint, 2);
        ulong ip = receiver.Rip;
        receiver.Recv(other);

        Sim.AsRoot(_ => { AssertDone(DeleteCap(_endpoint)); AssertDone(DeleteCap(other)); });

        sender.Repeat();
        Assert.Equal(1ul, sender.Answer.Label);
        Assert.True(sender.IsRunning);
        Suspend(sender);
        AssertRefused(caller.Repeat(), ErrorCode.InvalidCapability, 0);
        Suspend(caller);
        receiver.Repeat();
        AssertCapFault(handler.Answer, ip, other, 1, 2, 0);
    }

    [Fact]
    [Rule("R-DEL-01")]
    public void Deleting_one_of_two_capabilities_disturbs_nobody()
    {
        ulong copy = Sim.NewSlot();
        AssertDone(CopyCap(_endpoint, copy));
        SimThread sender = Sim.NewThread("sender", 110);
        Sim.Park();
        sender.Send(copy, 1);
        Sim.AsRoot(_ => AssertDone(DeleteCap(_endpoint)));
        Assert.Equal(ThreadState.BlockedOnSend, sender.State);
    }

    [Fact]
    [Rule("R-IPC-05")]
    public void Cancelling_badged_sends_restarts_only_the_senders_of_that_badge()
    {
        ulong first = Sim.Mint(_endpoint, 1);
        ulong second = Sim.Mint(_endpoint, 2);
        SimThread a = Sim.NewStoppedThread("a", 130);
        SimThread b = Sim.NewStoppedThread("b", 120);
        SimThread c = Sim.NewStoppedThread("c", 110);
        StartInOrder(a, b, c);
        a.Send(first, 0);
        b.Send(second, 0);
        c.Send(first, 0);
        Sim.AsRoot(root => AssertDone(root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeCancelBadgedSends, [first, 64])));
        Assert.True(a.IsRunning);
        Assert.True(a.IsAboutToRepeat);
        Assert.Equal(ThreadState.BlockedOnSend, b.State);
        Assert.Equal(ThreadState.Restart, c.State);
    }

    [Fact]
    [Rule("R-DEL-02", "R-FAULT-09")]
    public void A_fault_waiting_at_a_deleted_endpoint_is_forgotten_and_the_thread_faults_again()
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        SimThread thread = Sim.NewThread("thread", 110, faults);
        Sim.Park();
        thread.Except(6);
        Assert.Equal(ThreadState.BlockedOnSend, thread.State);
        Sim.AsRoot(_ => AssertDone(DeleteCap(faults)));
        Assert.True(thread.IsRunning);
        Assert.True(thread.IsAboutToRepeat);
        Assert.Equal(0, thread.Tcb.Value.FaultKind);

        // A message of this thread is a message now, and no longer the fault.
        ulong endpoint = _endpoint;
        thread.Send(endpoint, 5, [1]);
        Sim.AsRoot(root => Assert.Equal(5ul, root.NBRecv(endpoint).Label));
    }
}
