// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;
using Sel4.RootServer;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>Serves the process of one test until it has ended. TD:§3, TD:§4.</summary>
/// <remarks>
/// Who may have sent a message is told by its badge alone. The loop never waits for the test: it answers a Call, and lets everything
/// else go by. Nothing is allocated here.
/// </remarks>
internal sealed class TestSession(
    CapabilityPointer endpoint, DriverClock clock, ResourceServer server, Reporter reporter, ChildInspector inspector)
{
    private const ulong MaxLogLines = 1000;
    private const ulong FloodLines = 20_000;
    private const ulong Millisecond = 1_000_000;

    /// <summary>The longest that a test can ask for at a time, so that one that goes wrong does not stop the suite for ever.</summary>
    private const ulong LongestExtension = 60_000;

    private readonly CapabilityPointer _endpoint = endpoint;
    private readonly DriverClock _clock = clock;
    private readonly ResourceServer _server = server;
    private readonly Reporter _reporter = reporter;
    private readonly ChildInspector _inspector = inspector;
    private TestChild _child = null!;
    private TestResult _result = null!;
    private ulong _seed;
    private bool _expectsFault;
    private bool _expectsAddress;
    private ulong _expectedLabel;
    private ulong _expectedAddress;

    /// <summary>Where in the start-up page the test keeps a trace, when it has said so; 0 bytes for none.</summary>
    public int TraceOffset { get; private set; }

    public int TraceBytes { get; private set; }

    /// <summary>Lets the test run, and returns when it has ended in whatever way.</summary>
    public void Run(TestChild child, TestResult result, ulong seed, ulong limitNanoseconds)
    {
        _child = child;
        _result = result;
        _seed = seed;
        _expectsFault = false;
        TraceBytes = 0;
        ulong start = _clock.Now;
        if (_clock.IsThere) _clock.Limit = start + limitNanoseconds;
        new Cap<Tcb>(child.Tcb).Resume();
        bool hasAnswer = false;
        MessageInfo answer = default;
        while (result.Verdict == TestVerdict.None)
        {
            ulong due = _server.NextDeadline;
            _clock.Service = due > Timeouts.Never / Millisecond ? Timeouts.Never : due * Millisecond;
            if (!_clock.TryArm())
            {
                Tick();
                continue;
            }

            Received received = hasAnswer ? Syscall.ReplyRecv(_endpoint, answer) : Syscall.Recv(_endpoint);
            hasAnswer = Take(received, out answer);
        }

        result.Nanoseconds = _clock.Now - start;
        if (_expectsFault) JudgeExpectation();
        if (result.Strangers != 0) result.Worsen(TestVerdict.Protocol);
        if (result.BadCases != 0) result.Worsen(TestVerdict.Failed);
    }

    /// <summary>Deals with a message or a signal; true when there is an answer to give.</summary>
    private bool Take(Received received, out MessageInfo answer)
    {
        answer = new MessageInfo(0, 0, 0, 1);
        ulong badge = received.Badge.Value;
        BadgeClass badgeClass = ChildBadge.ClassOf(badge);
        if (badgeClass == BadgeClass.Signal)
        {
            _clock.Acknowledge();
            Tick();
            return false;
        }

        if (!_child.Owns(badge) || badgeClass == BadgeClass.Unknown)
        {
            // Of a test that has ended: it waits for an answer that never comes, until the last capability to it is gone (TD:P5).
            _result.Late++;
            return false;
        }

        if (badgeClass == BadgeClass.Exit) return TakeExit(received.Info, out answer);
        if (badgeClass == BadgeClass.Fault || received.Info.Label != 0) return TakeFault(received.Info);
        return received.Info.Length > 0 ? Serve(received.Info, out answer) : Strange("an empty message", out answer);
    }

    /// <summary>Time has passed: the test is told of what it waits for, or ended when it is too late (TD:P8, TD:§9.4).</summary>
    private void Tick()
    {
        ulong now = _clock.Now;
        if (now >= _clock.Service) _server.Tick(now / Millisecond);
        if (_clock.Timeouts.Expire(now)) Syscall.Signal(new CapabilityPointer(_child.Timer));
        if (now < _clock.Limit) return;
        _result.End(TestVerdict.Timeout);
        _inspector.DescribeStandstill(_child, _result.Details);
    }

    private bool Serve(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        answer = new MessageInfo(0, 0, 0, 1);
        switch ((TestCode)buffer[0])
        {
            case TestCode.Rpc:
                // An answer that comes later is sent by the server itself.
                return _server.TryServe(_child.Session, info, out answer);
            case TestCode.Success:
                _result.End(TestVerdict.Passed);
                return false;
            case TestCode.Failure:
                _result.End(TestVerdict.Failed);
                return false;
            case TestCode.Abort:
                _result.End(TestVerdict.Aborted);
                return false;
            case TestCode.LibraryAbort:
                _result.Details.Add("text", "abort() of its C library");
                _result.End(TestVerdict.Failed);
                return false;
            case TestCode.Result:
                return TakeResult(info, out answer);
            case TestCode.SetTimeout or TestCode.ResetTimer or TestCode.Timestamp:
                return ServeTime(info, out answer);
            default:
                return ServeMore(info, out answer);
        }
    }

    private bool ServeMore(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        answer = new MessageInfo(0, 0, 0, 1);
        switch ((TestCode)buffer[0])
        {
            case TestCode.Log:
                return TakeLog(info, out answer);
            case TestCode.Skip:
                if (!TryText(info, 1, 2, out ReadOnlySpan<byte> reason)) return Strange("a skip without its reason", out answer);
                _result.Details.Add("text", reason);
                _result.End(TestVerdict.Skipped);
                return false;
            case TestCode.Heartbeat when info.Length >= 2:
                buffer[0] = (ulong)(buffer[1] <= LongestExtension ? ErrorCode.None : ErrorCode.RangeError);
                if (buffer[0] == 0 && _clock.IsThere) _clock.Limit = _clock.Now + (buffer[1] * Millisecond);
                return true;
            case TestCode.Measure:
                return TakeMeasure(info, out answer);
            case TestCode.Case:
                return TakeCase(info, out answer);
            case TestCode.Seed:
                buffer[0] = 0;
                buffer[1] = _seed;
                answer = new MessageInfo(0, 0, 0, 2);
                return true;
            case TestCode.Trace when info.Length >= 3:
                return TakeTrace();
            case TestCode.ExpectFault when info.Length >= 3:
                _expectsFault = true;
                _expectedLabel = buffer[1];
                _expectsAddress = buffer[2] != 0 && info.Length >= 4;
                _expectedAddress = buffer[3];
                buffer[0] = 0;
                return true;
            case TestCode.Holdings when info.Length >= 2:
                _result.SlotsHeld = buffer[1];
                buffer[0] = 0;
                return true;
            default:
                return Strange("an unknown code", out answer);
        }
    }

    /// <summary>Codes 4 to 6 (TD:P6, TD:P11).</summary>
    private bool ServeTime(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        var code = (TestCode)buffer[0];
        answer = new MessageInfo(0, 0, 0, 1);
        if (!_clock.IsThere)
        {
            buffer[0] = (ulong)ErrorCode.IllegalOperation;
            return true;
        }

        if (code == TestCode.Timestamp)
        {
            buffer[0] = 0;
            buffer[1] = _clock.Now;
            answer = new MessageInfo(0, 0, 0, 2);
        }
        else if (code == TestCode.ResetTimer)
        {
            buffer[0] = 0;
            _clock.Timeouts.Clear();
        }
        else
        {
            ulong id = info.Length >= 4 ? buffer[3] : 0;
            bool isSet = info.Length >= 3 && _clock.Timeouts.TrySet((TimeoutKind)buffer[1], buffer[2], id, _clock.Now);
            buffer[0] = (ulong)(isSet ? ErrorCode.None : ErrorCode.InvalidArgument);
        }

        return true;
    }

    private bool TakeResult(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        bool makesSense = TryText(info, 4, 5, out ReadOnlySpan<byte> text) && text.Length <= TestLimits.MaxResultBytes;
        if (!makesSense || buffer[1] > (ulong)TestStatus.Abort)
            return Strange("a result that makes no sense", out answer);
        answer = default;
        _result.Assertions = buffer[2];
        _result.Failures = buffer[3];
        if (text.Length > 0) _result.Details.Add("text", text);
        bool hasFailed = buffer[1] == (ulong)TestStatus.Failure || (buffer[1] == 0 && buffer[3] != 0);
        _result.End(buffer[1] == (ulong)TestStatus.Abort ? TestVerdict.Aborted : hasFailed ? TestVerdict.Failed : TestVerdict.Passed);
        return false;
    }

    private bool TakeLog(MessageInfo info, out MessageInfo answer)
    {
        if (!TryText(info, 1, 2, out ReadOnlySpan<byte> line) || line.Length > TestLimits.MaxLogBytes)
            return Strange("a log line that makes no sense", out answer);
        answer = new MessageInfo(0, 0, 0, 1);
        if (++_result.Logged <= MaxLogLines)
        {
            _reporter.Record.Begin("log");
            _reporter.Record.Add("text", line);
            _reporter.Send();
        }
        else if (++_result.Dropped > FloodLines)
        {
            _result.End(TestVerdict.Flood);
            return false;
        }

        IpcBuffer.Current.Words[0] = 0;
        return true;
    }

    private bool TakeMeasure(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        ulong room = info.Length > 4 ? (ulong)(info.Length - 4) * 8 : 0;
        bool makesSense = buffer[2] > 0 && buffer[2] <= room && buffer[3] <= room - buffer[2] && _result.DetailsLeft > 0;
        if (!makesSense) return Strange("a figure that makes no sense, or too many", out answer);
        _result.DetailsLeft--;
        _result.Measures++;
        RecordText details = _result.Details;
        details.Key("measure");
        details.More(buffer[1]);
        details.More(" ");
        details.More(buffer.Bytes.Slice(32 + (int)buffer[2], (int)buffer[3]));
        details.More(" ");
        details.More(buffer.Bytes.Slice(32, (int)buffer[2]));
        details.EndLine();
        buffer[0] = 0;
        answer = new MessageInfo(0, 0, 0, 1);
        return true;
    }

    private bool TakeCase(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        if (!TryText(info, 2, 3, out ReadOnlySpan<byte> name)) return Strange("a part of a test without a name", out answer);
        bool isGood = buffer[1] == (ulong)TestStatus.Success;
        if (!isGood) _result.BadCases++;
        if (_result.DetailsLeft-- > 0)
        {
            _result.Details.Key("case");
            _result.Details.More(isGood ? "good " : "bad ");
            _result.Details.More(name);
            _result.Details.EndLine();
        }

        buffer[0] = 0;
        answer = new MessageInfo(0, 0, 0, 1);
        return true;
    }

    private bool TakeTrace()
    {
        IpcBuffer buffer = IpcBuffer.Current;
        ulong offset = buffer[1] - ChildPlaces.StartupPage;
        bool isInside = buffer[1] >= ChildPlaces.StartupPage && offset < StartupPage.Size
            && buffer[2] <= StartupPage.Size - offset && buffer[2] <= StartupPage.TraceBytes;
        buffer[0] = (ulong)(isInside ? ErrorCode.None : ErrorCode.RangeError);
        if (isInside)
        {
            TraceOffset = (int)offset;
            TraceBytes = (int)buffer[2];
        }

        return true;
    }

    private bool TakeExit(MessageInfo info, out MessageInfo answer)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        if (info.Label != (ulong)ProcessMessage.Exit || info.Length == 0) return Strange("what is no exit", out answer);
        answer = default;
        RecordText details = _result.Details;
        details.Key("text");
        details.More("it exited with status ");
        details.More(buffer[0]);
        details.More(" and without a result");
        details.EndLine();
        _result.End(TestVerdict.NoResult);
        return false;
    }

    /// <summary>A thread was stopped: expected, or the end of the test (TD:P1, code 24).</summary>
    private bool TakeFault(MessageInfo info)
    {
        if (_expectsFault && info.Label == _expectedLabel && (!_expectsAddress || _expectedAddress == AddressOf(info)))
        {
            _expectsFault = false;
            _result.End(TestVerdict.Passed);
            return false;
        }

        _inspector.DescribeFault(_child, info, _result.Details);
        _result.End(TestVerdict.Fault);
        return false;
    }

    /// <summary>What <see cref="TestCode.ExpectFault"/> means by the address of a fault.</summary>
    private static ulong AddressOf(MessageInfo info) => (FaultLabel)info.Label switch
    {
        FaultLabel.VmFault => IpcBuffer.Current[FaultMessage.VmFaultAddress],
        FaultLabel.CapFault => IpcBuffer.Current[FaultMessage.CapFaultAddress],
        FaultLabel.UnknownSyscall => IpcBuffer.Current[FaultMessage.UnknownSyscallIp],
        _ => IpcBuffer.Current[FaultMessage.UserExceptionIp],
    };

    private void JudgeExpectation()
    {
        if (_result.Verdict != TestVerdict.Passed) return;
        _result.Details.Add("text", "the fault that it announced did not come");
        _result.Verdict = TestVerdict.Failed;
    }

    /// <summary>Answers what is not understood with an error, and counts it against the test (TD:P4).</summary>
    private bool Strange(string what, out MessageInfo answer)
    {
        if (_result.Strangers++ == 0) _result.Details.Add("text", what);
        IpcBuffer.Current.Words[0] = (ulong)ErrorCode.InvalidArgument;
        answer = new MessageInfo(0, 0, 0, 1);
        if (_result.Strangers > FloodLines) _result.End(TestVerdict.Flood);
        return true;
    }

    /// <summary>The text of a message: its bytes are counted in one word and begin at another.</summary>
    private static bool TryText(MessageInfo info, int countAt, int textAt, out ReadOnlySpan<byte> text)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        text = default;
        if (info.Length < textAt || buffer[countAt] > (ulong)(info.Length - textAt) * 8) return false;
        text = buffer.Bytes.Slice(textAt * 8, (int)buffer[countAt]);
        return true;
    }
}
