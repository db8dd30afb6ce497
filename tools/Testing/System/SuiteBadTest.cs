// SPDX-License-Identifier: BSD-2-Clause
using System.Xml.Linq;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Cli;
using Sel4.Tools.Suite;
using Sel4.Tools.Suite.Reports;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Deliberately bad tests are each reported as exactly what they are, and the others are unharmed. TD:§12.</summary>
internal sealed class SuiteBadTest(Session session) : ISystemTest
{
    private const string Fatal = "BAD42_FATAL";

    /// <summary>What each comes to, and words that its report must have.</summary>
    private static readonly Dictionary<string, (string Verdict, string[] Words)> s_expected = new()
    {
        ["BAD00_PASS"] = ("passed", []),
        ["BAD01_CHECKS"] = ("failed", ["is 2, expected 1", "is 4, expected 3", "tests/SuiteBad/Bad.cs:"]),
        ["BAD02_ASSERT"] = ("failed", ["is 2, expected 1"]),
        ["BAD03_NULL"] = ("fault", ["read from 0x8", "null reference", "rip=", "stack:", "BAD03_NULL"]),
        ["BAD04_JUMP"] = ("fault", ["execution of 0x0"]),
        ["BAD05_STACK"] = ("fault", ["a stack overflow"]),
        ["BAD06_LOOP"] = ("timeout", ["timed out after 3", "BAD06_LOOP"]),
        ["BAD07_BLOCKED"] = ("timeout", ["sel4_syscall_recv", "buffer:"]),
        ["BAD08_EXIT"] = ("no-result", ["status 3"]),
        ["BAD09_TWICE"] = ("passed", []),
        ["BAD10_FLOOD"] = ("flood", ["dropped"]),
        ["BAD11_]]>&<\"'"] = ("failed", ["]]> & <"]),
        ["BAD12_THROW"] = ("no-result", ["InvalidOperationException", "thrown on purpose", "tests/SuiteBad/Bad.cs"]),
        ["BAD13_THREAD_THROW"] = ("no-result", ["thrown in a helper"]),
        ["BAD14_THREAD_FAULT"] = ("fault", ["read from 0x10", "another thread"]),
        ["BAD15_LEAK_FRAME"] = ("leak", ["1 memory grants"]),
        ["BAD16_LEAK_ENDPOINT"] = ("leak", ["1 memory grants"]),
        ["BAD17_LEAK_IRQ"] = ("leak", ["1 interrupts"]),
        ["BAD18_LEAK_PORTS"] = ("leak", ["1 port ranges"]),
        ["BAD19_LEAK_SLOT"] = ("leak", ["1 slots"]),
        ["BAD20_LEAK_TIMEOUT"] = ("leak", ["1 time-outs"]),
        ["BAD21_RPC"] = ("passed", []),
        ["BAD22_MUTE"] = ("timeout", []),
        ["BAD23_CSPACE"] = ("timeout", []),
        ["BAD24_PRIORITY"] = ("passed", []),
        ["BAD25_REVOKE"] = ("passed", []),
        ["BAD26_SUSPEND"] = ("timeout", []),
        ["BAD27_FORGE"] = ("record", ["wrong checksum"]),
        ["BAD28_FORGE_END"] = ("failed", ["the true result"]),
        ["BAD29_UNKNOWN"] = ("protocol", ["unknown code", "2 messages made no sense"]),
        ["BAD30_BUFFER"] = ("fault", []),
        ["BAD31_NO_FAULT"] = ("failed", ["did not come"]),
        ["BAD32_OTHER_FAULT"] = ("fault", ["null reference"]),
        ["BAD33_SKIP"] = ("skipped", ["because of the weather"]),
        ["BAD34_REQUIRES"] = ("skipped", ["cores:2"]),
        ["BAD35_DISABLED"] = ("disabled", []),
        ["BAD36_KNOWN"] = ("failed", ["as expected"]),
        ["BAD37_SURPRISE"] = ("passed", ["expected to fail: issue 4712"]),
        ["BAD38_CASE"] = ("failed", ["its part 'bad' failed"]),
        ["BAD39_HELPER"] = ("failed", ["argument is 0, expected 1"]),
        ["BAD40_GREED"] = ("passed", []),
        ["BAD41_BENCHMARK"] = ("failed", ["measured nothing"]),
        ["BAD43_HEAP"] = ("no-result", ["OutOfMemoryException", "BAD43_HEAP"]),
        ["BAD98_GOOD"] = ("passed", []),
        [Fatal] = ("disabled", []),
        ["BAD90_HALT"] = ("disabled", []),
    };

    public string Name => "Deliberately bad tests are reported as what they are, and the next test is unharmed";

    public IReadOnlyList<string> Rules =>
    [
        "TD:P1", "TD:P4", "TD:P5", "TD:P11", "TD:P12", "TD:R1", "TD:R2", "TD:R3", "TD:T2", "TD:T5", "TD:T6", "TD:F5", "TD:L1", "TD:L2",
        "TD:L3", "TD:L4", "TD:O1", "TD:X4", "AL:V6",
    ];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SuiteImage image = await SuiteImageBuilder.BuildAsync(session, [ImageGraph.SuiteBadProgram]);
        TestInfo[] tests = image.ReadTests();
        Task<SuiteReport> Run(SuiteOptions options) => new SuiteSession(session, image, tests, options).RunMachinesAsync(null);

        SuiteReport report = await Run(new SuiteOptions { Includes = ["^BAD"] });
        CheckVerdicts(report);
        XDocument.Parse(JunitSuite.Format(report, DateTimeOffset.UnixEpoch, "host"));
        if (report.ExitCode != 1) throw new BuildException($"the exit code is {report.ExitCode}");

        // A fatal assertion: what comes after it is told as not run.
        report = await Run(new SuiteOptions { Includes = ["BAD00", Fatal, "BAD98"], RunsDisabled = true });
        string verdicts = string.Join(' ', report.Results.Select(result => result.Verdict));
        if (verdicts != "passed aborted not-run") throw new BuildException($"with a fatal assertion the verdicts are {verdicts}");

        // Driver and machine go down: whoever was running is told so, and the others run after another boot.
        report = await Run(new SuiteOptions { Includes = ["CRASH0001", "BAD00", "BAD90", "BAD98"], RunsDisabled = true });
        verdicts = string.Join(' ', report.Results.Select(result => result.Verdict));
        if (verdicts != "driver-crash passed halted passed") throw new BuildException($"when all goes down the verdicts are {verdicts}");

        // Without a timer nothing can be too late, and what needs time is skipped.
        report = await Run(new SuiteOptions { Includes = ["BAD00", "BAD20"], HasTimer = false });
        if (Find(report, "BAD00_PASS").Verdict != "passed") throw new BuildException("a test needs a timer that does not ask for it");

        // A thousand empty tests change no total, so that none of them is reported as a leak.
        report = await Run(new SuiteOptions { Only = ["BAD00_PASS"], Repeat = 1000 });
        int passed = report.Count(CaseOutcome.Passed);
        if (passed != 1000 || report.ExitCode != 0) throw new BuildException($"{passed} of 1000 empty tests passed");
    }

    private static void CheckVerdicts(SuiteReport report)
    {
        var wrong = new List<string>(report.Problems);
        foreach ((string name, (string verdict, string[] words)) in s_expected)
        {
            CaseResult result = Find(report, name);
            string text = result.Message + "\n" + result.Output;
            if (result.Verdict != verdict) wrong.Add($"{name} is {result.Verdict}, expected {verdict}: {result.Message}");
            wrong.AddRange(words.Where(word => !text.Contains(word)).Select(word => $"{name} does not say '{word}': {text}"));
        }
        if (Find(report, "BAD36_KNOWN").Outcome != CaseOutcome.KnownFailure) wrong.Add("a known failure counts as something else");
        if (Find(report, "BAD37_SURPRISE").Outcome != CaseOutcome.Failed) wrong.Add("an unexpected pass is not told");
        if (wrong.Count > 0) throw new BuildException(string.Join('\n', wrong));
    }

    private static CaseResult Find(SuiteReport report, string name) =>
        report.Results.FirstOrDefault(result => result.Test.Name == name) ?? throw new BuildException($"there is no result of {name}");
}
