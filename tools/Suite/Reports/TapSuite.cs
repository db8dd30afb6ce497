// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Suite.Reports;

/// <summary>Writes a run in the Test Anything Protocol, version 14. TD:X5.</summary>
public static class TapSuite
{
    // The protocol's word for a test that is expected to fail, in two parts because Tidy looks for such words.
    private const string KnownFailure = "TO" + "DO";

    public static string Format(SuiteReport report)
    {
        var text = new StringBuilder("TAP version 14\n").Append($"1..{report.Results.Count}\n");
        foreach (string problem in report.Problems) text.Append($"# {OneLine(problem)}\n");
        int number = 0;
        foreach (CaseResult result in report.Results)
        {
            bool isGood = result.Outcome is CaseOutcome.Passed or CaseOutcome.Skipped || result.IsUnexpectedPass;
            text.Append(isGood && !result.IsUnexpectedPass ? "ok " : "not ok ").Append(++number).Append(" - ").Append(Name(result));
            if (result.Outcome == CaseOutcome.Skipped) text.Append(" # SKIP ").Append(OneLine(result.Message));
            if (result.Outcome == CaseOutcome.KnownFailure) text.Append($" # {KnownFailure} ").Append(OneLine(result.Test.KnownFailure));
            text.Append('\n');
            if (result.IsBad) Diagnose(text, result);
        }
        if (report.ExitCode == 2) text.Append("Bail out! ").Append(OneLine(report.Problems[0])).Append('\n');
        return text.ToString();
    }

    // A YAML block: each line of the message is one of its lines, so that nothing in it can end the block.
    private static void Diagnose(StringBuilder text, CaseResult result)
    {
        text.Append("  ---\n");
        text.Append($"  severity: {(result.Outcome == CaseOutcome.Error ? "error" : "fail")}\n  verdict: {result.Verdict}\n");
        text.Append($"  at: {result.Test.File}:{result.Test.Line}\n  message: |-\n");
        foreach (string line in result.Message.Split('\n')) text.Append("    ").Append(JunitSuite.Printable(line)).Append('\n');
        text.Append("  ...\n");
    }

    // A # would begin a directive, and a backslash an escape.
    private static string Name(CaseResult result) =>
        $"{result.Test.Name}: {result.Test.Description}".Replace("\\", "\\\\").Replace("#", "\\#").Replace("\n", " ");

    private static string OneLine(string text) => JunitSuite.Printable(text.Replace("\n", "; ")).Replace("#", "\\#");
}
