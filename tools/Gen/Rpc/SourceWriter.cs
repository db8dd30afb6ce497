// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Gen.Rpc;

/// <summary>Collects indented lines of C#.</summary>
public sealed class SourceWriter
{
    private const int MaxColumn = 120;
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0) _text.Append(' ', 4 * _depth).Append(line);
        _text.Append('\n');
    }

    /// <summary>Opens a block below the line.</summary>
    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    /// <summary>Writes a doc comment.</summary>
    public void Document(Comment comment)
    {
        Document("summary", comment.Summary);
        if (comment.Remarks.Length > 0) Document("remarks", comment.Remarks);
    }

    public void Document(string summary) => Document("summary", summary);

    public override string ToString() => _text.ToString();

    private void Document(string tag, string text)
    {
        string whole = $"/// <{tag}>{text}</{tag}>";
        if (whole.Length + 4 * _depth <= MaxColumn)
        {
            Line(whole);
            return;
        }
        Line($"/// <{tag}>");
        string line = "///";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length + 4 * _depth > MaxColumn)
            {
                Line(line);
                line = "///";
            }
            line += " " + word;
        }
        Line(line);
        Line($"/// </{tag}>");
    }
}
