// SPDX-License-Identifier: BSD-2-Clause
using System.Text.Json;
using Sel4.Testing;

namespace Sel4.Tools.Suite.Reports;

/// <summary>Writes a run as lines of JSON: one object for each test, and a last one for the run. TD:X5.</summary>
public static class JsonLines
{
    public static string Format(SuiteReport report) =>
        string.Concat(report.Results.Select(result => Line(result) + "\n")) + Summary(report) + "\n";

    public static string Line(CaseResult result) => JsonSerializer.Serialize(new
    {
        test = result.Test.Name,
        type = TestTypes.NameOf(result.Test.Type),
        outcome = OutcomeName(result.Outcome),
        verdict = result.Verdict,
        seconds = result.Duration.TotalSeconds,
        assertions = result.Assertions,
        round = result.Round,
        seed = result.Seed,
        file = result.Test.File,
        line = result.Test.Line,
        description = result.Test.Description,
        tags = result.Test.Tags.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        rules = result.Test.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        known = result.Test.KnownFailure,
        message = result.Message,
        output = result.Output,
        figures = result.Figures.Select(figure => new { name = figure.Name, value = figure.Value, unit = figure.Unit }),
        cases = result.Cases,
    });

    private static string Summary(SuiteReport report) => JsonSerializer.Serialize(new
    {
        summary = true,
        tests = report.Results.Count,
        passed = report.Count(CaseOutcome.Passed),
        failed = report.Count(CaseOutcome.Failed),
        errors = report.Count(CaseOutcome.Error),
        skipped = report.Count(CaseOutcome.Skipped),
        known = report.Count(CaseOutcome.KnownFailure),
        seconds = report.Duration.TotalSeconds,
        flaky = report.Flaky,
        problems = report.Problems,
        properties = report.Properties,
        exit = report.ExitCode,
    });

    private static string OutcomeName(CaseOutcome outcome) => outcome switch
    {
        CaseOutcome.Passed => "passed",
        CaseOutcome.Failed => "failed",
        CaseOutcome.Error => "error",
        CaseOutcome.KnownFailure => "known-failure",
        _ => "skipped",
    };
}
