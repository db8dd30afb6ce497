// SPDX-License-Identifier: BSD-2-Clause
using System.Threading;
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Who runs when: priorities, turns, yields, and the domain schedule.</summary>
[Tests(Tags = "scheduling")]
internal static unsafe class Scheduling
{
    private static Cap<Notification> s_bell;
    private static Cap<Endpoint> s_endpoint;
    private static ulong s_order;
    private static ulong s_first;
    private static ulong s_second;
    private static ulong s_stop;
    private static Helper? s_helper;

    [Test("Waking a higher priority preempts at once", Rules = "R-SCHED-01 R-SCHED-04")]
    internal static void SCHED0001()
    {
        Lower();
        Begin(&WaitAndNote, 2, 200);
        Note(1);
        s_bell.Signal();
        Note(3);
        Check.Equal(123ul, s_order);
    }

    [Test("Waking a lower priority does not", Rules = "R-SCHED-09")]
    internal static void SCHED0002()
    {
        Lower();
        Helper helper = Begin(&WaitAndNote, 2, 50);
        s_bell.Signal();
        Note(1);
        helper.Join();
        Check.Equal(12ul, s_order);
    }

    [Test("Waking an equal goes to the end of the line", Rules = "R-SCHED-05")]
    internal static void SCHED0003()
    {
        Lower();
        Helper first = Begin(&NoteOnly, 1, 100, wait: false);
        Helper second = Begin(&WaitAndNote, 2, 100);
        s_bell.Signal();
        Syscall.Yield();
        first.Join();
        second.Join();
        Check.Equal(12ul, s_order);
    }

    [Test("Yield goes to the end of the line; alone it returns at once", Rules = "R-SCHED-07 R-SCHED-08")]
    internal static void SCHED0004()
    {
        Lower();
        Syscall.Yield();
        Helper helper = Begin(&NoteOnly, 2, 100, wait: false);
        Note(1);
        Syscall.Yield();
        Note(3);
        helper.Join();
        Check.Equal(123ul, s_order);
    }

    [Test("Raising another above the caller preempts the caller", Rules = "R-SCHED-10")]
    internal static void SCHED0005()
    {
        Lower();
        Helper helper = Begin(&NoteOnly, 2, 50, wait: false);
        Note(1);
        Check.Ok(helper.Tcb.SetPriority(150, Test.Tcb));
        Note(3);
        Check.Equal(123ul, s_order);
    }

    [Test("Lowering the caller below another preempts it too", Rules = "R-SCHED-11")]
    internal static void SCHED0006()
    {
        Lower();
        Begin(&NoteOnly, 2, 50, wait: false);
        Note(1);
        Check.Ok(Test.Tcb.SetPriority(20, Test.Tcb));
        Note(3);
        Check.Equal(123ul, s_order);
    }

    [Test("Resumed equals run last first", Rules = "R-SCHED-12")]
    internal static void SCHED0007()
    {
        Lower();
        Helper first = Begin(&NoteOnly, 1, 100, wait: false);
        Helper second = Begin(&NoteOnly, 2, 100, wait: false);
        Helper third = Begin(&NoteOnly, 3, 100, wait: false);
        Syscall.Yield();
        first.Join();
        second.Join();
        third.Join();
        Check.Equal(321ul, s_order);
    }

    [Test("Equals take turns after each time slice", Rules = "R-SCHED-03", Requires = "timer")]
    internal static void SCHED0008()
    {
        Begin(&CountFirst, 0, 100, wait: false);
        Begin(&CountSecond, 0, 100, wait: false);
        TestTimer.Sleep(60 * TestTimer.Millisecond);
        s_stop = 1;
        Check.That(Volatile.Read(ref s_first) > 1000);
        Check.That(Volatile.Read(ref s_second) > 1000);
    }

    [Test("A lower priority does not run while a higher one can", Rules = "R-SCHED-09", Requires = "timer")]
    internal static void SCHED0009()
    {
        Begin(&CountFirst, 0, 100, wait: false);
        Begin(&CountSecond, 0, 99, wait: false);
        TestTimer.Sleep(30 * TestTimer.Millisecond);
        Check.That(Volatile.Read(ref s_first) > 1000);
        Check.Equal(0ul, Volatile.Read(ref s_second));
    }

    [Test("A blocked thread's new priority counts when it wakes", Rules = "R-SCHED-14")]
    internal static void SCHED0010()
    {
        Lower();
        Helper helper = Begin(&WaitAndNote, 2, 50);
        Check.Ok(helper.Tcb.SetPriority(200, Test.Tcb));
        Note(1);
        s_bell.Signal();
        Note(3);
        Check.Equal(123ul, s_order);
    }

    [Test("A caller hands over to its server directly, and back", Rules = "R-SCHED-06 R-REPLY-16")]
    internal static void SCHED0011()
    {
        Lower();
        s_endpoint = Make.Endpoint();
        Begin(&ServeOnce, 2, 100);
        Begin(&NoteOnly, 9, 100, wait: false);
        Note(1);
        s_endpoint.Call(Ask.Words(0));
        Note(3);
        // The server runs at once, though another equal waited in line before it.
        Check.That(s_order is 123 or 1293);
    }

    [Test("Priorities are neither inherited nor lent", Rules = "R-SCHED-17")]
    internal static void SCHED0012()
    {
        Lower();
        s_endpoint = Make.Endpoint();
        Helper server = Begin(&ServeOnce, 2, 50);
        Helper middle = Begin(&NoteOnly, 1, 80, wait: false);
        s_endpoint.Call(Ask.Words(0));
        middle.Join();
        server.Join();
        Check.Equal(12ul, s_order);
    }

    [Test("The highest and the lowest priority are usable", Rules = "R-SCHED-02")]
    internal static void SCHED0013()
    {
        Helper lowest = Begin(&NoteOnly, 2, 0, wait: false);
        Helper highest = Begin(&NoteOnly, 1, Test.MaxPriority, wait: false);
        highest.Join();
        lowest.Join();
        Check.Equal(12ul, s_order);
    }

    [Test("With nothing to run the processor waits for an interrupt", Rules = "R-SCHED-13", Requires = "timer")]
    internal static void SCHED0014()
    {
        ulong before = TestTimer.Now;
        TestTimer.Sleep(5 * TestTimer.Millisecond);
        Check.Between(5 * TestTimer.Millisecond, 50 * TestTimer.Millisecond, TestTimer.Now - before);
    }

    [Test("Blocking does not cost the rest of the slice", Rules = "R-SCHED-16")]
    internal static void SCHED0015()
    {
        Lower();
        s_endpoint = Make.Endpoint();
        s_helper = Begin(&ServeMany, 0, 100);
        for (int turn = 0; turn < 100; turn++) s_endpoint.Call(Ask.Words(0));
        Check.Equal(100ul, s_first);
    }

    [Test("A thread is not moved to a domain that does not exist, nor what is no thread", Rules = "R-DOM-02 R-DOM-03", Tags = "domain")]
    internal static void DOMAIN0001()
    {
        Check.Fails(ErrorCode.InvalidArgument, 0, Test.Domain.Set(1, Test.Tcb));
        Check.Fails(ErrorCode.InvalidArgument, 1, Test.Domain.Set(0, Make.Page().As<Tcb>()));
        Check.Ok(Test.Domain.Set(0, Make.Tcb()));
    }

    [Test("The schedule's last entry and unknown domains cannot be written", Rules = "R-DOM-06 R-DOM-07 ABI-15", Tags = "domain")]
    internal static void DOMAIN0002()
    {
        Check.Fails(ErrorCode.RangeError, 0, 0, Test.Domain.ScheduleConfigure(1, 0, 100));
        Check.Fails(ErrorCode.RangeError, 0, 0, Test.Domain.ScheduleConfigure(0, 1, 100));
        Check.Fails(ErrorCode.InvalidArgument, 2, Test.Domain.ScheduleConfigure(0, 0, 1ul << 56));
    }

    [Test("Starting beyond the list, or at its end marker, is refused", Rules = "R-DOM-11 R-DOM-12", Tags = "domain")]
    internal static void DOMAIN0003()
    {
        Check.Fails(ErrorCode.RangeError, 0, 1, Test.Domain.ScheduleSetStart(2));
        Check.Fails(ErrorCode.InvalidArgument, 0, Test.Domain.ScheduleSetStart(1));
        Check.Ok(Test.Domain.ScheduleSetStart(0));
    }

    [Test("An end marker on the start entry is refused", Rules = "R-DOM-10", Tags = "domain")]
    internal static void DOMAIN0004() => Check.Fails(ErrorCode.InvalidArgument, 2, Test.Domain.ScheduleConfigure(0, 0, 0));

    /// <summary>The test itself goes to priority 100, so that helpers can be above, beside and below it.</summary>
    private static void Lower()
    {
        s_order = 0;
        s_bell = Make.Badged(Make.Notification(), 1);
        Assert.Ok(Test.Tcb.SetPriority(100, Test.Tcb));
    }

    /// <summary>Starts a helper; with <paramref name="wait"/> it runs until it blocks.</summary>
    private static Helper Begin(delegate*<ulong, void> main, ulong argument, byte priority, bool wait = true)
    {
        Helper helper = new() { Priority = priority };
        helper.Start(main, argument);
        if (wait) Yield.To(helper, 100);
        return helper;
    }

    private static void Note(ulong number) => s_order = (s_order * 10) + number;

    private static void NoteOnly(ulong number) => Note(number);

    private static void WaitAndNote(ulong number)
    {
        s_bell.Wait();
        Note(number);
    }

    private static void CountFirst(ulong argument)
    {
        while (Volatile.Read(ref s_stop) == 0) Volatile.Write(ref s_first, s_first + 1);
    }

    private static void CountSecond(ulong argument)
    {
        while (Volatile.Read(ref s_stop) == 0) Volatile.Write(ref s_second, s_second + 1);
    }

    private static void ServeOnce(ulong number)
    {
        s_endpoint.Recv();
        Note(number);
        Syscall.Reply(Ask.Words(0));
    }

    private static void ServeMany(ulong argument)
    {
        s_endpoint.Recv();
        while (true)
        {
            s_first++;
            s_endpoint.ReplyRecv(Ask.Words(0));
        }
    }
}
