// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;
using ThreadState = Kernel.Core.ThreadState;

namespace Kernel.Tests.Ipc;

/// <summary>Capabilities that travel with messages (ABI §23).</summary>
[Rule("ABI-23")]
public sealed class CapabilityTransferTests : KernelTest
{
    private const CapRights WithoutGrant = CapRights.Write | CapRights.Read | CapRights.GrantReply;

    private readonly ulong _endpoint;
    private readonly ulong _place;
    private readonly SimThread _receiver;
    private readonly SimThread _sender;

    public CapabilityTransferTests()
    {
        _endpoint = Sim.NewObject(ObjectType.Endpoint);
        _place = Sim.NewSlot();
        _receiver = Sim.NewThread("receiver", 120);
        _sender = Sim.NewThread("sender", 110);
        _receiver.SetReceiveSlot(InitialSlot.CNode, _place, 64);
    }

    private SimAnswer Deliver(ulong through, params ulong[] capabilities)
    {
        if (Root.IsRunning)
        {
            Sim.Park();
            _receiver.Recv(_endpoint);
        }

        _sender.Send(through, 9, [1, 2], capabilities);
        Assert.True(_receiver.IsRunning);
        SimAnswer message = _receiver.Answer;
        Assert.Equal(9ul, message.Label);
        Assert.Equal([1ul, 2], message.Words);
        return message;
    }

    private static void AssertCaps(SimAnswer message, int handled, int unwrapped)
    {
        Assert.Equal(handled, message.Info.ExtraCaps);
        Assert.Equal(unwrapped, message.Info.CapsUnwrapped);
    }

    [Fact]
    [Rule("R-XFER-02", "R-XFER-01")]
    public void Without_Grant_the_message_arrives_without_capabilities()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        ulong through = Sim.Mint(_endpoint, 5, WithoutGrant);
        AssertCaps(Deliver(through, notification, _endpoint), 0, 0);
        Assert.True(Sim.CapabilityAt(_place).IsNull);
    }

    [Fact]
    [Rule("R-XFER-01", "R-XFER-03", "R-XFER-16", "R-XFER-18", "R-XFER-09")]
    public void With_Grant_a_capability_is_copied_into_the_receive_slot()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        ulong weak = Sim.Mint(notification, 0x77, CapRights.Read);
        AssertCaps(Deliver(_endpoint, weak), 1, 0);
        Capability arrived = Sim.CapabilityAt(_place);
        Assert.Equal(CapabilityTag.Notification, arrived.Tag);
        Assert.Equal(0x77ul, arrived.NotificationBadge);
        Assert.False(arrived.NotificationCanSend);
        Assert.True(arrived.NotificationCanReceive);
        Assert.Equal(CapabilityTag.Notification, Sim.CapabilityAt(weak).Tag);
    }

    [Fact]
    [Rule("R-XFER-17", "R-DER-14")]
    public void What_arrived_goes_when_the_senders_capability_is_revoked()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        Deliver(_endpoint, notification);
        Sim.AsRoot(_ => AssertDone(RevokeCap(notification)));
        Assert.True(Sim.CapabilityAt(_place).IsNull);
    }

    [Fact]
    [Rule("R-XFER-03", "R-XFER-08")]
    public void Only_one_capability_is_transferred_and_the_count_stops_there()
    {
        ulong first = Sim.NewObject(ObjectType.Notification);
        ulong second = Sim.NewObject(ObjectType.Notification);
        AssertCaps(Deliver(_endpoint, first, second, _endpoint), 1, 0);
    }

    [Fact]
    [Rule("R-XFER-05", "R-XFER-06", "R-XFER-07")]
    public void Capabilities_to_the_same_endpoint_arrive_as_badges_without_a_receive_slot()
    {
        ulong first = Sim.Mint(_endpoint, 0x11);
        ulong second = Sim.Mint(_endpoint, 0x22);
        _receiver.SetReceiveSlot(0, 0, 0);
        AssertCaps(Deliver(_endpoint, first, second, _endpoint), 3, 7);
        Assert.Equal(0x11ul, _receiver.BadgeField(0));
        Assert.Equal(0x22ul, _receiver.BadgeField(1));
        Assert.Equal(0ul, _receiver.BadgeField(2));
    }

    [Fact]
    [Rule("R-XFER-06", "R-XFER-08")]
    public void Badges_and_one_transferred_capability_mix_in_any_position()
    {
        ulong badged = Sim.Mint(_endpoint, 0x11);
        ulong notification = Sim.NewObject(ObjectType.Notification);
        _receiver.Buffer.SetBadge(1, Untouched);
        AssertCaps(Deliver(_endpoint, badged, notification, badged), 3, 5);
        Assert.Equal(CapabilityTag.Notification, Sim.CapabilityAt(_place).Tag);

        // The field of the transferred one is left alone.
        Assert.Equal(Untouched, _receiver.BadgeField(1));
    }

    [Fact]
    [Rule("R-XFER-08")]
    public void A_badge_behind_one_that_cannot_be_handed_over_is_not_handled()
    {
        ulong first = Sim.NewObject(ObjectType.Notification);
        ulong second = Sim.NewObject(ObjectType.Notification);
        ulong badged = Sim.Mint(_endpoint, 0x11);
        _receiver.Buffer.SetBadge(2, Untouched);
        AssertCaps(Deliver(_endpoint, first, second, badged), 1, 0);
        Assert.Equal(Untouched, _receiver.BadgeField(2));
    }

    [Theory]
    [InlineData(Unresolvable, 0, 64)]
    [InlineData(EmptySlot, 0, 64)]
    [InlineData(InitialSlot.Tcb, 0, 64)]
    [InlineData(InitialSlot.CNode, Unresolvable, 64)]
    [InlineData(InitialSlot.CNode, 1001, 0)]
    [InlineData(InitialSlot.CNode, 1001, 65)]
    [InlineData(InitialSlot.CNode, InitialSlot.CNode, 64)]
    [Rule("R-XFER-04", "R-XFER-12")]
    public void A_receive_slot_that_is_missing_or_occupied_takes_nothing_and_the_message_arrives(ulong root, ulong index, int depth)
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        _receiver.SetReceiveSlot(root, index, (ulong)depth);
        AssertCaps(Deliver(_endpoint, notification), 0, 0);
        Assert.Equal(CapabilityTag.CNode, Sim.CapabilityAt(InitialSlot.CNode).Tag);
    }

    [Theory]
    [InlineData(EmptySlot)]
    [InlineData(InitialSlot.IrqControl)]
    [InlineData(InitialSlot.IoPortControl)]
    [Rule("R-XFER-11")]
    public void What_cannot_be_copied_stops_processing(ulong capability) =>
        AssertCaps(Deliver(_endpoint, capability, _endpoint), 0, 0);

    [Fact]
    [Rule("R-XFER-11")]
    [Rule("RPC:K2")]
    public void An_untyped_with_children_stops_processing_and_one_without_is_transferred()
    {
        AssertCaps(Deliver(_endpoint, SimSystem.WorkUntyped, _endpoint), 0, 0);
        _receiver.Recv(_endpoint);
        AssertCaps(Deliver(_endpoint, SimSystem.FirstSpareUntyped), 1, 0);
        Assert.Equal(CapabilityTag.Untyped, Sim.CapabilityAt(_place).Tag);
    }

    [Fact]
    [Rule("R-XFER-10")]
    [Rule("RPC:K2")]
    public void A_page_arrives_unmapped()
    {
        ulong pdpt = Sim.NewObject(ObjectType.Pdpt);
        ulong directory = Sim.NewObject(ObjectType.PageDirectory);
        ulong table = Sim.NewObject(ObjectType.PageTable);
        ulong frame = Sim.NewObject(ObjectType.SmallPage);
        AssertDone(Root.Invoke(pdpt, InvocationLabel.X86PdptMap, [0x60_0000, 0], [InitialSlot.VSpace]));
        AssertDone(Root.Invoke(directory, InvocationLabel.X86PageDirectoryMap, [0x60_0000, 0], [InitialSlot.VSpace]));
        AssertDone(Root.Invoke(table, InvocationLabel.X86PageTableMap, [0x60_0000, 0], [InitialSlot.VSpace]));
        AssertDone(Root.Invoke(frame, InvocationLabel.X86PageMap, [0x60_0000, 3, 0], [InitialSlot.VSpace]));
        AssertCaps(Deliver(_endpoint, frame), 1, 0);
        Assert.Equal(0ul, Sim.CapabilityAt(_place).FrameMappedAsid);
        Assert.NotEqual(0ul, Sim.CapabilityAt(frame).FrameMappedAsid);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Rule("R-XFER-13")]
    public void An_address_that_leads_nowhere_faults_the_sender_before_anything_is_sent(bool hasGrant)
    {
        ulong faults = Sim.NewObject(ObjectType.Endpoint);
        AssertDone(Root.Invoke(_sender.Capability, InvocationLabel.TcbSetSpace, [faults, 0, 0], [InitialSlot.CNode, InitialSlot.VSpace]));
        ulong through = Sim.Mint(_endpoint, 5, hasGrant ? CapRights.All : WithoutGrant);
        Sim.Park();
        _receiver.Recv(_endpoint);
        _sender.Send(through, 9, [], [_endpoint, Unresolvable]);
        Assert.Equal(ThreadState.BlockedOnReceive, _receiver.State);
        Assert.Equal(ThreadState.BlockedOnSend, _sender.State);
        Sim.AsRoot(root => Assert.Equal(Unresolvable, root.NBRecv(faults)[1]));
    }

    [Fact]
    [Rule("R-XFER-14")]
    public void A_capability_deleted_while_its_sender_waits_does_not_arrive()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        AssertDone(Root.Invoke(_receiver.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _sender.Send(_endpoint, 9, [1], [_endpoint, notification]);
        Sim.AsRoot(_ => AssertDone(DeleteCap(notification)));
        Resume(_receiver);
        AssertCaps(_receiver.Recv(_endpoint), 1, 1);
    }

    [Fact]
    [Rule("R-XFER-14")]
    public void An_address_that_stops_resolving_while_its_sender_waits_drops_all_capabilities()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        ulong inner = (5ul << 54) | node;
        AssertDone(Root.Invoke(_receiver.Capability, InvocationLabel.TcbSuspend));
        Sim.Park();
        _sender.Send(_endpoint, 9, [1], [_endpoint, EmptySlot]);
        _sender.Load(9, [1], [_endpoint, inner]);
        Resume(_receiver);
        AssertCaps(_receiver.Recv(_endpoint), 0, 0);
        Assert.Equal(9ul, _receiver.Answer.Label);
    }

    [Fact]
    [Rule("R-XFER-19")]
    public void The_receive_fields_are_read_when_the_message_is_delivered()
    {
        ulong notification = Sim.NewObject(ObjectType.Notification);
        ulong later = Sim.NewSlot();
        Sim.Park();
        _receiver.Recv(_endpoint);
        _receiver.SetReceiveSlot(InitialSlot.CNode, later, 64);
        _sender.Send(_endpoint, 9, [], [notification]);
        Assert.Equal(CapabilityTag.Notification, Sim.CapabilityAt(later).Tag);
        Assert.True(Sim.CapabilityAt(_place).IsNull);
    }

    [Fact]
    [Rule("R-XFER-15", "R-REPLY-07")]
    public void A_reply_transfers_but_never_unwraps()
    {
        ulong badged = Sim.Mint(_endpoint, 0x11);
        _sender.SetReceiveSlot(InitialSlot.CNode, _place, 64);
        Sim.Park();
        _receiver.Recv(_endpoint);
        _sender.Call(_endpoint, 1);
        _receiver.Reply(3, [], [badged]);
        AssertCaps(_sender.Answer, 1, 0);
        Assert.Equal(0x11ul, Sim.CapabilityAt(_place).EndpointBadge);
    }

    [Fact]
    [Rule("R-REPLY-07", "R-XFER-01")]
    [Rule("RPC:K5")]
    public void A_reply_carries_nothing_when_the_receiver_received_without_Grant()
    {
        ulong receiveOnly = Sim.NewSlot();
        AssertDone(CopyCap(_endpoint, receiveOnly, CapRights.Read));
        _sender.SetReceiveSlot(InitialSlot.CNode, _place, 64);
        Sim.Park();
        _receiver.Recv(receiveOnly);
        _sender.Call(_endpoint, 1);
        _receiver.Reply(3, [], [InitialSlot.Tcb]);
        AssertCaps(_sender.Answer, 0, 0);
        Assert.True(Sim.CapabilityAt(_place).IsNull);
    }

    [Fact]
    [Rule("R-XFER-01", "R-IPC-09")]
    public void A_receiver_without_buffer_gets_no_capabilities()
    {
        SimThread bare = Sim.NewThread("bare", 130, 0, SimBuffer.None);
        Sim.Park();
        bare.Recv(_endpoint);
        _receiver.Send(_endpoint, 1, [], [_endpoint]);
        AssertCaps(bare.Answer, 0, 0);
    }

    [Fact]
    [Rule("R-XFER-13", "R-SYS-02")]
    public void NBSend_with_an_address_that_leads_nowhere_sends_nothing_and_does_not_fault()
    {
        Sim.Park();
        _receiver.Recv(_endpoint);
        _sender.NBSend(_endpoint, 1, [], [Unresolvable]);
        Assert.True(_sender.IsRunning);
        Assert.Equal(ThreadState.BlockedOnReceive, _receiver.State);
    }
}
