// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Suite.Reports;

/// <summary>Writes a run as the lines that scripts for sel4test look for. TD:§7.1.</summary>
public static class PlainLines
{
    public const string Good = "All is well in the universe";
    public const string Bad = "*** FAILURES DETECTED ***";
    public const string Incomplete = "*** ALL tests not run ***";

    public static string Format(SuiteReport report)
    {
        var text = new StringBuilder("Starting test suite\n");
        int number = 0;
        foreach (CaseResult result in report.Results.Where(result => result.Verdict != "not-run"))
        {
            text.Append($"Starting test {number++}: {result.Test.Name}\n");
            string place = $"{result.Test.Name}, {result.Test.File}:{result.Test.Line}";
            if (result.IsBad) text.Append($"Failed: {place}: {result.Message.Split('\n')[0]}\n");
        }
        bool isGood = report.ExitCode == 0;
        text.Append($"Test suite {(isGood ? "passed" : "failed")}. {report.Count(CaseOutcome.Passed)} tests passed. ");
        text.Append($"{report.Count(CaseOutcome.Skipped)} tests disabled.\n").Append(isGood ? Good : Bad).Append('\n');
        if (report.Results.Any(result => result.Verdict == "not-run")) text.Append(Incomplete).Append('\n');
        return text.ToString();
    }
}
