// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Makes compiler output readable.</summary>
public static class Compiler
{
    private const int MaxLines = 40;

    /// <summary>The distinct error lines of an MSBuild log, with relative paths; the whole log when there are none.</summary>
    public static string Diagnostics(string log, string root)
    {
        string[] errors =
        [
            .. log.Split('\n')
                .Where(line => line.Contains(": error ", StringComparison.Ordinal))
                .Select(line => line.Trim().Replace(root + "/", "").Split(" [")[0])
                .Distinct()
        ];
        if (errors.Length == 0) return log.Trim();
        string rest = errors.Length > MaxLines ? $"\n… and {errors.Length - MaxLines} more" : "";
        return string.Join('\n', errors.Take(MaxLines)) + rest;
    }
}
