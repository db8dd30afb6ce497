// SPDX-License-Identifier: BSD-2-Clause
using System.Text;

namespace Sel4.Tools.Build.Description;

internal enum TextTokenKind { Word, Number, String, Symbol, End }

/// <param name="Text">The word or symbol; the digits of a number; the content of a string.</param>
internal readonly record struct TextToken(TextTokenKind Kind, string Text, TextPosition Position)
{
    public bool Is(char symbol) => Kind == TextTokenKind.Symbol && Text[0] == symbol;

    /// <summary>As a message would name it.</summary>
    public string Named => Kind switch
    {
        TextTokenKind.End => "the end of the file",
        TextTokenKind.String => $"the text \"{Text}\"",
        _ => $"'{Text}'",
    };
}

/// <summary>The text cannot be read further; carries the one problem that says why.</summary>
internal sealed class TextSyntaxException(DescriptionProblem problem) : Exception(problem.ToString())
{
    public DescriptionProblem Problem { get; } = problem;
}

/// <summary>Cuts protobuf's text format into tokens.</summary>
internal sealed class TextLexer(string file, string text)
{
    private const string Symbols = "{}<>[]:,;-";
    private int _offset;
    private int _line = 1;
    private int _lineStart;

    private TextPosition Here => new(file, _line, _offset - _lineStart + 1);

    private char Current => _offset < text.Length ? text[_offset] : '\0';

    /// <summary>The next token.</summary>
    /// <exception cref="TextSyntaxException">A character that no token begins with, or a string without end.</exception>
    public TextToken Next()
    {
        SkipBlanks();
        TextPosition position = Here;
        if (_offset >= text.Length) return new TextToken(TextTokenKind.End, "", position);
        char first = Current;
        if (first is '"' or '\'') return new TextToken(TextTokenKind.String, String(first, position), position);
        if (char.IsAsciiDigit(first)) return new TextToken(TextTokenKind.Number, Run(IsWordCharacter), position);
        if (char.IsAsciiLetter(first) || first == '_') return new TextToken(TextTokenKind.Word, Run(IsWordCharacter), position);
        if (!Symbols.Contains(first)) throw Wrong(position, $"'{first}' means nothing here; text goes between quotation marks");
        _offset++;
        return new TextToken(TextTokenKind.Symbol, first.ToString(), position);
    }

    internal static TextSyntaxException Wrong(TextPosition position, string sentence) => new(new DescriptionProblem(position, sentence));

    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private string Run(Func<char, bool> belongs)
    {
        int start = _offset;
        while (_offset < text.Length && belongs(text[_offset])) _offset++;
        return text[start.._offset];
    }

    private void SkipBlanks()
    {
        while (_offset < text.Length)
        {
            if (Current == '#') while (_offset < text.Length && Current != '\n') _offset++;
            else if (Current == '\n') NewLine();
            else if (char.IsWhiteSpace(Current)) _offset++;
            else return;
        }
    }

    private void NewLine()
    {
        _offset++;
        _line++;
        _lineStart = _offset;
    }

    private string String(char quote, TextPosition position)
    {
        StringBuilder content = new();
        for (_offset++; Current != quote; _offset++)
        {
            if (_offset >= text.Length || Current == '\n') throw Wrong(position, $"this text has no closing {quote} on its line");
            content.Append(Current == '\\' ? Escape() : Current);
        }

        _offset++;
        return content.ToString();
    }

    private char Escape()
    {
        TextPosition position = Here;
        _offset++;
        return Current switch
        {
            'n' => '\n',
            't' => '\t',
            '\\' => '\\',
            '"' => '"',
            '\'' => '\'',
            _ => throw Wrong(position, $"'\\{Current}' is no escape; there are \\n, \\t, \\\\, \\\" and \\'"),
        };
    }
}
