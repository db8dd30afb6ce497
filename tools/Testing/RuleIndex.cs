// SPDX-License-Identifier: BSD-2-Clause
using System.Text.RegularExpressions;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>Lays the rules of docs/rules.md beside the tests that cite them.</summary>
/// <remarks>A rule id is the first thing of a table row or list item there, in backticks or bold: <c>| `R-CNODE-10` | …</c>.</remarks>
public static partial class RuleIndex
{
    private const string File = "docs/rules.md";
    private const string ReasonsFile = "docs/rules-untested.md";

    /// <summary>Sheets whose every rule must have a test or a reason.</summary>
    private static readonly string[] s_complete = ["R", "ABI", "BOOT", "RPC", "AL", "RT", "TD"];

    [GeneratedRegex(@"^\s*(?:\||[-*])\s*(?:`|\*\*)(?<id>[A-Z][A-Za-z0-9:._-]*[0-9][a-z]?)(?:`|\*\*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RulePattern();

    [GeneratedRegex(@"^- `(?<id>[A-Z][A-Za-z0-9:._-]*\*?)` (?<why>.+)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ReasonPattern();

    /// <summary>The ids in the order of the file.</summary>
    public static IReadOnlyList<string> Read(RepositoryLayout layout)
    {
        string path = layout.Absolute(File);
        if (!System.IO.File.Exists(path)) throw new BuildException($"{File} is missing: it lists the rules");
        return Parse(System.IO.File.ReadAllLines(path));
    }

    public static IReadOnlyList<string> Parse(IEnumerable<string> lines) =>
        [.. lines.Select(line =>
            RulePattern().Match(line)).Where(match => match.Success).Select(match => match.Groups["id"].Value).Distinct()];

    /// <summary>Why rules have no test: an id, or the beginning of ids, and a sentence.</summary>
    public static IReadOnlyList<UntestedRule> ReadReasons(RepositoryLayout layout) =>
        ParseReasons(System.IO.File.ReadAllLines(layout.Absolute(ReasonsFile)));

    public static IReadOnlyList<UntestedRule> ParseReasons(IEnumerable<string> lines) =>
        [.. lines.Select(line => ReasonPattern().Match(line)).Where(match => match.Success)
            .Select(match => new UntestedRule(match.Groups["id"].Value, match.Groups["why"].Value))];

    /// <summary>The lines that <c>./sel4 test --rules</c> prints.</summary>
    public static IEnumerable<string> Describe(
        IReadOnlyList<string> rules, IReadOnlyList<TestIdentity> tests, IReadOnlyList<UntestedRule> reasons)
    {
        ILookup<string, TestIdentity> byRule = ByRule(tests);
        foreach (string rule in rules)
        {
            UntestedRule? reason = reasons.FirstOrDefault(reason => reason.Covers(rule));
            string untested = reason != null ? $"{rule}: not tested: {reason.Why}" : $"{rule}: NO TEST AND NO REASON";
            yield return byRule.Contains(rule) ? rule : untested;
            // One line for a test, however many cases it has.
            foreach (IGrouping<string, TestIdentity> test in byRule[rule].GroupBy(test => test.FullName.Split('(')[0]))
            {
                yield return "    " + test.Key + (test.Count() == 1 ? "" : $" ({test.Count()} cases)");
            }
        }
        foreach (IGrouping<string, string> sheet in rules.GroupBy(SheetOf))
        {
            int tested = sheet.Count(byRule.Contains);
            string[] open = [.. sheet.Where(rule => !byRule.Contains(rule) && !reasons.Any(reason => reason.Covers(rule)))];
            string rest = open.Length == 0 ? "" : $", {open.Length} with neither: {string.Join(", ", open)}";
            int excused = sheet.Count() - tested - open.Length;
            yield return $"{sheet.Key}: {sheet.Count()} rules, {tested} with a test, {excused} with a reason{rest}";
        }
    }

    /// <summary>What is wrong with citations and reasons: rules of complete sheets with neither, reasons for what has a test or does not
    /// exist, citations that lead nowhere.</summary>
    public static IEnumerable<string> Defects(
        IReadOnlyList<string> rules, IReadOnlyList<TestIdentity> tests, IReadOnlyList<UntestedRule> reasons)
    {
        ILookup<string, TestIdentity> byRule = ByRule(tests);
        foreach (string rule in rules.Where(rule => s_complete.Contains(SheetOf(rule)) && !byRule.Contains(rule)))
            if (!reasons.Any(reason => reason.Covers(rule))) yield return $"{rule} has neither a test nor a line in {ReasonsFile}";
        foreach (UntestedRule reason in reasons)
        {
            string[] covered = [.. rules.Where(reason.Covers)];
            if (covered.Length == 0) yield return $"{ReasonsFile}: {reason.Id} is no rule of {File}";
            foreach (string rule in covered.Where(byRule.Contains))
                if (rule == reason.Id) yield return $"{ReasonsFile}: {rule} has a test: {byRule[rule].First().FullName}";
        }
        foreach (string rule in byRule.Select(group => group.Key).Except(rules).Order(StringComparer.Ordinal))
            yield return $"{byRule[rule].First().FullName} cites {rule}, which is not in {File}";
    }

    private static ILookup<string, TestIdentity> ByRule(IReadOnlyList<TestIdentity> tests) => tests
        .SelectMany(test => test.Rules.Select(rule => (rule, test)))
        .ToLookup(pair => pair.rule, pair => pair.test);

    /// <summary>R-CNODE-10 → R, ABI-3.1 → ABI, RPC:R8 → RPC.</summary>
    private static string SheetOf(string rule) => rule[..rule.IndexOfAny(['-', ':'])];
}

/// <summary>A rule that no test shows, or a family of them.</summary>
/// <param name="Id">An id; with * at its end, all ids that begin like it.</param>
public sealed record UntestedRule(string Id, string Why)
{
    public bool Covers(string rule) => Id.EndsWith('*') ? rule.StartsWith(Id[..^1], StringComparison.Ordinal) : rule == Id;
}
