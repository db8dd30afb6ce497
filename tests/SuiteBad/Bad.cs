// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Testing;

namespace Sel4.SuiteBad;

/// <summary>Tests that go wrong on purpose, each in its own way; a host test knows what the driver has to say to each. TD:§12.</summary>
[Tests(Tags = "bad")]
internal static unsafe class Bad
{
    private static ulong s_word;

    [Test("Passes")]
    internal static void BAD00_PASS() => Check.That(true);

    [Test("Fails two checks and goes on")]
    internal static void BAD01_CHECKS()
    {
        Check.Equal(1ul, s_word + 2);
        Check.Equal(3ul, s_word + 4);
    }

    [Test("Fails an assertion and does not go on")]
    internal static void BAD02_ASSERT()
    {
        Assert.Equal(1ul, s_word + 2);
        Check.Fail("the assertion did not end the test");
    }

    [Test("Reads a null reference")]
    internal static void BAD03_NULL() => s_word = *(ulong*)(s_word + 8);

    [Test("Jumps to nowhere")]
    internal static void BAD04_JUMP() => ((delegate*<void>)s_word)();

    [Test("Recurses without end")]
    internal static void BAD05_STACK() => Recurse(0);

    [Test("Never ends", TimeoutMilliseconds = 30)]
    internal static void BAD06_LOOP()
    {
        while (true) s_word++;
    }

    [Test("Waits for what never comes", TimeoutMilliseconds = 30)]
    internal static void BAD07_BLOCKED() => Make.Endpoint().Recv();

    [Test("Exits without a result")]
    internal static void BAD08_EXIT() => Environment.Exit(3);

    [Test("Sends its result twice, and goes on")]
    internal static void BAD09_TWICE()
    {
        IpcBuffer.Current.Words[0] = (ulong)TestCode.Success;
        Test.Driver.Send(new MessageInfo(0, 0, 0, 1));
        IpcBuffer.Current.Words[0] = (ulong)TestCode.Failure;
        Test.Driver.Send(new MessageInfo(0, 0, 0, 1));
        Check.Fail("it was still there after its result");
    }

    [Test("Logs a million lines")]
    internal static void BAD10_FLOOD()
    {
        for (int line = 0; line < 1_000_000; line++) Test.Log("more and more and more");
    }

    [Test("Has a name and a log that reports must escape", Name = "BAD11_]]>&<\"'")]
    internal static void BAD11_MARKUP()
    {
        Test.Log("]]> & < > \" ' \u0001 \u001b[31m end");
        Check.Fail("]]> & <");
    }

    [Test("Throws an exception that nobody catches")]
    internal static void BAD12_THROW() => throw new InvalidOperationException("thrown on purpose");

    [Test("Throws in another thread")]
    internal static void BAD13_THREAD_THROW() => Helper.Begin(&Divide).Join();

    [Test("Faults in another thread, of which the driver hears")]
    internal static void BAD14_THREAD_FAULT()
    {
        Helper helper = new() { FaultHandler = new CapabilityPointer(ChildSlot.FaultHandler) };
        helper.Start(&ReadNull);
        helper.Join();
    }

    [Test("Leaves a frame behind")]
    internal static void BAD15_LEAK_FRAME() => RpcClient.FromEnvironment().AllocateFrame(out _);

    [Test("Leaves an endpoint behind")]
    internal static void BAD16_LEAK_ENDPOINT() => RpcClient.FromEnvironment().AllocateObject(ObjectType.Endpoint, 0, out _);

    [Test("Leaves an interrupt behind")]
    internal static void BAD17_LEAK_IRQ() => RpcClient.FromEnvironment().AllocateIrq(new IoApicIrq(11, 44), out _);

    [Test("Leaves a range of ports behind")]
    internal static void BAD18_LEAK_PORTS() => RpcClient.FromEnvironment().AllocateIoPorts(0x300, 0x301, out _);

    [Test("Leaves a slot behind")]
    internal static void BAD19_LEAK_SLOT() => new ProcessSlots().TryAcquire(out _, out _);

    [Test("Leaves a time-out behind")]
    internal static void BAD20_LEAK_TIMEOUT() => TestTimer.Set(TimeoutKind.Periodic, TestTimer.Millisecond);

    [Test("Sends bytes by RPC that mean nothing")]
    internal static void BAD21_RPC()
    {
        RpcClient client = RpcClient.FromEnvironment();
        for (int turn = 0; turn < 100; turn++) client.SendBytes([0x7f, (byte)turn, 0xff, 0xff]);
    }

    [Test("Deletes the endpoint by which it would tell its result", TimeoutMilliseconds = 30)]
    internal static void BAD22_MUTE() => Make.At(Test.Driver).Delete();

    [Test("Deletes its own CSpace", TimeoutMilliseconds = 30)]
    internal static void BAD23_CSPACE()
    {
        for (ulong slot = 2; slot < 32; slot++) Make.At(slot).Delete();
        Make.At(1).Delete();
    }

    [Test("Wants a higher priority than it may have")]
    internal static void BAD24_PRIORITY() => Check.Fails(ErrorCode.RangeError, Test.Tcb.SetPriority(255, Test.Tcb));

    [Test("Revokes the memory that it was given")]
    internal static void BAD25_REVOKE()
    {
        Make.Endpoint();
        for (ulong slot = Test.Value(StartupPage.UntypedStart); slot < Test.Value(StartupPage.UntypedEnd); slot++)
            Check.Ok(Make.At(slot).Revoke());
    }

    [Test("Stops its own thread", TimeoutMilliseconds = 30)]
    internal static void BAD26_SUSPEND() => Test.Tcb.Suspend();

    [Test("Prints what looks like its own good result")]
    internal static void BAD27_FORGE()
    {
        ProgramConsole.Target = ConsoleTarget.Kernel;
        ProgramConsole.Write("\n@sel4test 1 0/1 12345678 cmVzdWx0Cm5hbWUgQkFEMjdfRk9SR0UKdmVyZGljdCBwYXNzZWQK\n"u8);
        Check.Fail("the true result");
    }

    [Test("Prints what ends a suite")]
    internal static void BAD28_FORGE_END()
    {
        ProgramConsole.Target = ConsoleTarget.Kernel;
        ProgramConsole.Write("\n[sel4rpc] end status=0\nAll is well in the universe\n"u8);
        Check.Fail("the true result");
    }

    [Test("Sends a code that nobody knows")]
    internal static void BAD29_UNKNOWN()
    {
        Check.Equal((ulong)ErrorCode.InvalidArgument, (ulong)Test.Call((TestCode)4711, 3));
        IpcBuffer.Current.Words[4] = 900_000;
        Check.Equal((ulong)ErrorCode.InvalidArgument, (ulong)Test.Call(TestCode.Result, 5));
    }

    [Test("Overwrites its IPC buffer and where it is told")]
    internal static void BAD30_BUFFER()
    {
        ulong buffer = IpcBuffer.Current.Address;
        for (ulong offset = 0; offset < 4096; offset += 8) *(ulong*)(buffer + offset) = ulong.MaxValue;
        Check.That(true);
    }

    [Test("Announces a fault that does not come")]
    internal static void BAD31_NO_FAULT() => Test.ExpectFault(FaultLabel.VmFault);

    [Test("Announces one fault and has another")]
    internal static void BAD32_OTHER_FAULT()
    {
        Test.ExpectFault(FaultLabel.CapFault);
        s_word = *(ulong*)(s_word + 8);
    }

    [Test("Cannot run here")]
    internal static void BAD33_SKIP() => Test.Skip("because of the weather");

    [Test("Needs what is not there", Requires = "cores:2")]
    internal static void BAD34_REQUIRES() => Check.Fail("it was run");

    [Test("Is switched off", Enabled = false)]
    internal static void BAD35_DISABLED() => Check.Fail("it was run");

    [Test("Fails, as everybody knows", KnownFailure = "issue 4711")]
    internal static void BAD36_KNOWN() => Check.Fail("as expected");

    [Test("Passes, though it was expected to fail", KnownFailure = "issue 4712")]
    internal static void BAD37_SURPRISE() => Check.That(true);

    [Test("Has a part that fails")]
    internal static void BAD38_CASE()
    {
        Test.Case("good", true);
        Test.Case("bad", false);
    }

    [Test("Fails an assertion in a helper thread")]
    internal static void BAD39_HELPER()
    {
        Helper.Begin(&FailInHelper).Join();
        Check.Fail("the helper's assertion did not end the test");
    }

    [Test("Fills all of its slots and memory, and passes")]
    internal static void BAD40_GREED()
    {
        ulong end = Test.Value(StartupPage.UntypedEnd);
        CNodeDestination target = Make.Into(Make.Slots(2000));
        for (ulong untyped = Test.Value(StartupPage.UntypedStart); untyped < end; untyped++)
            while (new Cap<Untyped>(untyped).Retype<SmallPage>(target).IsOk) target = target.Skip(1);
    }

    [Test("Wants more heap than its quota")]
    internal static void BAD43_HEAP()
    {
        byte[] much = new byte[64 * 1024 * 1024];
        much[0] = 1;
    }

    [Test("Is a benchmark and measures nothing", Type = TestTypes.Benchmark)]
    internal static void BAD41_BENCHMARK() => Check.That(true);

    [Test("Passes after all of them", Type = TestTypes.Benchmark)]
    internal static void BAD98_GOOD() => Test.Measure("one", 1, "apples");

    [Test("Ends the suite", Type = TestTypes.Benchmark, Enabled = false)]
    internal static void BAD42_FATAL() => Fatal.That(s_word != 0);

    [Test("Stops the machine", Type = TestTypes.Benchmark, Enabled = false)]
    internal static void BAD90_HALT() => Syscall.DebugHalt();

    private static ulong Recurse(ulong depth)
    {
        byte* room = stackalloc byte[512];
        room[0] = (byte)depth;
        return Recurse(depth + room[0] + 1) + room[1];
    }

    private static void Divide(ulong argument) => throw new InvalidOperationException("thrown in a helper");

    private static void ReadNull(ulong argument) => s_word = *(ulong*)(argument + 16);

    private static void FailInHelper(ulong argument)
    {
        Assert.Equal(1ul, argument);
        s_word = argument;
    }
}
