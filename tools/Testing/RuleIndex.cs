// SPDX-License-Identifier: BSD-2-Clause
using System.Text.RegularExpressions;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>Lays the rules of docs/rules.md beside the tests that cite them.</summary>
/// <remarks>A rule id is the first thing of a table row or list item there, in backticks or bold: <c>| `R-CNODE-10` | …</c>.</remarks>
public static partial class RuleIndex
{
    private const string File = "docs/rules.md";

    [GeneratedRegex(@"^\s*(?:\||[-*])\s*(?:`|\*\*)(?<id>[A-Z][A-Za-z0-9:._-]*[0-9][a-z]?)(?:`|\*\*)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RulePattern();

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

    /// <summary>The lines that <c>./sel4 test --rules</c> prints.</summary>
    public static IEnumerable<string> Describe(IReadOnlyList<string> rules, IReadOnlyList<TestIdentity> tests)
    {
        ILookup<string, TestIdentity> byRule = tests
            .SelectMany(test => test.Rules.Select(rule => (rule, test)))
            .ToLookup(pair => pair.rule, pair => pair.test);
        foreach (string rule in rules.Where(byRule.Contains))
        {
            yield return rule;
            // One line for a test, however many cases it has.
            foreach (IGrouping<string, TestIdentity> test in byRule[rule].GroupBy(test => test.FullName.Split('(')[0]))
            {
                yield return "    " + test.Key + (test.Count() == 1 ? "" : $" ({test.Count()} cases)");
            }
        }
        string[] uncited = [.. rules.Where(rule => !byRule.Contains(rule))];
        yield return $"{rules.Count - uncited.Length} of {rules.Count} rules have a test";
        if (uncited.Length > 0) yield return "without a test: " + string.Join(", ", uncited);
        string[] unknown = [.. byRule.Select(group => group.Key).Except(rules).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0) yield return $"cited but not in {File}: " + string.Join(", ", unknown);
    }
}
