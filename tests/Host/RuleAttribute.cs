// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tests;

/// <summary>Names the rules of the specification that a test holds the code to, for example <c>R-CNODE-10</c>.</summary>
/// <remarks><c>./sel4 test --rules</c> prints every rule of docs/rules.md with the tests that cite it, and those without one.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RuleAttribute(params string[] ids) : Attribute
{
    /// <summary>The cited rule ids, as they stand in docs/rules.md.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}
