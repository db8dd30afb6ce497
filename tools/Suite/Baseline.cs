// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text.Json;
using Sel4.Tools.Build;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Suite;

/// <summary>Figures of an earlier run, with which those of this one are compared as ratios. TD:§11, benchmarks.</summary>
public static class Baseline
{
    private const double Noticeable = 1.05;

    /// <summary>The figures of a run, to keep.</summary>
    public static string Format(SuiteReport report) => JsonSerializer.Serialize(
        FiguresOf(report), new JsonSerializerOptions { WriteIndented = true }) + "\n";

    /// <summary>The ratio of each figure to the kept one; those that have got worse are told as such.</summary>
    public static IReadOnlyList<(string Name, ulong Value, ulong Before, double Ratio)> Compare(
        SuiteReport report, IReadOnlyDictionary<string, ulong> before) =>
        [.. FiguresOf(report).Where(pair => before.TryGetValue(pair.Key, out ulong old) && old > 0)
            .Select(pair => (pair.Key, pair.Value, before[pair.Key], (double)pair.Value / before[pair.Key]))];

    internal static void Show(Terminal terminal, string file, SuiteReport report)
    {
        if (!File.Exists(file))
            throw new BuildException($"--baseline: there is no {file}; record one with --record-baseline", BuildException.Usage);
        Dictionary<string, ulong> before = JsonSerializer.Deserialize<Dictionary<string, ulong>>(File.ReadAllText(file)) ?? [];
        foreach ((string name, ulong value, ulong old, double ratio) in Compare(report, before))
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"{name}: {value} against {old}, ratio {ratio:0.000}");
            if (ratio > Noticeable) terminal.Fair(line);
            else terminal.Line(line);
        }
    }

    private static SortedDictionary<string, ulong> FiguresOf(SuiteReport report)
    {
        var figures = new SortedDictionary<string, ulong>(StringComparer.Ordinal);
        foreach (CaseResult result in report.Results)
            foreach (Figure figure in result.Figures) figures[$"{result.Test.Name}/{figure.Name}"] = figure.Value;
        return figures;
    }
}
