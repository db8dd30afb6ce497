// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>Making strings out of others.</summary>
public sealed partial class String
{
    /// <summary>From <paramref name="startIndex"/> to the end.</summary>
    public string Substring(int startIndex)
        => startIndex == 0 ? this : new string(((ReadOnlySpan<char>)this).Slice(startIndex));

    /// <summary>A part.</summary>
    public string Substring(int startIndex, int length)
        => startIndex == 0 && length == Length ? this : new string(((ReadOnlySpan<char>)this).Slice(startIndex, length));

    /// <summary>The text up to <paramref name="startIndex"/>.</summary>
    public string Remove(int startIndex) => Substring(0, startIndex);

    /// <summary>The text without a part.</summary>
    public string Remove(int startIndex, int count)
        => Concat(((ReadOnlySpan<char>)this).Slice(0, startIndex), ((ReadOnlySpan<char>)this).Slice(checked(startIndex + count)));

    /// <summary>The text with another put in.</summary>
    public string Insert(int startIndex, string value)
        => Concat(((ReadOnlySpan<char>)this).Slice(0, startIndex), value, ((ReadOnlySpan<char>)this).Slice(startIndex));

    /// <summary>Without spaces at both ends.</summary>
    public string Trim() => OrThis(((ReadOnlySpan<char>)this).Trim());

    /// <summary>Without a character at both ends.</summary>
    public string Trim(char trimChar) => OrThis(((ReadOnlySpan<char>)this).Trim(trimChar));

    /// <summary>Without spaces at the beginning.</summary>
    public string TrimStart() => OrThis(((ReadOnlySpan<char>)this).TrimStart());

    /// <summary>Without a character at the beginning.</summary>
    public string TrimStart(char trimChar) => OrThis(((ReadOnlySpan<char>)this).TrimStart(trimChar));

    /// <summary>Without spaces at the end.</summary>
    public string TrimEnd() => OrThis(((ReadOnlySpan<char>)this).TrimEnd());

    /// <summary>Without a character at the end.</summary>
    public string TrimEnd(char trimChar) => OrThis(((ReadOnlySpan<char>)this).TrimEnd(trimChar));

    private string OrThis(ReadOnlySpan<char> part) => part.Length == Length ? this : new string(part);

    /// <summary>Spaces before the text up to a width.</summary>
    public string PadLeft(int totalWidth) => PadLeft(totalWidth, ' ');

    /// <summary>Characters before the text up to a width.</summary>
    public string PadLeft(int totalWidth, char paddingChar)
    {
        if (totalWidth <= Length) return this;
        string result = Allocate(totalWidth);
        result.Characters.Slice(0, totalWidth - Length).Fill(paddingChar);
        CopyTo(result.Characters.Slice(totalWidth - Length));
        return result;
    }

    /// <summary>Spaces behind the text up to a width.</summary>
    public string PadRight(int totalWidth) => PadRight(totalWidth, ' ');

    /// <summary>Characters behind the text up to a width.</summary>
    public string PadRight(int totalWidth, char paddingChar)
    {
        if (totalWidth <= Length) return this;
        string result = Allocate(totalWidth);
        CopyTo(result.Characters);
        result.Characters.Slice(Length).Fill(paddingChar);
        return result;
    }

    /// <summary>ASCII letters in upper case; others stay as they are.</summary>
    public string ToUpperInvariant()
    {
        string result = Allocate(Length);
        for (int index = 0; index < Length; index++) result.Characters[index] = char.ToUpperInvariant(this[index]);
        return result;
    }

    /// <summary>ASCII letters in lower case; others stay as they are.</summary>
    public string ToLowerInvariant()
    {
        string result = Allocate(Length);
        for (int index = 0; index < Length; index++) result.Characters[index] = char.ToLowerInvariant(this[index]);
        return result;
    }

    /// <summary>One character for another.</summary>
    public string Replace(char oldChar, char newChar)
    {
        if (!Contains(oldChar)) return this;
        string result = Allocate(Length);
        for (int index = 0; index < Length; index++) result.Characters[index] = this[index] == oldChar ? newChar : this[index];
        return result;
    }

    /// <summary>One text for another, by code units.</summary>
    public string Replace(string oldValue, string? newValue)
    {
        if (oldValue.Length == 0) throw new ArgumentException("String cannot be of zero length.", nameof(oldValue));
        int count = 0;
        for (int found = IndexOf(oldValue); found >= 0; found = IndexOf(oldValue, found + oldValue.Length)) count++;
        if (count == 0) return this;
        ReadOnlySpan<char> replacement = newValue;
        ReadOnlySpan<char> rest = this;
        string result = Allocate(checked(Length + (count * (replacement.Length - oldValue.Length))));
        Span<char> target = result.Characters;
        for (; count > 0; count--)
        {
            int found = rest.IndexOf((ReadOnlySpan<char>)oldValue);
            rest.Slice(0, found).CopyTo(target);
            replacement.CopyTo(target.Slice(found));
            target = target.Slice(found + replacement.Length);
            rest = rest.Slice(found + oldValue.Length);
        }
        rest.CopyTo(target);
        return result;
    }

    /// <summary>The parts between separators.</summary>
    public string[] Split(char separator, StringSplitOptions options = StringSplitOptions.None)
        => Split(new ReadOnlySpan<char>(in separator), int.MaxValue, options);

    /// <summary>At most so many parts between separators; the last holds the rest.</summary>
    public string[] Split(char separator, int count, StringSplitOptions options = StringSplitOptions.None)
        => Split(new ReadOnlySpan<char>(in separator), count, options);

    /// <summary>The parts between separators.</summary>
    public string[] Split(string? separator, StringSplitOptions options = StringSplitOptions.None)
        => Split((ReadOnlySpan<char>)separator, int.MaxValue, options);

    private string[] Split(ReadOnlySpan<char> separator, int count, StringSplitOptions options)
    {
        if (count < 0) throw new ArgumentOutOfRangeException(nameof(count));
        string[] parts = new string[Split(separator, count, options, null)];
        Split(separator, count, options, parts);
        return parts;
    }

    /// <summary>Finds the parts, to count them or to make them.</summary>
    private int Split(ReadOnlySpan<char> separator, int count, StringSplitOptions options, string[]? parts)
    {
        int made = 0;
        ReadOnlySpan<char> rest = this;
        while (count > 0)
        {
            int found = separator.IsEmpty || made == count - 1 ? -1 : rest.IndexOf(separator);
            ReadOnlySpan<char> part = found < 0 ? rest : rest.Slice(0, found);
            if ((options & StringSplitOptions.TrimEntries) != 0) part = part.Trim();
            if (part.Length > 0 || (options & StringSplitOptions.RemoveEmptyEntries) == 0)
            {
                if (parts is not null) parts[made] = new string(part);
                made++;
            }
            if (found < 0) break;
            rest = rest.Slice(found + separator.Length);
        }
        return made;
    }
}
