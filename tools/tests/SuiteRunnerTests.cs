// SPDX-License-Identifier: BSD-2-Clause
using System.Xml.Linq;
using Sel4.Testing;
using Sel4.Tests.Driver;
using Sel4.Tools.Suite;
using Sel4.Tools.Suite.Reports;

namespace Sel4.Tests.Tooling;

/// <summary>The host side of the test driver, with a shell that prints in the place of QEMU.</summary>
public sealed class SuiteRunnerTests
{
    private const string Forever = "exec sleep 600";
    private static readonly TestInfo[] s_tests =
    [
        .. Enumerable.Range(0, 6).Select(number => new TestInfo
        {
            Name = $"T{number}", Description = "d", Type = TestTypes.Process, IsEnabled = true, File = "f", Line = number,
        }),
    ];

    /// <summary>What the machine prints for a selection: records, and other lines as they are.</summary>
    private sealed class Script(string selection)
    {
        private readonly List<string> _lines = [];
        private readonly Selection _selection = Selection.Parse(selection, out _)!;
        private uint _sequence;

        internal IEnumerable<TestInfo> Plan => Sel4.Testing.Plan.Make(s_tests, _selection);
        internal int Boot => _selection.Boot;
        internal string End { get; set; } = Forever;

        internal Script Record(string kind, params (string, string)[] fields)
        {
            var record = new RecordText(8192);
            record.Begin(kind);
            foreach ((string key, string value) in fields) record.Add(key, value);
            _lines.AddRange(RecordTests.Lines(record, _sequence++, _selection.Nonce));
            return this;
        }

        internal Script Line(string text)
        {
            _lines.Add(text);
            return this;
        }

        internal Script Start(string name) => Record("start", ("name", name));

        internal Script Result(string name, string verdict = "passed") => Record("result", ("name", name), ("verdict", verdict));

        internal Script Run(string name, string verdict = "passed") => Start(name).Result(name, verdict);

        internal Script Done(string reason = "done") => Record("end", ("reason", reason));

        internal void Skip() => _sequence++;

        internal (SuiteMachine, IDisposable) ToMachine()
        {
            string file = Path.GetTempFileName();
            File.WriteAllText(file, string.Join("\n", _lines) + "\n");
            var machine = new SuiteMachine("/bin/sh", ["-c", $"cat {file}; rm {file}; {End}"], "/")
            {
                Silence = TimeSpan.FromSeconds(1), Limit = TimeSpan.FromSeconds(30),
            };
            return (machine, new MemoryStream());
        }
    }

    private static async Task<SuiteReport> RunAsync(Action<Script> play, SuiteOptions? options = null)
    {
        (SuiteMachine, IDisposable) Boot(string selection, int machine)
        {
            var script = new Script(selection);
            play(script);
            return script.ToMachine();
        }
        var runner = new SuiteRunner(options ?? new SuiteOptions(), s_tests, Boot, new CaseDescriber(_ => "", null));
        return await runner.RunAsync(CancellationToken.None);
    }

    private static string Verdicts(SuiteReport report) =>
        string.Join(' ', report.Results.OrderBy(result => result.Test.Name, StringComparer.Ordinal).Select(result => result.Verdict));

    [Fact]
    [Rule("TD:H5", "TD:X6")]
    public async Task All_passed_is_0_and_the_end_record_ends_the_run_at_once()
    {
        SuiteReport report = await RunAsync(script =>
        {
            foreach (TestInfo test in script.Plan) script.Run(test.Name);
            script.Done();
        });
        Assert.Equal("passed passed passed passed passed passed", Verdicts(report));
        Assert.Equal(0, report.ExitCode);
        Assert.True(report.Duration < TimeSpan.FromSeconds(20));
    }

    [Fact]
    [Rule("TD:X6")]
    public async Task A_failure_is_1()
    {
        SuiteReport report = await RunAsync(script =>
        {
            foreach (TestInfo test in script.Plan) script.Run(test.Name, test.Name == "T2" ? "fault" : "passed");
            script.Done();
        });
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(CaseOutcome.Failed, report.Results[2].Outcome);
    }

    [Theory]
    [Rule("TD:X4", "TD:H1", "TD:H4")]
    [InlineData("KERNEL PANIC: it is over", Forever, "kernel-panic")]
    [InlineData("halted: T1 asked for it", Forever, "halted")]
    [InlineData("something", "exit 0", "reset")]
    [InlineData("something", "kill -9 $$", "silent")]
    [InlineData("something", Forever, "silent")]
    public async Task A_machine_that_goes_down_fails_the_running_test_and_the_rest_is_run_after_another_boot(
        string line, string end, string verdict)
    {
        SuiteReport report = await RunAsync(script =>
        {
            TestInfo[] plan = [.. script.Plan];
            if (script.Boot == 0)
            {
                script.Run("T0").Start("T1").Line(line).End = end;
                return;
            }
            Assert.Equal("T2", plan[0].Name);
            foreach (TestInfo test in plan) script.Run(test.Name);
            script.Done();
        });
        Assert.Equal($"passed {verdict} passed passed passed passed", Verdicts(report));
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(CaseOutcome.Error, report.Results[1].Outcome);
        XDocument.Parse(JunitSuite.Format(report, DateTimeOffset.UnixEpoch, "host"));
    }

    [Fact]
    [Rule("TD:X6", "TD:X4")]
    public async Task A_machine_that_does_not_boot_is_2_and_nothing_was_run()
    {
        SuiteReport report = await RunAsync(script => script.Line("qemu: no such thing").End = "exit 1");
        Assert.Equal(2, report.ExitCode);
        Assert.Equal("not-run not-run not-run not-run not-run not-run", Verdicts(report));
        Assert.Contains("no such thing", report.Problems[0]);
    }

    [Fact]
    [Rule("TD:X6", "TD:T3", "TD:F3")]
    public async Task What_the_driver_cannot_work_with_is_2_with_its_sentence()
    {
        SuiteReport report = await RunAsync(script => script.Record("fatal", ("text", "two tests are called X")).Done("fatal"));
        Assert.Equal(2, report.ExitCode);
        Assert.Contains("two tests are called X", report.Problems[0]);
    }

    [Fact]
    [Rule("TD:X5", "TD:X6")]
    public async Task A_result_that_is_lost_on_the_line_is_no_pass()
    {
        SuiteReport report = await RunAsync(script =>
        {
            script.Start("T0");
            script.Skip();
            foreach (TestInfo test in script.Plan.Skip(1)) script.Run(test.Name);
            script.Done();
        });
        Assert.StartsWith("lost passed", Verdicts(report));
        Assert.NotEqual(0, report.ExitCode);
    }

    [Fact]
    [Rule("TD:X5")]
    public async Task A_record_that_the_driver_did_not_make_is_told_of_the_test_that_was_running()
    {
        SuiteReport report = await RunAsync(script =>
        {
            foreach (TestInfo test in script.Plan)
            {
                script.Start(test.Name);
                if (test.Name == "T3") script.Line(RecordFrame.Marker + "7 0/1 12345678 AAAA");
                script.Result(test.Name);
            }
            script.Done();
        });
        Assert.Equal("passed passed passed record passed passed", Verdicts(report));
    }

    [Fact]
    [Rule("TD:R3")]
    public async Task After_an_abort_the_rest_is_told_as_not_run()
    {
        SuiteReport report = await RunAsync(script => script.Run("T0").Run("T1", "aborted").Done("aborted"));
        Assert.Equal("passed aborted not-run not-run not-run not-run", Verdicts(report));
        Assert.Contains(PlainLines.Incomplete, PlainLines.Format(report));
    }

    [Fact]
    [Rule("TD:H3", "TD:F4")]
    public async Task Machines_side_by_side_run_each_test_once()
    {
        SuiteReport report = await RunAsync(
            script =>
            {
                foreach (TestInfo test in script.Plan) script.Run(test.Name);
                script.Done();
            },
            new SuiteOptions { Machines = 3 });
        Assert.Equal("passed passed passed passed passed passed", Verdicts(report));
    }

    [Fact]
    [Rule("TD:T4")]
    public async Task A_selection_that_takes_nothing_is_no_success()
    {
        SuiteReport report = await RunAsync(_ => { }, new SuiteOptions { Includes = ["nothing like it"] });
        Assert.Equal(2, report.ExitCode);
        Assert.Contains("takes no test", report.Problems.Single());
    }

    [Fact]
    [Rule("TD:T4")]
    public async Task A_driver_that_ends_before_all_have_run_is_no_success()
    {
        SuiteReport report = await RunAsync(script => script.Run("T0").Done());
        Assert.Equal(1, report.ExitCode);
        Assert.Equal(5, report.Results.Count(result => result.Verdict == "not-run"));
    }

    [Fact]
    [Rule("TD:F5")]
    public void A_known_failure_counts_as_such_and_its_pass_is_told()
    {
        var test = new TestInfo { Name = "K", KnownFailure = "issue 7" };
        Assert.Equal(CaseOutcome.KnownFailure, new CaseResult(test, "failed").Outcome);
        Assert.Equal(CaseOutcome.KnownFailure, new CaseResult(test, "timeout").Outcome);
        Assert.Equal(CaseOutcome.Failed, new CaseResult(test, "passed").Outcome);
        Assert.Equal(CaseOutcome.Skipped, new CaseResult(test, "disabled").Outcome);
        Assert.Equal(CaseOutcome.Error, new CaseResult(test, "not-run").Outcome);
    }

    [Fact]
    [Rule("TD:H2")]
    public async Task A_machine_that_hangs_is_asked_for_its_registers_and_killed()
    {
        (SuiteMachine machine, IDisposable folder) = new Script(Selection.Header).Line("its last words").ToMachine();
        using (folder)
        {
            MachineResult result = await (machine with { Monitor = "no-such-socket" }).RunAsync(_ => false, CancellationToken.None);
            Assert.Equal(MachineEnd.Silent, result.End);
            Assert.Equal("its last words", result.LastLine);
            Assert.Contains("could not be asked", result.Registers);
        }
    }
}
