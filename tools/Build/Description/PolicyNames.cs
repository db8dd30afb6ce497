// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Policies.Catalog;

namespace Sel4.Tools.Build.Description;

/// <summary>Judges the policies that a description names, by the same list and the same code as the root server.</summary>
internal static class PolicyNames
{
    /// <summary>Null when the policy exists and understands its settings, else a sentence that says what would do.</summary>
    internal static string? Check(string name, IReadOnlyList<string> settings)
    {
        PolicySettings.Read(name, settings, out string problem);
        return problem.Length == 0 ? null : problem;
    }
}
