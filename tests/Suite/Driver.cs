// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Testing;

namespace Sel4.Suite;

/// <summary>What a test is given and what it can tell the driver.</summary>
[Tests(Tags = "driver")]
internal static unsafe class Driver
{
    [Test("The start-up page tells what the process was given", Rules = "TD:T2")]
    internal static void DRIVER0001()
    {
        Check.Equal(StartupPage.Magic, Test.Value(StartupPage.MagicOffset));
        Check.That(Ask.Holds(Test.CNode.Value, CapabilityTypeTag.CNode));
        Check.That(Ask.Holds(Test.VSpace.Value, CapabilityTypeTag.Pml4));
        Check.That(Ask.Holds(Test.Tcb.Value, CapabilityTypeTag.Tcb));
        Check.That(Ask.Holds(Test.AsidPool.Value, CapabilityTypeTag.AsidPool));
        Check.That(Ask.Holds(Test.AsidControl.Value, CapabilityTypeTag.AsidControl));
        Check.That(Ask.Holds(Test.Domain.Value, CapabilityTypeTag.Domain));
        Check.That(Ask.Holds(TestTimer.Notification.Value, CapabilityTypeTag.Notification));
        Check.That(Ask.Holds(Test.Value(StartupPage.DeviceFrame), CapabilityTypeTag.Frame));
        Check.That(Ask.Holds(Test.Driver.Value, CapabilityTypeTag.Endpoint));
    }

    [Test("The slots that are said to be free are empty", Rules = "TD:T6")]
    internal static void DRIVER0002()
    {
        ulong start = Test.Value(StartupPage.FreeStart);
        ulong end = Test.Value(StartupPage.FreeEnd);
        Check.That(end > start && end <= 1ul << Test.CNodeBits);
        for (ulong slot = start; slot < start + 64; slot++)
            if (!Ask.IsEmpty(slot)) Assert.Fail("a free slot is not empty");
        Check.That(Ask.IsEmpty(end - 1));
    }

    [Test("The untyped memory has the sizes of the list, all of it unused", Rules = "TD:L2 TD:L5")]
    internal static void DRIVER0003()
    {
        ulong first = Test.Value(StartupPage.UntypedStart);
        ulong end = Test.Value(StartupPage.UntypedEnd);
        Check.Between(1, TestLimits.MaxUntypeds, end - first);
        for (ulong slot = first; slot < end; slot++)
        {
            int bits = Test.Page[StartupPage.UntypedBits + (int)(slot - first)];
            Check.That(Ask.IsWhole(new Cap<Untyped>(slot), bits));
        }
    }

    [Test("The loaded regions contain this code and the stack", Rules = "TD:T2")]
    internal static void DRIVER0004()
    {
        ulong code = (ulong)(delegate*<void>)&DRIVER0004;
        ulong variable = 0;
        ulong bottom = Test.Value(StartupPage.StackBottom);
        Check.Between(Test.Value(StartupPage.Regions), Test.Value(StartupPage.Regions + 8), code);
        Check.Between(bottom, bottom + (Test.Value(StartupPage.StackPages) * 4096), (ulong)&variable);
    }

    [Test("The seed is the same each time it is asked for, and that of the page", Rules = "TD:T6")]
    internal static void DRIVER0005()
    {
        Check.Equal(Test.Value(StartupPage.Seed), Test.Seed);
        Check.Equal(Test.Seed, Test.Seed);
    }

    [Test("Logging leaves the message words alone", Rules = "TD:O1")]
    internal static void DRIVER0006()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        for (int word = 0; word < 120; word++) buffer[word] = (ulong)word * 7;
        Test.Log("a line");
        System.Console.WriteLine("another line");
        for (int word = 0; word < 120; word++)
            if (buffer[word] != (ulong)word * 7) Assert.Fail("a word has changed");
    }

    [Test("More time can be asked for, within bounds", Rules = "TD:P4")]
    internal static void DRIVER0007()
    {
        Check.Equal((ulong)ErrorCode.None, (ulong)Test.Heartbeat(20_000));
        Check.Equal((ulong)ErrorCode.RangeError, (ulong)Test.Heartbeat(100_000_000));
    }

    [Test("A test may consist of parts that are told one by one", Rules = "TD:R1")]
    internal static void DRIVER0008()
    {
        Test.Case("first part", true);
        Test.Case("second part", true);
    }

    [Test("A trace in the start-up page is saved; anything else is refused", Rules = "TD:P4")]
    internal static void DRIVER0009()
    {
        ulong page = ProcessEnvironment.StartupPage;
        Make.Word(page + StartupPage.Trace) = 0x1122_3344_5566_7788;
        Test.Trace(page + StartupPage.Trace, 8);
        Check.Equal((ulong)ErrorCode.None, IpcBuffer.Current[0]);
        Test.Trace(0x40_0000, 8);
        Check.Equal((ulong)ErrorCode.RangeError, IpcBuffer.Current[0]);
    }

    [Test("A failed assertion in a helper thread reaches the counts", Rules = "TD:R2")]
    internal static void DRIVER0010()
    {
        Helper helper = new();
        ulong before = Outcome.Assertions;
        helper.Start(&AssertInHelper);
        helper.Join();
        // One of starting it, two of its own.
        Check.Equal(before + 3, Outcome.Assertions);
    }

    [Test("Memory that an earlier test has written comes cleared", Rules = "TD:L5 TD:T6")]
    internal static void DRIVER0011()
    {
        ulong address = Make.Address(1ul << 21);
        Check.Ok(Make.Map(Make.New<LargePage>().As<Frame>(), address, CapRights.ReadWrite, Test.VSpace));
        for (ulong offset = 0; offset < 1ul << 21; offset += 512)
        {
            if (Make.Word(address + offset) != 0) Assert.Fail("a word is not 0");
            Make.Word(address + offset) = ulong.MaxValue;
        }
    }

    [Test("The same memory in the next test", Rules = "TD:L5 TD:T6")]
    internal static void DRIVER0012() => DRIVER0011();

    [Test("Priorities stay below the driver's", Rules = "TD:T2")]
    internal static void DRIVER0013()
    {
        Check.That(Test.Priority < 255 && Test.MaxPriority < 255);
        Check.Fails(ErrorCode.RangeError, Test.Tcb.SetPriority(255, Test.Tcb));
    }

    private static void AssertInHelper(ulong argument)
    {
        Check.That(argument == 0);
        Check.Equal(0ul, argument);
    }
}
