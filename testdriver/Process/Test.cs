// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>The running test: what the driver told it, and what it tells the driver. TD:§3, TD:§4.</summary>
/// <remarks>Everything that talks to the driver uses the message words of the IPC buffer, but for <see cref="Log(string)"/>.</remarks>
public static unsafe class Test
{
    private static ulong s_page;

    /// <summary>The endpoint on which the driver listens; also the one for RPC.</summary>
    public static Cap<Endpoint> Driver { get; private set; }

    /// <summary>What the driver wrote into the start-up page.</summary>
    // SAFETY: the driver maps the page before the test starts and never unmaps it while it runs.
    public static ReadOnlySpan<byte> Page => new((void*)s_page, StartupPage.Size);

    public static string Name => Encoding.UTF8.GetString(StartupPage.NameOf(Page));

    /// <summary>A number for everything that is random on purpose; the same test gets the same in each run with the same seed.</summary>
    public static ulong Seed
    {
        get
        {
            Call(TestCode.Seed, 1);
            return IpcBuffer.Current[1];
        }
    }

    /// <summary>The priority of the test's own thread; helpers usually run below it.</summary>
    public static byte Priority => (byte)Value(StartupPage.Priority);

    /// <summary>The highest priority that the test can hand out.</summary>
    public static byte MaxPriority => (byte)Value(StartupPage.MaxPriority);

    public static Cap<Tcb> Tcb => new(Value(StartupPage.Tcb));

    public static Cap<CNode> CNode => new(Value(StartupPage.CNode));

    public static Cap<Pml4> VSpace => new(Value(StartupPage.VSpace));

    public static Cap<AsidPool> AsidPool => new(Value(StartupPage.AsidPool));

    public static Cap<AsidControl> AsidControl => new(Value(StartupPage.AsidControl));

    public static Cap<Domain> Domain => new(Value(StartupPage.Domain));

    /// <summary>log2 slots of the test's CNode.</summary>
    public static int CNodeBits => (int)Value(StartupPage.CNodeBits);

    /// <summary>A word of the start-up page.</summary>
    public static ulong Value(int offset) => StartupPage.Word(Page, offset);

    /// <summary>Prints a line that is shown with the test's result.</summary>
    public static void Log(string line)
    {
        Span<byte> bytes = stackalloc byte[TestLimits.MaxLogBytes];
        TextLine text = new(bytes);
        text.Add(line);
        Log(text.Bytes);
    }

    /// <summary>Ends the test: it cannot run here, and why.</summary>
    public static void Skip(string reason)
    {
        Send(TestCode.Skip, 1, reason, TestLimits.MaxResultBytes);
        End();
    }

    /// <summary>Tells how one of several parts of the test ended.</summary>
    public static void Case(string name, bool isGood)
    {
        IpcBuffer.Current.Words[1] = (ulong)(isGood ? TestStatus.Success : TestStatus.Failure);
        Send(TestCode.Case, 2, name, TestLimits.MaxResultBytes);
    }

    /// <summary>Tells a figure, which goes into the reports; <paramref name="unit"/> is in small letters, such as "instructions".</summary>
    public static void Measure(string name, ulong value, string unit)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Span<byte> text = buffer.Bytes.Slice(4 * sizeof(ulong));
        int nameBytes = Encoding.UTF8.GetBytes(name.AsSpan(), text);
        int unitBytes = Encoding.UTF8.GetBytes(unit.AsSpan(), text.Slice(nameBytes));
        buffer[1] = value;
        buffer[2] = (ulong)nameBytes;
        buffer[3] = (ulong)unitBytes;
        Call(TestCode.Measure, 4 + WordsOf(nameBytes + unitBytes));
    }

    /// <summary>Asks for more time: so many milliseconds from now.</summary>
    public static ErrorCode Heartbeat(ulong milliseconds)
    {
        IpcBuffer.Current.Words[1] = milliseconds;
        return Call(TestCode.Heartbeat, 2);
    }

    /// <summary>Says that the next thing to happen is a fault, and that the test has then passed.</summary>
    public static void ExpectFault(FaultLabel label)
    {
        IpcBuffer.Current.Words[1] = (ulong)label;
        IpcBuffer.Current.Words[2] = 0;
        Call(TestCode.ExpectFault, 3);
    }

    /// <summary>The same, and at which address: of memory for a page fault, else of the instruction.</summary>
    public static void ExpectFault(FaultLabel label, ulong address)
    {
        IpcBuffer.Current.Words[1] = (ulong)label;
        IpcBuffer.Current.Words[2] = 1;
        IpcBuffer.Current.Words[3] = address;
        Call(TestCode.ExpectFault, 4);
    }

    /// <summary>Names memory whose bytes the driver saves when the test ends; within one page.</summary>
    public static void Trace(ulong address, ulong bytes)
    {
        IpcBuffer.Current.Words[1] = address;
        IpcBuffer.Current.Words[2] = bytes;
        Call(TestCode.Trace, 3);
    }

    /// <summary>Sends a request with words that the caller has put into the buffer; the answer's error.</summary>
    public static ErrorCode Call(TestCode code, int words)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = (ulong)code;
        MessageInfo answer = Driver.Call(new MessageInfo(0, 0, 0, words));
        return answer.Length > 0 ? (ErrorCode)buffer[0] : ErrorCode.None;
    }

    internal static void Begin(ulong endpoint, ulong page)
    {
        Driver = new Cap<Endpoint>(endpoint);
        s_page = page;
    }

    /// <summary>Sends a line of text, and leaves the buffer as it was: it may stand between a receive and a look at its words.</summary>
    internal static void Log(ReadOnlySpan<byte> line)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        int length = Math.Min(line.Length, TestLimits.MaxLogBytes);
        int words = 2 + WordsOf(length);
        Span<ulong> saved = stackalloc ulong[AbiConstants.MaxMessageLength];
        buffer.Words.Slice(0, words).CopyTo(saved);
        buffer[1] = (ulong)length;
        line.Slice(0, length).CopyTo(buffer.Bytes.Slice(2 * sizeof(ulong)));
        Call(TestCode.Log, words);
        saved.Slice(0, words).CopyTo(buffer.Words);
    }

    /// <summary>Ends the test with what its assertions came to. The driver never answers.</summary>
    internal static void Finish(TestStatus status)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        ReadOnlySpan<byte> text = Outcome.Text;
        bool hasFailed = Outcome.Failures != 0 && status == TestStatus.Success;
        buffer[1] = (ulong)(hasFailed ? TestStatus.Failure : status);
        buffer[2] = Outcome.Assertions;
        buffer[3] = Outcome.Failures;
        buffer[4] = (ulong)text.Length;
        text.CopyTo(buffer.Bytes.Slice(5 * sizeof(ulong)));
        Call(TestCode.Result, 5 + WordsOf(text.Length));
        End();
    }

    private static void Send(TestCode code, int place, string text, int limit)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Span<byte> target = buffer.Bytes.Slice((place + 1) * sizeof(ulong), limit);
        TextLine line = new(target);
        line.Add(text);
        int length = line.Bytes.Length;
        buffer[place] = (ulong)length;
        Call(code, place + 1 + WordsOf(length));
    }

    private static int WordsOf(int bytes) => (bytes + sizeof(ulong) - 1) / sizeof(ulong);

    /// <summary>The test is over and its process about to go; nothing it does from here on counts.</summary>
    private static void End()
    {
        while (true) Tcb.Suspend();
    }
}
