// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Build;

/// <summary>Makes assembly files ready for plain GNU as, which has no C preprocessor before it.</summary>
public static class AssemblySource
{
    /// <summary>Takes <c>//</c> comments away, which as would read as a division, and leaves every line where it was.</summary>
    /// <remarks>The first line tells as the name of the original, for its messages and for debug information.</remarks>
    public static string WithoutLineComments(string path, string text)
    {
        var result = new StringBuilder($"# 1 \"{path}\"\n", text.Length);
        foreach (string line in text.Split('\n')) result.Append(line.AsSpan(0, CommentStart(line))).Append('\n');
        return result.ToString(0, result.Length - 1);
    }

    /// <summary>The files that <c>.include "x"</c> and <c>.incbin "x"</c> name, as far as they lie beside the source.</summary>
    public static IEnumerable<string> IncludedFiles(string source)
    {
        foreach (string line in File.ReadLines(source))
        {
            string text = line.TrimStart();
            if (!text.StartsWith(".include", StringComparison.Ordinal) && !text.StartsWith(".incbin", StringComparison.Ordinal)) continue;
            string[] parts = text.Split('"');
            if (parts.Length < 3) continue;
            string file = Path.Combine(Path.GetDirectoryName(source)!, parts[1]);
            if (File.Exists(file)) yield return file;
        }
    }

    // Two slashes inside a string are text.
    private static int CommentStart(string line)
    {
        bool inString = false;
        for (int i = 0; i + 1 < line.Length; i++)
        {
            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) inString = !inString;
            if (!inString && line[i] == '/' && line[i + 1] == '/') return i;
        }
        return line.Length;
    }
}
