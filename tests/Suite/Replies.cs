// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>The right to answer a caller: where it is, what uses it up, and how it is kept.</summary>
[Tests(Tags = "ipc reply")]
internal static unsafe class Replies
{
    private static Cap<Endpoint> s_endpoint;
    private static Cap<Endpoint> s_other;
    private static Cap<Notification> s_forever;
    private static ulong s_answer;
    private static ulong s_order;

    [Test("Reply answers the caller and uses the right up", Rules = "R-REPLY-01 R-REPLY-02 R-REPLY-03 R-REPLY-11")]
    internal static void REPLY0001()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        Answer(100);
        Answer(200);
        caller.Join();
        Check.Equal(100ul, s_answer);
    }

    [Test("Reply without a right does nothing", Rules = "R-REPLY-03")]
    internal static void REPLY0002()
    {
        Answer(1);
        Syscall.Reply(MessageInfo.FromWord(ulong.MaxValue));
        Check.That(true);
    }

    [Test("The next Recv throws an unused right away, and its caller stays blocked", Rules = "R-REPLY-04")]
    internal static void REPLY0003()
    {
        Helper first = Calling(1);
        s_endpoint.Recv();
        Helper second = Calling(2, s_endpoint);
        s_endpoint.Recv();
        Answer(100);
        second.Join();
        Check.That(!first.HasReturned);
    }

    [Test("Receiving from a notification leaves the right", Rules = "R-REPLY-05")]
    internal static void REPLY0004()
    {
        Helper caller = Calling(1);
        Cap<Notification> bell = Make.Badged(Make.Notification(), 1);
        s_endpoint.Recv();
        bell.Signal();
        bell.Wait();
        Answer(7);
        caller.Join();
        Check.Equal(7ul, s_answer);
    }

    [Test("ReplyRecv answers first and then receives", Rules = "R-REPLY-06")]
    internal static void REPLY0005()
    {
        Helper first = Calling(1);
        Helper second = Calling(2, s_endpoint);
        s_endpoint.Recv();
        IpcBuffer.Current.Words[0] = 50;
        s_endpoint.ReplyRecv(Ask.Words(1));
        first.Join();
        Check.Equal(50ul, s_answer);
        Check.Equal(2ul, IpcBuffer.Current[0]);
        Answer(60);
        second.Join();
        Check.Equal(60ul, s_answer);
    }

    [Test("A saved right answers once and is then gone", Rules = "R-REPLY-08 R-CNODE-35")]
    internal static void REPLY0006()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        ulong slot = Make.Slot();
        Check.Ok(Make.At(slot).SaveCaller());
        Check.That(Ask.Holds(slot, CapabilityTypeTag.Reply));
        Answer(1);
        Check.That(!caller.HasReturned);
        IpcBuffer.Current.Words[0] = 70;
        new Cap<Reply>(slot).Send(Ask.Words(1));
        caller.Join();
        Check.Equal(70ul, s_answer);
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("A saved right can be moved and not copied", Rules = "R-REPLY-09 R-CNODE-28")]
    internal static void REPLY0007()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        ulong slot = Make.Slot();
        ulong moved = Make.Slot();
        Assert.Ok(Make.At(slot).SaveCaller());
        Check.Fails(ErrorCode.IllegalOperation, Make.At(moved).CopyFrom(Make.At(slot)));
        Check.Ok(Make.At(moved).MoveFrom(Make.At(slot)));
        new Cap<Reply>(moved).Send(Ask.Words(0));
        caller.Join();
    }

    [Test("Suspending the caller removes the right wherever it is", Rules = "R-REPLY-12")]
    internal static void REPLY0008()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        ulong slot = Make.Slot();
        Assert.Ok(Make.At(slot).SaveCaller());
        Check.Ok(caller.Tcb.Suspend());
        Check.That(Ask.IsEmpty(slot));
    }

    [Test("Resuming the caller removes it too, and it calls again", Rules = "R-REPLY-13")]
    internal static void REPLY0009()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        Check.Ok(caller.Tcb.Resume());
        Answer(1);
        s_endpoint.Recv();
        Check.Equal(1ul, IpcBuffer.Current[0]);
        Answer(2);
        caller.Join();
        Check.Equal(2ul, s_answer);
    }

    [Test("Saved callers are answered in any order, and meanwhile others may be called", Rules = "R-REPLY-14 R-REPLY-15 R-REPLY-17")]
    internal static void REPLY0010()
    {
        Helper first = Calling(1);
        s_endpoint.Recv();
        ulong one = Make.Slot();
        Assert.Ok(Make.At(one).SaveCaller());
        Helper second = Calling(2, s_endpoint);
        s_endpoint.Recv();
        ulong two = Make.Slot();
        Assert.Ok(Make.At(two).SaveCaller());
        s_other = Make.Endpoint();
        Helper server = Helper.Begin(&ServeOther);
        Check.Equal(0ul, s_other.Call(Ask.Words(0)).Label);
        server.Join();
        s_order = 0;
        new Cap<Reply>(two).Send(Ask.Words(0));
        second.Join();
        new Cap<Reply>(one).Send(Ask.Words(0));
        first.Join();
        Check.Equal(21ul, s_order);
    }

    [Test("Calling does not lose the right that is in the TCB", Rules = "R-REPLY-17")]
    internal static void REPLY0011()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        s_other = Make.Endpoint();
        Helper server = Helper.Begin(&ServeOther);
        s_other.Call(Ask.Words(0));
        server.Join();
        Answer(9);
        caller.Join();
        Check.Equal(9ul, s_answer);
    }

    [Test("Deleting a saved right leaves its caller blocked", Rules = "R-DEL-13")]
    internal static void REPLY0012()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        ulong slot = Make.Slot();
        Assert.Ok(Make.At(slot).SaveCaller());
        Check.Ok(Make.At(slot).Delete());
        Yield.To(caller);
        Check.That(!caller.HasReturned);
        Check.Ok(caller.Tcb.Resume());
        s_endpoint.Recv();
        Answer(3);
        caller.Join();
    }

    [Test("Rights die with the thread that holds them, and callers stay blocked", Rules = "R-REPLY-18")]
    internal static void REPLY0013()
    {
        s_endpoint = Make.Endpoint();
        s_forever = Make.Notification();
        Helper server = Helper.Begin(&TakeAndStay);
        Yield.To(server);
        Helper caller = Calling(1, s_endpoint);
        Yield.To(server);
        Check.Ok(Make.At(server.Tcb).Delete());
        Yield.To(caller);
        Check.That(!caller.HasReturned);
    }

    [Test("Answering never blocks, even when nobody is left to hear it", Rules = "R-REPLY-10")]
    internal static void REPLY0014()
    {
        Helper caller = Calling(1);
        s_endpoint.Recv();
        Check.Ok(Make.At(caller.Tcb).Delete());
        Answer(5);
        Check.That(true);
    }

    [Test("A saved right is answered by Call and by NBSend as well", Rules = "R-REPLY-08")]
    internal static void REPLY0015()
    {
        for (int turn = 0; turn < 2; turn++)
        {
            Helper caller = Calling(1);
            s_endpoint.Recv();
            ulong slot = Make.Slot();
            Assert.Ok(Make.At(slot).SaveCaller());
            IpcBuffer.Current.Words[0] = (ulong)turn + 80;
            if (turn == 0) Syscall.Call(new CapabilityPointer(slot), Ask.Words(1));
            else Syscall.NBSend(new CapabilityPointer(slot), Ask.Words(1));
            caller.Join();
            Check.Equal((ulong)turn + 80, s_answer);
            Check.That(Ask.IsEmpty(slot));
        }
    }

    private static void Answer(ulong word)
    {
        IpcBuffer.Current.Words[0] = word;
        Syscall.Reply(Ask.Words(1));
    }

    private static Helper Calling(ulong number) => Calling(number, Make.Endpoint());

    private static Helper Calling(ulong number, Cap<Endpoint> endpoint)
    {
        s_endpoint = endpoint;
        Helper helper = new();
        helper.Start(&CallWith, number);
        Yield.To(helper);
        return helper;
    }

    private static void CallWith(ulong number)
    {
        IpcBuffer.Current.Words[0] = number;
        s_endpoint.Call(Ask.Words(1));
        s_answer = IpcBuffer.Current[0];
        s_order = (s_order * 10) + number;
    }

    private static void ServeOther(ulong argument)
    {
        s_other.Recv();
        Syscall.Reply(Ask.Words(0));
    }

    private static void TakeAndStay(ulong argument)
    {
        s_endpoint.Recv();
        s_forever.Wait();
    }
}
