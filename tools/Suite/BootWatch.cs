// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tools.Suite;

/// <summary>A result before its addresses have names: what the driver said, and what else was heard meanwhile.</summary>
public sealed record PendingResult(TestInfo Test, string Verdict, SuiteRecord? Record, IReadOnlyList<string> Output)
{
    public int Round { get; init; }

    /// <summary>What the host adds to it.</summary>
    public string Note { get; init; } = "";
}

/// <summary>Follows one boot of the driver: which test runs, how each ended, and what does not belong.</summary>
public sealed class BootWatch
{
    private const int MaxOutputLines = 2000;
    private readonly Dictionary<string, TestInfo> _tests;
    private readonly RecordReader _reader;
    private readonly Dictionary<string, int> _rounds = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _crash = [];
    private TestInfo? _running;
    private List<string> _output = [];
    private string _badRecord = "";

    public BootWatch(IEnumerable<TestInfo> tests, ulong nonce)
    {
        _tests = tests.ToDictionary(test => test.Name);
        _reader = new RecordReader(nonce);
        _reader.Record += Take;
        _reader.Text += line => TakeText(line);
        _reader.Bad += TakeBad;
    }

    public event Action<TestInfo>? Started;
    public event Action<PendingResult>? Ended;

    /// <summary>Tests that have a result.</summary>
    public IEnumerable<string> Names => _rounds.Keys;

    /// <summary>What went wrong outside tests.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The driver's last record, once it has come.</summary>
    public SuiteRecord? End { get; private set; }

    /// <summary>Why the driver could not begin; empty when it could.</summary>
    public string Fatal { get; private set; } = "";

    /// <summary>Whether a test began.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Takes a line; true after the last record.</summary>
    public bool Add(string line)
    {
        _reader.Add(line);
        return End is not null;
    }

    /// <summary>The machine has ended. The name of the test that was running, which gets its result here; null when none was.</summary>
    public string? Close(MachineResult machine)
    {
        bool isClean = machine.End == MachineEnd.Ended && End!["reason"] is not "crashed";
        if (_running is null)
        {
            // Between tests nobody is to blame but the machine.
            if (!isClean && HasBegun) _problems.Add(SuiteRunner.Sentence(machine) + " between two tests");
            return null;
        }
        string verdict = machine.End switch
        {
            MachineEnd.Panicked => "kernel-panic",
            MachineEnd.Halted => "halted",
            MachineEnd.Reset => "reset",
            MachineEnd.Ended when End!["reason"] == "crashed" => "driver-crash",
            MachineEnd.Ended => "lost",
            _ => "silent",
        };
        string[] parts = [SuiteRunner.Sentence(machine), .. _crash, machine.Registers];
        string note = string.Join('\n', parts.Where(part => part.Length > 0));
        string name = _running.Name;
        Finish(_running, verdict, null, note);
        return name;
    }

    private void Take(SuiteRecord record)
    {
        switch (record.Kind)
        {
            case "start":
                if (_running is { } lost) Finish(lost, "lost", null, "its result never came");
                HasBegun = true;
                _output = [];
                _badRecord = "";
                if (_tests.TryGetValue(record["name"], out _running)) Started?.Invoke(_running);
                else _problems.Add($"the driver runs a test that is in no table: {record["name"]}");
                break;
            case "log":
                TakeText(record["text"]);
                break;
            case "result":
                TakeResult(record);
                break;
            case "fatal":
                Fatal = record["text"];
                break;
            case "crash":
                _crash.Add(record["text"]);
                break;
            case "end":
                End = record;
                break;
            default:
                break;
        }
    }

    private void TakeResult(SuiteRecord record)
    {
        if (!_tests.TryGetValue(record["name"], out TestInfo? test)) return;
        bool isRunning = test == _running;
        if (!isRunning) _problems.Add($"there is a result of {test.Name}, which was not running");
        else if (_badRecord.Length > 0) Finish(test, "record", record, _badRecord);
        else Finish(test, record["verdict"], record, "");
    }

    private void Finish(TestInfo test, string verdict, SuiteRecord? record, string note)
    {
        _running = null;
        int round = _rounds.GetValueOrDefault(test.Name);
        _rounds[test.Name] = round + 1;
        Ended?.Invoke(new PendingResult(test, verdict, record, _output) { Round = round, Note = note });
        _output = [];
    }

    private void TakeText(string line)
    {
        if (_output.Count < MaxOutputLines) _output.Add(line);
    }

    // While a test runs it is the one that is suspected; otherwise the line itself is bad.
    private void TakeBad(string reason)
    {
        if (_running is null) _problems.Add(reason);
        else if (_badRecord.Length == 0) _badRecord = reason;
    }
}
