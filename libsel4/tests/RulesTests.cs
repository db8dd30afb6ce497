// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection;
using System.Text.RegularExpressions;

namespace Sel4.Tests.Abi;

/// <summary>The list of rules: every id once, one line each, and nothing cited that is not there.</summary>
public sealed partial class RulesTests
{
    private const int MaxColumns = 150;

    [GeneratedRegex(@"^- `(?<id>[^`]+)` (?<text>.+)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RuleLine();

    [Fact]
    public void Every_rule_has_one_line()
    {
        List<Match> rules = [.. Lines().Select(line => RuleLine().Match(line)).Where(match => match.Success)];

        Assert.True(rules.Count > 800, $"only {rules.Count} rules were found");
        Assert.Equal(rules.Count, rules.Select(match => match.Groups["id"].Value).Distinct().Count());
        Assert.All(Lines().Where(line => line.StartsWith("- `", StringComparison.Ordinal)), line => Assert.Matches(RuleLine(), line));
        Assert.DoesNotContain(Lines(), line => line.Length > MaxColumns);
    }

    [Fact]
    public void Tests_cite_rules_that_exist()
    {
        HashSet<string> known = [.. Lines().Select(line => RuleLine().Match(line).Groups["id"].Value)];
        IEnumerable<MemberInfo> members = typeof(RulesTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public).Append(type));
        string[] unknown = [.. members
            .SelectMany(member => member.GetCustomAttributes<RuleAttribute>(inherit: false))
            .SelectMany(attribute => attribute.Ids)
            .Where(id => !known.Contains(id))
            .Distinct()];

        Assert.Empty(unknown);
    }

    private static string[] Lines() => File.ReadAllLines(Path.Combine(RepositoryRoot.Find(), "docs", "rules.md"));
}
