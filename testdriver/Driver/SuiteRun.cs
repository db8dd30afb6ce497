// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>Runs what the selection takes, in its order, and tells how each ended. TD:T3 to TD:T6.</summary>
internal sealed class SuiteRun
{
    private const ulong Millisecond = 1_000_000;
    private readonly TestInfo[] _plan;
    private readonly string?[] _missing;
    private readonly Selection _selection;
    private readonly TestType[] _types;
    private readonly Reporter _reporter;
    private readonly TestResult _result = new();
    private ulong _run;
    private ulong _passed;
    private ulong _failed;
    private ulong _disabled;

    public SuiteRun(TestInfo[] tests, Selection selection, TestType[] types, Reporter reporter, DriverClock clock)
    {
        _plan = Plan.Make(tests, selection);
        _missing = new string?[_plan.Length];
        for (int index = 0; index < _plan.Length; index++) _missing[index] = FindMissing(_plan[index], clock);
        _selection = selection;
        _types = types;
        _reporter = reporter;
    }

    /// <summary>How many tests were selected.</summary>
    public int Selected => _plan.Length;

    /// <summary>Runs everything, as often as it was asked for; the reason why it ended.</summary>
    public string Run()
    {
        _reporter.Plain("Starting test suite");
        string reason = "done";
        for (int round = 0; round < _selection.Repeat && reason == "done"; round++)
        {
            _run = 0;
            reason = RunOnce();
        }

        bool isComplete = reason == "done";
        _reporter.PlainEnd(_passed, _disabled, _failed == 0 && isComplete, isComplete);
        return reason;
    }

    /// <summary>0 when nothing failed, else 1.</summary>
    public int Status => _failed == 0 ? 0 : 1;

    private string RunOnce()
    {
        TestType? current = null;
        string reason = "done";
        for (int index = 0; index < _plan.Length && reason == "done"; index++)
        {
            TestInfo test = _plan[index];
            TestType type = TypeOf(test);
            if (type != current)
            {
                current?.TearDownOnce();
                type.SetUpOnce();
                current = type;
            }

            RunOne(type, test, _missing[index]);
            if (_result.Verdict == TestVerdict.Aborted) reason = "aborted";
            else if (_failed > 0 && _selection.IsUntilFailure) reason = "stopped";
            else if (_selection.MaxFailures > 0 && _failed >= (ulong)_selection.MaxFailures) reason = "stopped";
        }

        current?.TearDownOnce();
        return reason;
    }

    private void RunOne(TestType type, TestInfo test, string? missing)
    {
        ulong seed = Plan.SeedOf(test, _selection.Seed);
        _result.Begin();
        _reporter.PlainStart(_run++, test.Name);
        _reporter.Record.Begin("start");
        _reporter.Record.Add("name", test.Name);
        _reporter.Send();
        if (!test.IsEnabled && !_selection.RunsDisabled) _result.End(TestVerdict.Disabled);
        else if (missing != null)
        {
            _result.Details.Key("text");
            _result.Details.More("this machine has not what it needs: ");
            _result.Details.More(missing);
            _result.Details.EndLine();
            _result.End(TestVerdict.Skipped);
        }
        else
        {
            type.SetUp(test);
            type.Run(test, _result, seed, LimitOf(test));
            type.TearDown(test, _result);
        }

        if (_result.Verdict == TestVerdict.Leak && !_selection.IsLeakFailure) _result.Verdict = TestVerdict.Passed;
        Tell(test, seed);
    }

    private void Tell(TestInfo test, ulong seed)
    {
        // A failure that is expected counts as none (TD:F5); that it passed is for the host to tell.
        bool isExpected = test.KnownFailure.Length > 0;
        if (_result.Verdict == TestVerdict.Passed) _passed++;
        if (_result.Verdict is TestVerdict.Disabled or TestVerdict.Skipped) _disabled++;
        if (VerdictNames.IsFailure(_result.Verdict) != isExpected && _result.Verdict is not (TestVerdict.Disabled or TestVerdict.Skipped))
            _failed++;
        _reporter.Record.Begin("result");
        _reporter.Record.Add("name", test.Name);
        _result.WriteTo(_reporter.Record);
        if (VerdictNames.IsFailure(_result.Verdict)) _reporter.Record.Add("seed", seed);
        _reporter.Send();
    }

    private ulong LimitOf(TestInfo test)
    {
        ulong milliseconds = test.TimeoutMilliseconds == 0 ? TestLimits.DefaultTimeoutMilliseconds : test.TimeoutMilliseconds;
        return milliseconds * Millisecond * (ulong)_selection.TimeoutPercent / 100;
    }

    private TestType TypeOf(TestInfo test)
    {
        foreach (TestType type in _types)
            if (type.Id == test.Type) return type;
        DriverEnd.Fatal(_reporter, "there is no type of test with the number of " + test.Name);
        return _types[0];
    }

    /// <summary>What a test needs and is not here; null when all of it is (TD:P11).</summary>
    private static string? FindMissing(TestInfo test, DriverClock clock)
    {
        foreach (string word in test.Requirements.Split(' '))
        {
            bool isThere = word is "" or "heap" or "device" || (word == "timer" && clock.IsThere);
            if (!isThere) return word;
        }

        return null;
    }
}
