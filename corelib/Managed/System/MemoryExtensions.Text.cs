// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>Text in spans.</summary>
public static partial class MemoryExtensions
{
    /// <summary>Without spaces at both ends.</summary>
    public static ReadOnlySpan<char> Trim(this ReadOnlySpan<char> span) => span.TrimStart().TrimEnd();

    /// <summary>Without spaces at the beginning.</summary>
    public static ReadOnlySpan<char> TrimStart(this ReadOnlySpan<char> span)
    {
        int start = 0;
        while (start < span.Length && char.IsWhiteSpace(span[start])) start++;
        return span.Slice(start);
    }

    /// <summary>Without spaces at the end.</summary>
    public static ReadOnlySpan<char> TrimEnd(this ReadOnlySpan<char> span)
    {
        int end = span.Length;
        while (end > 0 && char.IsWhiteSpace(span[end - 1])) end--;
        return span.Slice(0, end);
    }

    /// <summary>Without a character at both ends.</summary>
    public static ReadOnlySpan<char> Trim(this ReadOnlySpan<char> span, char trimChar) => span.TrimStart(trimChar).TrimEnd(trimChar);

    /// <summary>Without a character at the beginning.</summary>
    public static ReadOnlySpan<char> TrimStart(this ReadOnlySpan<char> span, char trimChar)
    {
        int start = 0;
        while (start < span.Length && span[start] == trimChar) start++;
        return span.Slice(start);
    }

    /// <summary>Without a character at the end.</summary>
    public static ReadOnlySpan<char> TrimEnd(this ReadOnlySpan<char> span, char trimChar)
    {
        int end = span.Length;
        while (end > 0 && span[end - 1] == trimChar) end--;
        return span.Slice(0, end);
    }

    /// <summary>Whether there is no text but spaces.</summary>
    public static bool IsWhiteSpace(this ReadOnlySpan<char> span) => span.TrimStart().IsEmpty;

    /// <summary>Whether both are the same text, in the given way.</summary>
    public static bool Equals(this ReadOnlySpan<char> span, ReadOnlySpan<char> other, StringComparison comparisonType)
        => span.Length == other.Length && span.CompareTo(other, comparisonType) == 0;

    /// <summary>Order by code units, in the given way: ignoring case compares upper-case letters.</summary>
    public static int CompareTo(this ReadOnlySpan<char> span, ReadOnlySpan<char> other, StringComparison comparisonType)
    {
        if (!IgnoresCase(comparisonType)) return span.SequenceCompareTo(other);
        int common = Math.Min(span.Length, other.Length);
        for (int index = 0; index < common; index++)
        {
            int order = char.ToUpperInvariant(span[index]) - char.ToUpperInvariant(other[index]);
            if (order != 0) return order;
        }
        return span.Length.CompareTo(other.Length);
    }

    /// <summary>Where the text occurs first, or -1.</summary>
    public static int IndexOf(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType)
    {
        for (int index = 0; index <= span.Length - value.Length; index++)
        {
            if (span.Slice(index, value.Length).Equals(value, comparisonType)) return index;
        }
        return -1;
    }

    /// <summary>Whether the text begins so.</summary>
    public static bool StartsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType)
        => value.Length <= span.Length && span.Slice(0, value.Length).Equals(value, comparisonType);

    /// <summary>Whether the text ends so.</summary>
    public static bool EndsWith(this ReadOnlySpan<char> span, ReadOnlySpan<char> value, StringComparison comparisonType)
        => value.Length <= span.Length && span.Slice(span.Length - value.Length).Equals(value, comparisonType);

    private static bool IgnoresCase(StringComparison comparisonType) => comparisonType switch
    {
        StringComparison.Ordinal => false,
        StringComparison.OrdinalIgnoreCase => true,
        _ => throw new ArgumentException("Text is compared by code units only.", nameof(comparisonType)),
    };
}
