// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Capabilities in messages, and what rights it takes.</summary>
[Tests(Tags = "ipc transfer")]
internal static unsafe class Transfer
{
    private static Cap<Endpoint> s_endpoint;
    private static ulong s_first;
    private static ulong s_second;
    private static ulong s_third;
    private static int s_caps;

    [Test("With Grant one capability goes into the receiver's slot", Rules = "R-XFER-01 R-XFER-03 R-XFER-16")]
    internal static void XFER0001()
    {
        ulong slot = Receive(CapRights.All, Make.Badged(Make.Notification(), 5).Value, out Received received);
        Check.Equal(1, received.Info.ExtraCaps);
        Check.Equal(0, received.Info.CapsUnwrapped);
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Notification) && Ask.Holds(s_first, CapabilityTypeTag.Notification));
        new Cap<Notification>(slot).Signal();
        Check.Equal(5ul, new Cap<Notification>(s_first).Poll().Value);
    }

    [Test("Without Grant the message comes with no capability", Rules = "R-XFER-02")]
    internal static void XFER0002()
    {
        ulong slot = Receive(CapRights.ReadWrite, Make.Notification().Value, out Received received);
        Check.Equal(0, received.Info.ExtraCaps);
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("What is handed over keeps rights and badge", Rules = "R-XFER-09")]
    internal static void XFER0003()
    {
        Cap<Notification> bell = Make.Notification();
        ulong slot = Receive(CapRights.All, Make.Badged(bell, 0x77, CapRights.Write).Value, out _);
        new Cap<Notification>(slot).Signal();
        Check.Equal(0x77ul, bell.Poll().Value);
        Test.ExpectFault(FaultLabel.CapFault, slot);
        new Cap<Notification>(slot).Poll();
    }

    [Test("A capability to the very endpoint is unwrapped: its badge arrives", Rules = "R-XFER-05 R-XFER-07")]
    internal static void XFER0004()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Badged(s_endpoint, 0x99).Value;
        IpcBuffer.Current.ClearReceiveSlot();
        Helper helper = SendCaps(1);
        Received received = s_endpoint.Recv();
        Check.Equal(1, received.Info.ExtraCaps);
        Check.Equal(1, received.Info.CapsUnwrapped);
        Check.Equal(0x99ul, IpcBuffer.Current.BadgeOf(0).Value);
        helper.Join();
    }

    [Test("Several are unwrapped in one message, beside one handed over", Rules = "R-XFER-06")]
    internal static void XFER0005()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Badged(s_endpoint, 11).Value;
        s_second = Make.Page().Value;
        s_third = Make.Badged(s_endpoint, 33).Value;
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        Helper helper = SendCaps(3);
        Received received = s_endpoint.Recv();
        Check.Equal(3, received.Info.ExtraCaps);
        Check.Equal(5, received.Info.CapsUnwrapped);
        Check.Equal(11ul, IpcBuffer.Current.BadgeOf(0).Value);
        Check.Equal(33ul, IpcBuffer.Current.BadgeOf(2).Value);
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Frame));
        helper.Join();
        IpcBuffer.Current.ClearReceiveSlot();
    }

    [Test("The first that can be neither ends it", Rules = "R-XFER-08")]
    internal static void XFER0006()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Page().Value;
        s_second = Make.Page().Value;
        s_third = Make.Badged(s_endpoint, 33).Value;
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        Helper helper = SendCaps(3);
        Received received = s_endpoint.Recv();
        Check.Equal(1, received.Info.ExtraCaps);
        Check.Equal(0, received.Info.CapsUnwrapped);
        helper.Join();
        IpcBuffer.Current.ClearReceiveSlot();
    }

    [Test("An occupied or missing slot: nothing is handed over, and the message arrives", Rules = "R-XFER-04 R-XFER-12")]
    internal static void XFER0007()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Page().Value;
        ulong full = Make.Tcb().Value;
        IpcBuffer.Current.SetReceiveSlot(Make.At(full));
        Helper helper = SendCaps(1);
        Received received = s_endpoint.Recv();
        Check.Equal(0, received.Info.ExtraCaps);
        Check.Equal(55ul, IpcBuffer.Current[0]);
        helper.Join();
        Check.That(Ask.Holds(full, CapabilityTypeTag.Tcb));
        IpcBuffer.Current.ClearReceiveSlot();
        helper = SendCaps(1);
        Check.Equal(0, s_endpoint.Recv().Info.ExtraCaps);
        helper.Join();
    }

    [Test("A page arrives unmapped", Rules = "R-XFER-10")]
    internal static void XFER0008()
    {
        Cap<SmallPage> page = Make.Page();
        ulong address = Make.Map(page);
        ulong slot = Receive(CapRights.All, page.Value, out _);
        ulong second = Make.Address();
        Check.Ok(Make.Map(new Cap<Frame>(slot), second, CapRights.ReadWrite, Test.VSpace));
        Make.Word(address) = 0x1234;
        Check.Equal(0x1234ul, Make.Word(second));
    }

    [Test("What cannot be copied is not handed over", Rules = "R-XFER-11")]
    internal static void XFER0009()
    {
        ulong slot = Receive(CapRights.All, Make.New<PageTable>().Value, out Received received);
        Check.Equal(0, received.Info.ExtraCaps);
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("A capability address that leads nowhere is a fault of the sender, Grant or not", Rules = "R-XFER-13")]
    internal static void XFER0010()
    {
        Cap<Endpoint> endpoint = Make.Copy(Make.Endpoint(), CapRights.Write);
        IpcBuffer.Current.SetCapability(0, new CapabilityPointer(0xdead_0000_0000));
        Test.ExpectFault(FaultLabel.CapFault, 0xdead_0000_0000);
        IpcBuffer.Current.SetCapability(0, new CapabilityPointer(0xdead_0000_0000));
        endpoint.Send(Ask.Words(0, 0, 1));
    }

    [Test("What arrives descends from the sender's as a copy would", Rules = "R-XFER-17 R-DER-14")]
    internal static void XFER0011()
    {
        Cap<Endpoint> original = Make.Endpoint();
        ulong slot = Receive(CapRights.All, original.Value, out _);
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Endpoint));
        Check.Ok(Make.At(original).Revoke());
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("The receiver's slot is read when the message is delivered", Rules = "R-XFER-19")]
    internal static void XFER0012()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Page().Value;
        s_caps = 1;
        Helper helper = new();
        helper.Start(&SendWithCaps);
        Yield.To(helper);
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        s_endpoint.Recv();
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Frame));
        helper.Join();
        IpcBuffer.Current.ClearReceiveSlot();
    }

    [Test("Replies hand over when the receiver's endpoint has Grant, and never unwrap", Rules = "R-XFER-15 R-REPLY-07 R-XFER-01")]
    internal static void XFER0013()
    {
        s_endpoint = Make.Endpoint();
        s_first = Make.Badged(s_endpoint, 3).Value;
        Helper helper = Helper.Begin(&AnswerWithCap);
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        MessageInfo answer = s_endpoint.Call(Ask.Words(0));
        IpcBuffer.Current.ClearReceiveSlot();
        Check.Equal(1, answer.ExtraCaps);
        Check.Equal(0, answer.CapsUnwrapped);
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Endpoint));
        helper.Join();
    }

    [Test("Replies hand nothing over when the receiver's endpoint has no Grant", Rules = "R-REPLY-07")]
    internal static void XFER0014()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        s_endpoint = Make.Copy(endpoint, CapRights.ReadWrite);
        s_first = Make.Page().Value;
        Helper helper = Helper.Begin(&AnswerWithCap);
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        MessageInfo answer = endpoint.Call(Ask.Words(0));
        IpcBuffer.Current.ClearReceiveSlot();
        Check.Equal(0, answer.ExtraCaps);
        Check.That(Ask.IsEmpty(slot));
        helper.Join();
    }

    [Test("An empty slot in a message is a null capability, which ends the transfer", Rules = "R-SYS-08 ABI-5")]
    internal static void XFER0015()
    {
        ulong slot = Receive(CapRights.All, Make.Slot(), out Received received);
        Check.Equal(0, received.Info.ExtraCaps);
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("GrantReply lets a call be answered, but hands nothing over on the way", Rules = "R-XFER-01 R-IPC-18")]
    internal static void XFER0016()
    {
        ulong slot = Receive(CapRights.Write | CapRights.GrantReply, Make.Page().Value, out Received received);
        Check.Equal(0, received.Info.ExtraCaps);
        Check.That(Ask.IsEmpty(slot));
    }

    /// <summary>Sends one capability from a helper through an endpoint with the rights, and receives it here.</summary>
    private static ulong Receive(CapRights rights, ulong capability, out Received received)
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        s_endpoint = Make.Copy(endpoint, rights);
        s_first = capability;
        ulong slot = Make.Slot();
        IpcBuffer.Current.SetReceiveSlot(Make.At(slot));
        Helper helper = SendCaps(1);
        received = endpoint.Recv();
        helper.Join();
        IpcBuffer.Current.ClearReceiveSlot();
        return slot;
    }

    private static Helper SendCaps(int count)
    {
        s_caps = count;
        // Setting the helper up is made of invocations, which leave the receive slot of this thread as it is.
        return Helper.Begin(&SendWithCaps);
    }

    private static void SendWithCaps(ulong argument)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = 55;
        buffer.SetCapability(0, new CapabilityPointer(s_first));
        buffer.SetCapability(1, new CapabilityPointer(s_second));
        buffer.SetCapability(2, new CapabilityPointer(s_third));
        s_endpoint.Send(Ask.Words(1, 0, s_caps));
    }

    private static void AnswerWithCap(ulong argument)
    {
        s_endpoint.Recv();
        IpcBuffer.Current.SetCapability(0, new CapabilityPointer(s_first));
        Syscall.Reply(Ask.Words(0, 0, 1));
    }
}
