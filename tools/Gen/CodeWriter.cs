// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;

namespace Sel4.Tools.Gen;

/// <summary>Collects C# text with indentation. Line ends are LF on every machine, so that output is the same everywhere.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Starts a generated file and names where it came from.</summary>
    internal static CodeWriter ForFile(string source, string namespaceName, params ReadOnlySpan<string> usings)
    {
        CodeWriter code = new();
        code.Line("// SPDX-License-Identifier: BSD-2-Clause");
        code.Line($"// Generated from {source} by `./sel4 gen`. Change that file, not this one.");
        foreach (string name in usings)
        {
            code.Line($"using {name};");
        }

        code.Line();
        code.Line($"namespace {namespaceName};");
        return code;
    }

    internal void Line() => _text.Append('\n');

    internal void Line(string text)
    {
        _text.Append(' ', text.Length == 0 ? 0 : _depth * 4).Append(text).Append('\n');
    }

    /// <summary>Writes a one-sentence doc comment; nothing for an empty sentence.</summary>
    internal void Summary(string sentence)
    {
        if (sentence.Length != 0)
        {
            Line($"/// <summary>{Escape(sentence)}</summary>");
        }
    }

    internal void Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
    }

    internal void Close(string suffix = "")
    {
        _depth--;
        Line("}" + suffix);
    }

    /// <summary>Makes text fit to stand inside XML.</summary>
    internal static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    public override string ToString() => _text.ToString();
}
