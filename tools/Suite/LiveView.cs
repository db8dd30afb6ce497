// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Suite;

/// <summary>What people see of a run: what is running, each failure with its lines, and a summary.</summary>
internal sealed class LiveView(Terminal terminal)
{
    private const int ShownLines = 12;
    private int _total;
    private int _done;
    private int _bad;

    internal void Begin(int total) => _total = total;

    internal void Started(int machine, TestInfo test) =>
        terminal.Progress($"  {_done}/{_total}, {_bad} failed: {test.Name} {test.Description}");

    internal void Reported(CaseResult result)
    {
        _done++;
        if (!result.IsBad)
        {
            if (result.Verdict == "skipped") terminal.Line($"skipped {result.Test.Name}: {result.Message}");
            foreach (Figure figure in result.Figures) terminal.Line($"  {figure.Name}: {figure.Value} {figure.Unit}");
            return;
        }
        _bad++;
        IEnumerable<string> output = result.Output.Split('\n').Where(line => line.Length > 0).Select(line => "| " + line);
        string[] lines = [.. result.Message.Split('\n'), .. output];
        terminal.Bad($"FAILED {result.Test.Name} ({result.Verdict}): {result.Test.Description}");
        terminal.Line($"    {result.Test.File}:{result.Test.Line}");
        foreach (string line in lines.Take(ShownLines)) terminal.Line("    " + line);
        if (lines.Length > ShownLines) terminal.Line($"    … {lines.Length - ShownLines} more lines in the reports");
    }

    internal void End(SuiteReport report)
    {
        terminal.ClearMovingLine();
        foreach (string problem in report.Problems) terminal.Bad(problem);
        foreach (string flaky in report.Flaky) terminal.Fair($"flaky: {flaky}");
        TimeSpan guest = TimeSpan.FromTicks(report.Results.Sum(result => result.Duration.Ticks));
        CaseResult? slowest = report.Results.MaxBy(result => result.Duration);
        if (slowest is not null)
        {
            terminal.Line($"{guest.TotalSeconds:0.000} s of guest time in tests, {report.Duration.TotalSeconds:0.0} s in all; "
                + $"the longest was {slowest.Test.Name} with {slowest.Duration.TotalMilliseconds:0.0} ms");
        }
        string summary = $"{report.Count(CaseOutcome.Passed)} passed, {report.Count(CaseOutcome.Failed)} failed, "
            + $"{report.Count(CaseOutcome.Error)} errors, {report.Count(CaseOutcome.Skipped)} skipped, "
            + $"{report.Count(CaseOutcome.KnownFailure)} known failures";
        if (report.ExitCode == 0) terminal.Good(summary);
        else terminal.Bad(summary);
    }
}
