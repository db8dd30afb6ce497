// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Testing;

namespace Sel4.TestDriver;

/// <summary>What tests of one kind have in common: what is done before, between and after them. TD:T2.</summary>
/// <remarks>To add one: derive, give it a number above those of <see cref="TestTypes"/>, and put it into the table of the suite.</remarks>
internal abstract class TestType(int id)
{
    public int Id { get; } = id;

    /// <summary>Before the first test of this type.</summary>
    public virtual void SetUpOnce()
    {
    }

    /// <summary>After the last one.</summary>
    public virtual void TearDownOnce()
    {
    }

    /// <summary>Before each test.</summary>
    public virtual void SetUp(TestInfo test)
    {
    }

    /// <summary>Runs one test; the result has its verdict afterwards.</summary>
    public abstract void Run(TestInfo test, TestResult result, ulong seed, ulong limitNanoseconds);

    /// <summary>After each test, before its result is told.</summary>
    public virtual void TearDown(TestInfo test, TestResult result)
    {
    }
}

/// <summary>Tests within the driver. They cannot be stopped from outside, and an assertion that must hold ends the suite.</summary>
internal sealed unsafe class BootstrapType(Reporter reporter, DriverClock clock) : TestType(TestTypes.Bootstrap)
{
    private static Reporter? s_reporter;
    private static string s_name = "";
    private readonly Reporter _reporter = reporter;
    private readonly DriverClock _clock = clock;

    public override void SetUpOnce()
    {
        s_reporter = _reporter;
        Outcome.Leave = &Leave;
    }

    public override void Run(TestInfo test, TestResult result, ulong seed, ulong limitNanoseconds)
    {
        s_name = test.Name;
        Outcome.Begin();
        ulong start = _clock.Now;
        GeneratedTests.Run(test.Index);
        result.Nanoseconds = _clock.Now - start;
        result.Assertions = Outcome.Assertions;
        result.Failures = Outcome.Failures;
        if (Outcome.Failures != 0) result.Details.Add("text", Outcome.Text);
        result.End(Outcome.Failures == 0 ? TestVerdict.Passed : TestVerdict.Failed);
    }

    /// <summary>There is no way back out of the middle of a test: its result is told from here, and the suite ends.</summary>
    private static void Leave(TestStatus status)
    {
        RecordText record = s_reporter!.Record;
        record.Begin("result");
        record.Add("name", s_name);
        record.Add("verdict", "aborted");
        record.Add("text", Outcome.Text);
        s_reporter.Send();
        DriverEnd.Stop(s_reporter, "aborted", 1);
    }
}

/// <summary>Tests in processes of their own.</summary>
internal class ProcessType(TestLife life, TestPrograms programs, int id = TestTypes.Process) : TestType(id)
{
    private readonly TestLife _life = life;
    private readonly TestPrograms _programs = programs;

    public override void Run(TestInfo test, TestResult result, ulong seed, ulong limitNanoseconds) =>
        _life.Run(test, _programs.FileOf(test.Program), result, seed, limitNanoseconds);
}

/// <summary>Tests in processes of their own that have to come up with figures.</summary>
internal sealed class BenchmarkType(TestLife life, TestPrograms programs) : ProcessType(life, programs, TestTypes.Benchmark)
{
    public override void TearDown(TestInfo test, TestResult result)
    {
        if (result.Measures > 0 || result.Verdict != TestVerdict.Passed) return;
        result.Details.Add("text", "it measured nothing");
        result.Verdict = TestVerdict.Failed;
    }
}
