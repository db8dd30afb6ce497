// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Sel4.Tools.Gen;

/// <summary>
/// One meaningful line of a description file, cut into words. A word is a run of characters without blanks, or a
/// sentence in double quotes; <c>#</c> starts a comment.
/// </summary>
internal sealed class SpecLine(string path, int number, IReadOnlyList<string> words, IReadOnlyList<bool> isQuoted)
{
    private int _position = 1;

    /// <summary>The first word, which says what the line declares.</summary>
    internal string Keyword => words[0];

    internal bool IsAtEnd => _position >= words.Count;

    internal bool IsAtSentence => !IsAtEnd && isQuoted[_position];

    internal SpecError Error(string problem) => new(path, number, problem);

    /// <summary>Reads the file and leaves out comments and empty lines.</summary>
    internal static List<SpecLine> ReadAll(string repoRoot, string path)
    {
        List<SpecLine> lines = [];
        int number = 0;
        foreach (string text in File.ReadAllLines(Path.Combine(repoRoot, path)))
        {
            number++;
            SpecLine? line = Parse(path, number, text);
            if (line != null)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>Cuts one line into words; null when nothing but a comment is left.</summary>
    internal static SpecLine? Parse(string path, int number, string text)
    {
        List<string> words = [];
        List<bool> isQuoted = [];
        int i = 0;
        while (i < text.Length && text[i] != '#')
        {
            if (char.IsWhiteSpace(text[i]))
            {
                i++;
                continue;
            }

            bool quoted = text[i] == '"';
            int end = quoted ? text.IndexOf('"', i + 1) : EndOfWord(text, i);
            if (end < 0)
            {
                throw new SpecError(path, number, "a sentence is opened with a quote and not closed");
            }

            words.Add(quoted ? text[(i + 1)..end] : text[i..end]);
            isQuoted.Add(quoted);
            i = quoted ? end + 1 : end;
        }

        return words.Count == 0 ? null : new SpecLine(path, number, words, isQuoted);
    }

    internal string Word(string what)
    {
        if (IsAtEnd || isQuoted[_position])
        {
            throw Error($"{Keyword}: {what} is missing");
        }

        return words[_position++];
    }

    /// <summary>Takes the next word when it is <paramref name="word"/>.</summary>
    internal bool TryWord(string word)
    {
        if (IsAtEnd || isQuoted[_position] || words[_position] != word)
        {
            return false;
        }

        _position++;
        return true;
    }

    internal string Sentence(string what)
    {
        if (!IsAtSentence)
        {
            throw Error($"{Keyword}: {what}, a sentence in quotes, is missing");
        }

        return words[_position++];
    }

    internal string OptionalSentence() => IsAtSentence ? words[_position++] : "";

    internal string Name(string what)
    {
        string name = Word(what);
        if (!char.IsAsciiLetter(name[0]))
        {
            throw Error($"{Keyword}: {what} must be a name, not '{name}'");
        }

        foreach (char character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character))
            {
                throw Error($"{Keyword}: '{name}' holds '{character}', which no name may");
            }
        }

        return name;
    }

    /// <summary>A number, decimal or hexadecimal with 0x, possibly negative.</summary>
    internal long Number(string what)
    {
        string word = Word(what);
        bool negative = word.StartsWith('-');
        string digits = (negative ? word[1..] : word).Replace("_", "", System.StringComparison.Ordinal);
        bool isHex = digits.StartsWith("0x", System.StringComparison.Ordinal);
        bool isNumber = ulong.TryParse(isHex ? digits[2..] : digits,
            isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong value);
        if (!isNumber)
        {
            throw Error($"{Keyword}: {what} must be a number, not '{word}'");
        }

        return negative ? -(long)value : (long)value;
    }

    internal int SmallNumber(string what, int minimum, int maximum)
    {
        long value = Number(what);
        if (value < minimum || value > maximum)
        {
            throw Error($"{Keyword}: {what} is {value}, which is outside {minimum} to {maximum}");
        }

        return (int)value;
    }

    internal void End()
    {
        if (!IsAtEnd)
        {
            throw Error($"{Keyword}: '{words[_position]}' is not expected here");
        }
    }

    public override string ToString() => new StringBuilder().AppendJoin(' ', words).ToString();

    private static int EndOfWord(string text, int start)
    {
        int end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '"')
        {
            end++;
        }

        return end;
    }
}
