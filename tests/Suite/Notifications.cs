// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Signals, waiting for them, and notifications bound to threads.</summary>
[Tests(Tags = "notification")]
internal static unsafe class Notifications
{
    private static Cap<Notification> s_bell;
    private static Cap<Endpoint> s_endpoint;
    private static ulong s_badge;
    private static ulong s_order;
    private static ulong s_label;

    [Test("A signal that nobody waits for is kept; waiting takes it", Rules = "R-NTFN-01 R-NTFN-02")]
    internal static void NTFN0001()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 5);
        bell.Signal();
        Check.Equal(5ul, bell.Wait().Value);
        Check.Equal(0ul, bell.Poll().Value);
    }

    [Test("Several signals combine their bits", Rules = "R-NTFN-06")]
    internal static void NTFN0002()
    {
        Cap<Notification> bell = Make.Notification();
        Make.Badged(bell, 1).Signal();
        Make.Badged(bell, 0x8000_0000_0000_0000).Signal();
        Make.Badged(bell, 6).Signal();
        Check.Equal(0x8000_0000_0000_0007, bell.Wait().Value);
    }

    [Test("Polling where nothing is gives 0 and does not block", Rules = "R-NTFN-03")]
    internal static void NTFN0003() => Check.Equal(0ul, Make.Notification().Poll().Value);

    [Test("Waiting blocks until there is a signal", Rules = "R-NTFN-03 R-NTFN-04")]
    internal static void NTFN0004()
    {
        s_bell = Make.Badged(Make.Notification(), 9);
        Helper helper = Helper.Begin(&WaitOnce);
        Yield.To(helper);
        Check.That(!helper.HasReturned);
        s_bell.Signal();
        helper.Join();
        Check.Equal(9ul, s_badge);
        Check.Equal(0ul, s_bell.Poll().Value);
    }

    [Test("Waiters are served in the order in which they came", Rules = "R-NTFN-05 R-SCHED-15")]
    internal static void NTFN0005()
    {
        s_bell = Make.Badged(Make.Notification(), 9);
        s_order = 0;
        Helper first = Waiting(&WaitInOrder, 1, 50);
        Helper second = Waiting(&WaitInOrder, 2, 200);
        s_bell.Signal();
        first.Join();
        Check.Equal(1ul, s_order);
        s_bell.Signal();
        second.Join();
        Check.Equal(12ul, s_order);
    }

    [Test("A signal without badge counts: the next wait returns 0 at once", Rules = "R-NTFN-07 ABI-27")]
    internal static void NTFN0006()
    {
        Cap<Notification> bell = Make.Notification();
        bell.Signal();
        Check.Equal(0ul, bell.Wait().Value);
    }

    [Test("A receiver's words are left alone, and so is its header", Rules = "R-NTFN-08 ABI-3.5")]
    internal static void NTFN0007()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Cap<Notification> bell = Make.Badged(Make.Notification(), 3);
        bell.Signal();
        for (int word = 0; word < 12; word++) buffer[word] = 0xcc00 + (ulong)word;
        Received received = Syscall.Recv(bell.Pointer);
        Check.Equal(3ul, received.Badge.Value);
        Check.Equal(0, received.Info.Length);
        for (int word = 0; word < 12; word++) Check.Equal(0xcc00 + (ulong)word, buffer[word]);
    }

    [Test("Words and capabilities of a signal mean nothing", Rules = "R-NTFN-09")]
    internal static void NTFN0008()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 3);
        IpcBuffer.Current.SetCapability(0, new CapabilityPointer(0));
        Syscall.Send(bell.Pointer, new MessageInfo(99, 0, 0, 100));
        Check.Equal(3ul, bell.Poll().Value);
    }

    [Test("Call on a notification signals and returns an empty message", Rules = "R-NTFN-10 ABI-3.6")]
    internal static void NTFN0009()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 3);
        MessageInfo answer = Syscall.Call(bell.Pointer, Ask.Words(2));
        Check.Equal(0, answer.Length);
        Check.Equal(3ul, bell.Poll().Value);
    }

    [Test("Signalling without Write is InvalidCapability 0", Rules = "R-NTFN-11")]
    internal static void NTFN0010()
    {
        Cap<Notification> reader = Make.Copy(Make.Notification(), CapRights.Read);
        Check.Equal((ulong)ErrorCode.InvalidCapability, Syscall.Call(reader.Pointer, Ask.Words(0)).Label);
    }

    [Test("Waiting without Read is a fault of the receive phase", Rules = "R-NTFN-12")]
    internal static void NTFN0011()
    {
        Cap<Notification> writer = Make.Copy(Make.Notification(), CapRights.Write);
        Test.ExpectFault(FaultLabel.CapFault, writer.Value);
        writer.Wait();
    }

    [Test("Binding needs Read, no waiters, and both sides free", Rules = "R-NTFN-14")]
    internal static void NTFN0012()
    {
        Cap<Tcb> thread = Make.Tcb();
        Cap<Notification> bell = Make.Notification();
        Check.Fails(ErrorCode.IllegalOperation, thread.BindNotification(Make.Copy(bell, CapRights.Write)));
        Check.Ok(thread.BindNotification(bell));
        Check.Fails(ErrorCode.IllegalOperation, thread.BindNotification(Make.Notification()));
        Check.Fails(ErrorCode.IllegalOperation, Make.Tcb().BindNotification(bell));
        s_bell = Make.Notification();
        Waiting(&WaitOnce, 0, 100);
        Check.Fails(ErrorCode.IllegalOperation, Make.Tcb().BindNotification(s_bell));
    }

    [Test("A signal wakes the bound thread out of a receive on any endpoint", Rules = "R-NTFN-15 ABI-14.4")]
    internal static void NTFN0013()
    {
        s_endpoint = Make.Endpoint();
        Cap<Notification> bell = Make.Notification();
        Helper helper = new();
        Check.Ok(helper.Tcb.BindNotification(bell));
        helper.Start(&ReceiveOnce);
        Yield.To(helper);
        Make.Badged(bell, 0x21).Signal();
        helper.Join();
        Check.Equal(0x21ul, s_badge);
    }

    [Test("A bound thread that receives takes a pending word first", Rules = "R-NTFN-16 R-NTFN-24")]
    internal static void NTFN0014()
    {
        Cap<Endpoint> endpoint = Make.Endpoint();
        Cap<Notification> bell = Make.Notification();
        Check.Ok(Test.Tcb.BindNotification(bell));
        Make.Badged(bell, 0x21).Signal();
        Check.Equal(0x21ul, endpoint.Recv().Badge.Value);
        Make.Badged(bell, 0x22).Signal();
        Check.Equal(0x22ul, endpoint.NBRecv().Badge.Value);
        Check.Equal(0ul, endpoint.NBRecv().Badge.Value);
    }

    [Test("Waiting on another thread's bound notification is a fault; the bound thread itself may", Rules = "R-NTFN-17 R-NTFN-18")]
    internal static void NTFN0015()
    {
        Cap<Notification> own = Make.Badged(Make.Notification(), 4);
        Check.Ok(Test.Tcb.BindNotification(own));
        own.Signal();
        Check.Equal(4ul, own.Wait().Value);
        Cap<Notification> other = Make.Notification();
        Check.Ok(Make.Tcb().BindNotification(other));
        Test.ExpectFault(FaultLabel.CapFault, other.Value);
        other.Wait();
    }

    [Test("While the bound thread waits for an answer the word stays pending", Rules = "R-NTFN-19")]
    internal static void NTFN0016()
    {
        s_endpoint = Make.Endpoint();
        Cap<Notification> bell = Make.Notification();
        Helper helper = new();
        Check.Ok(helper.Tcb.BindNotification(bell));
        helper.Start(&CallThenReceive);
        s_endpoint.Recv();
        Make.Badged(bell, 0x31).Signal();
        Yield.To(helper);
        Check.That(!helper.HasReturned);
        Syscall.Reply(Ask.Words(0, 77));
        helper.Join();
        Check.Equal(77ul, s_label);
        Check.Equal(0x31ul, s_badge);
    }

    [Test("Unbinding what is not bound is refused; unbinding keeps a pending word", Rules = "R-NTFN-20 R-NTFN-23")]
    internal static void NTFN0017()
    {
        Check.Fails(ErrorCode.IllegalOperation, Make.Tcb().UnbindNotification());
        Cap<Notification> bell = Make.Badged(Make.Notification(), 2);
        Check.Ok(Test.Tcb.BindNotification(bell));
        bell.Signal();
        Check.Ok(Test.Tcb.UnbindNotification());
        Check.Equal(2ul, bell.Poll().Value);
    }

    [Test("Unbinding a receiver leaves it receiving, and later signals stay in the word", Rules = "R-NTFN-21")]
    internal static void NTFN0018()
    {
        s_endpoint = Make.Endpoint();
        Cap<Notification> bell = Make.Badged(Make.Notification(), 2);
        Helper helper = new();
        Check.Ok(helper.Tcb.BindNotification(bell));
        helper.Start(&ReceiveOnce);
        Yield.To(helper);
        Check.Ok(helper.Tcb.UnbindNotification());
        bell.Signal();
        Yield.To(helper);
        Check.That(!helper.HasReturned);
        Check.Equal(2ul, bell.Poll().Value);
        s_endpoint.Send(Ask.Words(0));
        helper.Join();
    }

    [Test("The binding goes with either side", Rules = "R-NTFN-22 R-DEL-03")]
    internal static void NTFN0019()
    {
        Cap<Tcb> thread = Make.Tcb();
        Cap<Notification> bell = Make.Notification();
        Check.Ok(thread.BindNotification(bell));
        Check.Ok(Make.At(bell).Delete());
        Cap<Notification> second = Make.Notification();
        Check.Ok(thread.BindNotification(second));
        Check.Ok(Make.At(thread).Delete());
        Check.Ok(Make.Tcb().BindNotification(second));
    }

    [Test("With a notification's last capability its waiters start over and fault", Rules = "R-DEL-03")]
    internal static void NTFN0020()
    {
        s_bell = Make.Notification();
        Cap<Endpoint> faults = Make.Endpoint();
        Helper helper = new() { FaultHandler = faults.Pointer };
        helper.Start(&WaitOnce);
        Yield.To(helper);
        Check.Ok(Make.At(s_bell).Delete());
        Check.Equal((ulong)FaultLabel.CapFault, faults.Recv().Info.Label);
        Check.Equal(s_bell.Value, IpcBuffer.Current[FaultMessage.CapFaultAddress]);
    }

    [Test("A signal never blocks, however many there are", Rules = "R-NTFN-13")]
    internal static void NTFN0021()
    {
        Cap<Notification> bell = Make.Badged(Make.Notification(), 1);
        for (int turn = 0; turn < 1000; turn++) bell.Signal();
        Check.Equal(1ul, bell.Wait().Value);
        Check.Equal(0ul, bell.Poll().Value);
    }

    private static Helper Waiting(delegate*<ulong, void> main, ulong argument, byte priority)
    {
        Helper helper = new() { Priority = priority };
        helper.Start(main, argument);
        Yield.To(helper);
        return helper;
    }

    private static void WaitOnce(ulong argument) => s_badge = s_bell.Wait().Value;

    private static void WaitInOrder(ulong argument)
    {
        s_bell.Wait();
        s_order = (s_order * 10) + argument;
    }

    private static void ReceiveOnce(ulong argument) => s_badge = s_endpoint.Recv().Badge.Value;

    private static void CallThenReceive(ulong argument)
    {
        s_label = s_endpoint.Call(Ask.Words(0)).Label;
        s_badge = s_endpoint.Recv().Badge.Value;
    }
}
