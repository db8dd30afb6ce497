// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Tidy;

namespace Sel4.Tests;

/// <summary>Holds the whole tree to the rules of CONTRIBUTING.md.</summary>
public sealed class TidyTests
{
    private const int Shown = 60;
    private static readonly Lazy<SourceTree> s_tree = new(() => SourceTree.Read(RepositoryLayout.Find().Root));

    public static TheoryData<string> Rules() => [.. TidyRules.All.Select(rule => rule.GetType().Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void The_tree_keeps_the_promise_of(string name)
    {
        ITidyRule rule = TidyRules.All.Single(candidate => candidate.GetType().Name == name);
        string[] violations = [.. rule.Check(s_tree.Value).Select(violation => violation.ToString())];
        string more = violations.Length > Shown ? $"\n… and {violations.Length - Shown} more" : "";
        Assert.True(violations.Length == 0, rule.Promise + ", but:\n" + string.Join('\n', violations.Take(Shown)) + more);
    }
}
