// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Tools.Gen;

/// <summary>Turns the names of description files into C# names.</summary>
internal static class Names
{
    private static readonly string[] s_keywords =
        ["base", "in", "out", "ref", "object", "event", "lock", "params", "default", "switch", "operator", "checked"];

    /// <summary>The name of a parameter: the same word with a small beginning (<c>CNode</c> becomes <c>cnode</c>).</summary>
    internal static string Parameter(string name)
    {
        int capitals = 0;
        while (capitals < name.Length && char.IsAsciiLetterUpper(name[capitals]))
        {
            capitals++;
        }

        string result = name[..capitals].ToLowerInvariant() + name[capitals..];
        return Array.IndexOf(s_keywords, result) >= 0 ? "@" + result : result;
    }
}
