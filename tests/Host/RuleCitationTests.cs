// SPDX-License-Identifier: BSD-2-Clause
using System.Reflection;
using Sel4.Tools.Build;
using Sel4.Tools.Testing;

namespace Sel4.Tests;

/// <summary>A citation that leads nowhere proves nothing.</summary>
public sealed class RuleCitationTests
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    [Fact]
    public void Every_cited_rule_is_in_the_list_of_rules()
    {
        HashSet<string> known = [.. RuleIndex.Read(RepositoryLayout.Find())];
        string[] unknown =
        [
            .. typeof(RuleCitationTests).Assembly.GetTypes()
                .SelectMany(type => type.GetMethods(Any).Cast<MemberInfo>().Append(type))
                .SelectMany(member => member.GetCustomAttributes<RuleAttribute>(inherit: false), (member, rule) => (member, rule))
                .SelectMany(citation => citation.rule.Ids, (citation, id) => (citation.member, id))
                .Where(citation => !known.Contains(citation.id))
                .Select(citation => $"{citation.member.DeclaringType?.Name}.{citation.member.Name}: {citation.id}")
        ];
        Assert.True(unknown.Length == 0, "not in docs/rules.md:\n" + string.Join('\n', unknown));
    }
}
