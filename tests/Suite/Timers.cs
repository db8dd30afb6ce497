// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>Codes 4 to 6 of the driver's protocol, as a test sees them.</summary>
[Tests(Tags = "timer driver", Requires = "timer")]
internal static class Timers
{
    private const ulong Unit = TestTimer.Millisecond;

    [Test("Time grows and never goes back", Rules = "TD:P10")]
    internal static void TIMER0001()
    {
        ulong before = TestTimer.Now;
        for (int turn = 0; turn < 100; turn++)
        {
            ulong now = TestTimer.Now;
            if (now < before) Assert.Fail("time went back");
            before = now;
        }
    }

    [Test("A relative time-out comes once, and not too early", Rules = "TD:P2 TD:P3 TD:P6 TD:P8")]
    internal static void TIMER0002()
    {
        ulong start = TestTimer.Now;
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Relative, 2 * Unit));
        TestTimer.Notification.Wait();
        Check.Between(2 * Unit, 4 * Unit, TestTimer.Now - start);
        Check.Equal(0ul, TestTimer.Notification.Poll().Value);
        TestTimer.Reset();
    }

    [Test("An absolute time-out comes at its time", Rules = "TD:P6")]
    internal static void TIMER0003()
    {
        ulong end = TestTimer.Now + (3 * Unit);
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Absolute, end));
        TestTimer.Notification.Wait();
        Check.Between(end, end + Unit, TestTimer.Now);
    }

    [Test("A time gone by fires at once", Rules = "TD:P9")]
    internal static void TIMER0004()
    {
        ulong start = TestTimer.Now;
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Absolute, 1));
        TestTimer.Notification.Wait();
        Check.Between(0, Unit, TestTimer.Now - start);
    }

    [Test("A period goes on until it is reset", Rules = "TD:P6 TD:L4")]
    internal static void TIMER0005()
    {
        ulong start = TestTimer.Now;
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Periodic, Unit));
        for (int turn = 0; turn < 5; turn++) TestTimer.Notification.Wait();
        Check.Between(5 * Unit, 7 * Unit, TestTimer.Now - start);
        Check.Equal(0ul, (ulong)TestTimer.Reset());
        TestTimer.Notification.Poll();
        TestTimer.Sleep(3 * Unit);
        Check.Equal(0ul, TestTimer.Notification.Poll().Value);
    }

    [Test("A new request replaces the last", Rules = "TD:P7")]
    internal static void TIMER0006()
    {
        ulong start = TestTimer.Now;
        TestTimer.Set(TimeoutKind.Relative, Unit);
        TestTimer.Set(TimeoutKind.Relative, 4 * Unit);
        TestTimer.Notification.Wait();
        Check.Between(4 * Unit, 6 * Unit, TestTimer.Now - start);
    }

    [Test("Requests with ids stand beside each other", Rules = "TD:P7")]
    internal static void TIMER0007()
    {
        ulong start = TestTimer.Now;
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Relative, Unit, 1));
        Check.Equal(0ul, (ulong)TestTimer.Set(TimeoutKind.Relative, 3 * Unit, 2));
        TestTimer.Notification.Wait();
        Check.Between(Unit, 2 * Unit, TestTimer.Now - start);
        TestTimer.Notification.Wait();
        Check.Between(3 * Unit, 4 * Unit, TestTimer.Now - start);
    }

    [Test("Requests that make no sense are errors", Rules = "TD:P4 TD:P6")]
    internal static void TIMER0008()
    {
        Check.That(TestTimer.Set((TimeoutKind)9, Unit) != ErrorCode.None);
        Check.That(TestTimer.Set(TimeoutKind.Relative, Unit, 99) != ErrorCode.None);
        Check.That(TestTimer.Set(TimeoutKind.Periodic, 0) != ErrorCode.None);
        Check.Equal(0ul, (ulong)TestTimer.Reset());
    }

    [Test("The time stamp counter runs as fast as the start-up page says", Rules = "TD:P10")]
    internal static void TIMER0009()
    {
        ulong megahertz = Test.Value(StartupPage.TscMegahertz);
        ulong before = Bench.Clock.Now();
        ulong start = TestTimer.Now;
        TestTimer.Sleep(2 * Unit);
        ulong counted = (Bench.Clock.Now() - before) * 1000;
        ulong passed = TestTimer.Now - start;
        Check.Between(passed * megahertz * 9 / 10, passed * megahertz * 11 / 10, counted);
    }
}
