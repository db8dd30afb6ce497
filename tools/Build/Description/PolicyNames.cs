// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build.Description;

/// <summary>Judges the policies that a description names.</summary>
internal static class PolicyNames
{
    /// <summary>Null when the policy exists and understands its settings, else a sentence that says what would do.</summary>
    internal static string? Check(string name, IReadOnlyList<string> settings) =>
        $"there is no policy '{name}'; there is none at all";
}
