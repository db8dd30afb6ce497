// SPDX-License-Identifier: BSD-2-Clause
using System.Threading;
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Messages through endpoints: who waits, what arrives, what it takes.</summary>
[Tests(Tags = "ipc")]
internal static unsafe class Ipc
{
    private static Cap<Endpoint> s_endpoint;
    private static Cap<Endpoint> s_other;
    private static ulong s_order;
    private static ulong s_seen;
    private static ulong s_count;

    [Test("Send waits for a receiver, who gets badge, label and words", Rules = "R-IPC-01 R-IPC-07 R-IPC-08")]
    internal static void IPC0001()
    {
        s_endpoint = Make.Badged(Make.Endpoint(), 0x42);
        Helper helper = Helper.Begin(&SendFour);
        Received received = s_endpoint.Recv();
        Check.Equal(0x42ul, received.Badge.Value);
        Check.Equal(0x7ul, received.Info.Label);
        Check.Equal(4, received.Info.Length);
        for (int word = 0; word < 4; word++) Check.Equal((ulong)word + 100, IpcBuffer.Current[word]);
        helper.Join();
    }

    [Test("Send delivers at once to a receiver that waits", Rules = "R-IPC-01 R-IPC-24")]
    internal static void IPC0002()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = new() { Priority = Test.Priority };
        helper.Start(&ReceiveOne);
        Syscall.Yield();
        IpcBuffer.Current.Words[0] = 17;
        s_endpoint.Send(Ask.Words(1));
        helper.Join();
        Check.Equal(17ul, s_seen);
    }

    [Test("A message of every length arrives whole", Rules = "R-IPC-08 ABI-2")]
    internal static void IPC0003()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Helper.Begin(&Increment, AbiConstants.MaxMessageLength);
        IpcBuffer buffer = IpcBuffer.Current;
        for (int length = 1; length <= AbiConstants.MaxMessageLength; length++)
        {
            for (int word = 0; word < length; word++) buffer[word] = (ulong)(word * 3);
            MessageInfo answer = s_endpoint.Call(Ask.Words(length));
            if (answer.Length != length) Assert.Fail("the answer has another length");
            for (int word = 0; word < length; word++)
                if (buffer[word] != (ulong)(word * 3) + 1) Assert.Fail("a word has changed on the way");
        }

        helper.Join();
    }

    [Test("A length above 120 counts as 120", Rules = "R-SYS-15")]
    internal static void IPC0004()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Helper.Begin(&SendTooLong);
        Check.Equal(AbiConstants.MaxMessageLength, s_endpoint.Recv().Info.Length);
        helper.Join();
    }

    [Test("NBSend to nobody loses the message", Rules = "R-IPC-03")]
    internal static void IPC0005()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        endpoint.NBSend(Ask.Words(1));
        Check.Equal(0ul, endpoint.NBRecv().Badge.Value);
    }

    [Test("NBSend reaches a receiver that waits", Rules = "R-IPC-03 ABI-14.1")]
    internal static void IPC0006()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = new() { Priority = Test.Priority };
        helper.Start(&ReceiveOne);
        Syscall.Yield();
        IpcBuffer.Current.Words[0] = 19;
        s_endpoint.NBSend(Ask.Words(1));
        helper.Join();
        Check.Equal(19ul, s_seen);
    }

    [Test("NBRecv from nobody gives badge 0 and leaves the words", Rules = "R-IPC-04 ABI-3.5")]
    internal static void IPC0007()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Cap<Endpoint> endpoint = Make.Endpoint();
        for (int word = 0; word < 8; word++) buffer[word] = 0xaa00 + (ulong)word;
        Check.Equal(0ul, endpoint.NBRecv().Badge.Value);
        for (int word = 0; word < 8; word++) Check.Equal(0xaa00 + (ulong)word, buffer[word]);
    }

    [Test("NBRecv takes the message of a sender that waits", Rules = "R-IPC-02")]
    internal static void IPC0008()
    {
        s_endpoint = Make.Badged(Make.Endpoint(), 3);
        Helper helper = new() { Priority = Test.Priority };
        helper.Start(&SendFour);
        Syscall.Yield();
        Received received = s_endpoint.NBRecv();
        Check.Equal(3ul, received.Badge.Value);
        Check.Equal(100ul, IpcBuffer.Current[0]);
        helper.Join();
    }

    [Test("Senders are served in the order in which they came", Rules = "R-IPC-05 R-SCHED-15")]
    internal static void IPC0009()
    {
        s_endpoint = Make.Endpoint();
        Helper first = Waiting(&SendArgument, 1, 10);
        Helper second = Waiting(&SendArgument, 2, 200);
        Helper third = Waiting(&SendArgument, 3, 100);
        for (ulong number = 1; number <= 3; number++)
        {
            s_endpoint.Recv();
            Check.Equal(number, IpcBuffer.Current[0]);
        }

        first.Join();
        second.Join();
        third.Join();
    }

    [Test("Receivers are served in the order in which they came", Rules = "R-IPC-06")]
    internal static void IPC0010()
    {
        s_endpoint = Make.Endpoint();
        s_order = 0;
        Helper first = Waiting(&ReceiveInOrder, 1, 10);
        Helper second = Waiting(&ReceiveInOrder, 2, 200);
        for (int turn = 0; turn < 2; turn++) s_endpoint.Send(Ask.Words(0));
        second.Join();
        first.Join();
        // The second has the higher priority and so runs first; each kept the place in which it was served.
        Check.Equal(21ul, s_order);
    }

    [Test("Words beyond the length keep what the receiver had", Rules = "R-IPC-10")]
    internal static void IPC0011()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Helper.Begin(&SendFour);
        IpcBuffer buffer = IpcBuffer.Current;
        for (int word = 0; word < 10; word++) buffer[word] = 0xbb00 + (ulong)word;
        s_endpoint.Recv();
        for (int word = 4; word < 10; word++) Check.Equal(0xbb00 + (ulong)word, buffer[word]);
        helper.Join();
    }

    [Test("An empty message brings badge and label", Rules = "R-IPC-25")]
    internal static void IPC0012()
    {
        s_endpoint = Make.Badged(Make.Endpoint(), 8);
        Helper helper = Helper.Begin(&SendEmpty);
        Received received = s_endpoint.Recv();
        Check.Equal(8ul, received.Badge.Value);
        Check.Equal(9ul, received.Info.Label);
        Check.Equal(0, received.Info.Length);
        helper.Join();
    }

    [Test("Sending without Write is InvalidCapability 0", Rules = "R-IPC-11 ABI-7.2")]
    internal static void IPC0013()
    {
        Cap<Endpoint> reader = Make.Copy(Make.Endpoint(), CapRights.Read);
        MessageInfo answer = reader.Call(Ask.Words(0));
        Check.Equal((ulong)ErrorCode.InvalidCapability, answer.Label);
        Check.Equal(0ul, IpcBuffer.Current[0]);
    }

    [Test("Receiving without Read is a fault of the receive phase", Rules = "R-IPC-12 R-IPC-15 R-FAULT-04")]
    internal static void IPC0014()
    {
        ulong writer = Make.Copy(Make.Endpoint(), CapRights.Write).Value;
        Test.ExpectFault(FaultLabel.CapFault, writer);
        new Cap<Endpoint>(writer).NBRecv();
    }

    [Test("Receiving from what is neither endpoint nor notification is a fault", Rules = "R-IPC-13")]
    internal static void IPC0015()
    {
        ulong page = Make.Page().Value;
        Test.ExpectFault(FaultLabel.CapFault, page);
        new Cap<Endpoint>(page).Recv();
    }

    [Test("Receiving from an address that leads nowhere is a fault", Rules = "R-IPC-14")]
    internal static void IPC0016()
    {
        Test.ExpectFault(FaultLabel.CapFault, 0xdead_0000_0000);
        new Cap<Endpoint>(0xdead_0000_0000).Recv();
    }

    [Test("Call to an address that leads nowhere is a fault of the send phase", Rules = "R-SYS-01")]
    internal static void IPC0017()
    {
        Test.ExpectFault(FaultLabel.CapFault, 0xdead_0000_0000);
        new Cap<Endpoint>(0xdead_0000_0000).Call(Ask.Words(0));
    }

    [Test("NBSend to an address that leads nowhere does nothing", Rules = "R-SYS-02")]
    internal static void IPC0018()
    {
        new Cap<Endpoint>(0xdead_0000_0000).NBSend(Ask.Words(2));
        Check.That(true);
    }

    [Test("A queued message is read when it is delivered", Rules = "R-IPC-16")]
    internal static void IPC0019()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Waiting(&SendTwenty, 0, (byte)(Test.Priority - 1));
        // Word 10 of the sender lies in its buffer, behind the tag.
        Make.Word(helper.BufferAddress + IpcBufferLayout.Message + (10 * 8)) = 4711;
        s_endpoint.Recv();
        Check.Equal(4711ul, IpcBuffer.Current[10]);
        helper.Join();
    }

    [Test("Call waits for the answer even when the message went at once", Rules = "R-IPC-17 R-REPLY-11")]
    internal static void IPC0020()
    {
        s_endpoint = Make.Badged(Make.Endpoint(), 5);
        Helper helper = Helper.Begin(&CallAndRemember);
        Received received = s_endpoint.Recv();
        Check.That(!helper.HasReturned);
        IpcBuffer.Current.Words[0] = 33;
        Syscall.Reply(Ask.Words(1, 6));
        helper.Join();
        Check.Equal(33ul, s_seen);
        Check.Equal(5ul, received.Badge.Value);
    }

    [Test("Call without Grant and GrantReply delivers and stops the caller", Rules = "R-IPC-18 R-IPC-19")]
    internal static void IPC0021()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        s_endpoint = Make.Copy(endpoint, CapRights.Write);
        Helper helper = Helper.Begin(&CallAndRemember);
        endpoint.Recv();
        Syscall.Reply(Ask.Words(1));
        Check.That(!helper.HasReturned);
        Check.Ok(helper.Tcb.Resume());
        endpoint.Recv();
        Check.That(!helper.HasReturned);
    }

    [Test("A suspended sender leaves the queue with its message", Rules = "R-IPC-21 R-TCB-05")]
    internal static void IPC0022()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Waiting(&SendArgument, 1, (byte)(Test.Priority - 1));
        Check.Ok(helper.Tcb.Suspend());
        Check.Equal(0ul, s_endpoint.NBRecv().Badge.Value);
        Check.Ok(helper.Tcb.Resume());
        s_endpoint.Recv();
        Check.Equal(1ul, IpcBuffer.Current[0]);
        helper.Join();
    }

    [Test("Resuming a queued thread makes it start its system call over", Rules = "R-IPC-22 R-TCB-04")]
    internal static void IPC0023()
    {
        s_endpoint = Make.Endpoint();
        Helper first = Waiting(&SendArgument, 1, (byte)(Test.Priority - 1));
        Helper second = Waiting(&SendArgument, 2, (byte)(Test.Priority - 1));
        Check.Ok(first.Tcb.Resume());
        Yield.To(first);
        s_endpoint.Recv();
        Check.Equal(2ul, IpcBuffer.Current[0]);
        s_endpoint.Recv();
        Check.Equal(1ul, IpcBuffer.Current[0]);
        first.Join();
        second.Join();
    }

    [Test("When an endpoint vanishes a sender ends, a caller gets an error, a receiver faults", Rules = "R-DEL-02 R-IPC-27")]
    internal static void IPC0024()
    {
        s_endpoint = Make.Endpoint();
        Helper sender = Waiting(&SendArgument, 1, (byte)(Test.Priority - 1));
        Helper caller = Waiting(&CallAndRemember, 0, (byte)(Test.Priority - 1));
        Check.Ok(Make.At(s_endpoint).Delete());
        sender.Join();
        caller.Join();
        Check.Equal((ulong)ErrorCode.InvalidCapability, s_count);
        s_endpoint = Make.Endpoint();
        Cap<Endpoint> faults = Make.Badged(Make.Endpoint(), 12);
        Helper receiver = new() { FaultHandler = faults.Pointer };
        receiver.Start(&ReceiveOne);
        Yield.To(receiver);
        Check.Ok(Make.At(s_endpoint).Delete());
        Received fault = faults.Recv();
        Check.Equal((ulong)FaultLabel.CapFault, fault.Info.Label);
        Check.Equal(s_endpoint.Value, IpcBuffer.Current[FaultMessage.CapFaultAddress]);
        Check.Equal(1ul, IpcBuffer.Current[FaultMessage.CapFaultInReceivePhase]);
    }

    [Test("CancelBadgedSends restarts exactly the senders with that badge", Rules = "R-CNODE-37 R-CNODE-39")]
    internal static void IPC0025()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        s_endpoint = Make.Badged(endpoint, 1);
        s_other = Make.Badged(endpoint, 2);
        Helper first = Waiting(&SendArgument, 1, (byte)(Test.Priority - 1));
        Helper second = Waiting(&SendOther, 2, (byte)(Test.Priority - 1));
        Helper third = Waiting(&SendArgument, 3, (byte)(Test.Priority - 1));
        Check.Ok(Make.At(s_endpoint).CancelBadgedSends());
        Check.Equal(2ul, endpoint.Recv().Badge.Value);
        second.Join();
        // The others have queued again meanwhile, in the order in which they were restarted.
        Check.Equal(1ul, endpoint.Recv().Badge.Value);
        Check.Equal(1ul, endpoint.Recv().Badge.Value);
        first.Join();
        third.Join();
    }

    [Test("Send leaves the sender's words as they were", Rules = "R-IPC-26")]
    internal static void IPC0026()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = new() { Priority = Test.Priority };
        helper.Start(&ReceiveOne);
        Syscall.Yield();
        IpcBuffer buffer = IpcBuffer.Current;
        for (int word = 0; word < 8; word++) buffer[word] = (ulong)word + 7;
        s_endpoint.Send(Ask.Words(8));
        for (int word = 0; word < 8; word++) Check.Equal((ulong)word + 7, buffer[word]);
        helper.Join();
    }

    [Test("A thousand calls come back in order", Rules = "R-IPC-17 R-IPC-24")]
    internal static void IPC0027()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Helper.Begin(&Increment, 1000);
        for (ulong number = 0; number < 1000; number++)
        {
            IpcBuffer.Current.Words[0] = number;
            s_endpoint.Call(Ask.Words(1));
            if (IpcBuffer.Current[0] != number + 1) Assert.Fail("an answer belongs to another call");
        }

        helper.Join();
    }

    [Test("Without a buffer on the other side four words arrive, and the length tells so", Rules = "R-IPC-09 R-SYS-14")]
    internal static void IPC0028()
    {
        s_endpoint = Make.Endpoint();
        Helper helper = Waiting(&SendTwenty, 0, (byte)(Test.Priority - 1));
        Check.Ok(helper.Tcb.SetIpcBuffer(0, default));
        Check.Equal(4, s_endpoint.Recv().Info.Length);
        Check.Ok(helper.Tcb.SetIpcBuffer(helper.BufferAddress, helper.Buffer.As<Frame>()));
        helper.Join();
    }

    private static Helper Waiting(delegate*<ulong, void> main, ulong argument, byte priority)
    {
        Helper helper = new() { Priority = priority };
        helper.Start(main, argument);
        Yield.To(helper);
        return helper;
    }

    private static void SendFour(ulong argument)
    {
        for (int word = 0; word < 4; word++) IpcBuffer.Current.Words[word] = (ulong)word + 100;
        s_endpoint.Send(Ask.Words(4, 7));
    }

    private static void SendTwenty(ulong argument) => s_endpoint.Send(Ask.Words(20));

    private static void SendTooLong(ulong argument) => s_endpoint.Send(MessageInfo.FromWord(127));

    private static void SendEmpty(ulong argument) => s_endpoint.Send(Ask.Words(0, 9));

    private static void SendArgument(ulong argument)
    {
        IpcBuffer.Current.Words[0] = argument;
        s_endpoint.Send(Ask.Words(1));
    }

    private static void SendOther(ulong argument)
    {
        IpcBuffer.Current.Words[0] = argument;
        s_other.Send(Ask.Words(1));
    }

    private static void ReceiveOne(ulong argument)
    {
        s_endpoint.Recv();
        Volatile.Write(ref s_seen, IpcBuffer.Current[0]);
    }

    private static void ReceiveInOrder(ulong argument)
    {
        s_endpoint.Recv();
        s_order = (s_order * 10) + argument;
    }

    private static void CallAndRemember(ulong argument)
    {
        s_count = s_endpoint.Call(Ask.Words(1)).Label;
        Volatile.Write(ref s_seen, IpcBuffer.Current[0]);
    }

    /// <summary>Answers each of so many messages with all of its words one larger.</summary>
    private static void Increment(ulong times)
    {
        Received received = s_endpoint.Recv();
        for (ulong turn = 1; turn <= times; turn++)
        {
            IpcBuffer buffer = IpcBuffer.Current;
            for (int word = 0; word < received.Info.Length; word++) buffer[word] = buffer[word] + 1;
            if (turn == times) Syscall.Reply(Ask.Words(received.Info.Length));
            else received = s_endpoint.ReplyRecv(Ask.Words(received.Info.Length));
        }
    }
}
