// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System;

public readonly partial struct Char : IEquatable<char>, IComparable<char>, IComparable, ISpanFormattable
{
    /// <summary>Whether both are the same code unit.</summary>
    public bool Equals(char obj) => m_value == obj;

    /// <summary>Whether the object is the same code unit.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is char other && m_value == other;

    /// <summary>The code unit twice.</summary>
    public override int GetHashCode() => m_value | (m_value << 16);

    /// <summary>Order by number.</summary>
    public int CompareTo(char value) => m_value - value;

    /// <summary>Order by number; null comes first.</summary>
    public int CompareTo(object? value)
        => value is null ? 1 : value is char other ? CompareTo(other) : throw new ArgumentException("Object must be of type Char.");

    /// <summary>A string of this one code unit.</summary>
    public override string ToString() => new(m_value, 1);

    /// <summary>A string of one code unit.</summary>
    public static string ToString(char c) => new(c, 1);

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        charsWritten = destination.IsEmpty ? 0 : 1;
        if (!destination.IsEmpty) destination[0] = m_value;
        return charsWritten == 1;
    }

    /// <summary>0 to 9.</summary>
    public static bool IsAsciiDigit(char c) => (uint)c - '0' <= 9;

    /// <summary>0 to 9, a to f, A to F.</summary>
    public static bool IsAsciiHexDigit(char c) => IsAsciiDigit(c) || ((uint)c | 0x20) - 'a' <= 5;

    /// <summary>A to Z, a to z.</summary>
    public static bool IsAsciiLetter(char c) => ((uint)c | 0x20) - 'a' <= 'z' - 'a';

    /// <summary>A to Z.</summary>
    public static bool IsAsciiLetterUpper(char c) => (uint)c - 'A' <= 'Z' - 'A';

    /// <summary>a to z.</summary>
    public static bool IsAsciiLetterLower(char c) => (uint)c - 'a' <= 'z' - 'a';

    /// <summary>A letter or a digit of ASCII.</summary>
    public static bool IsAsciiLetterOrDigit(char c) => IsAsciiLetter(c) || IsAsciiDigit(c);

    /// <summary>A code unit of ASCII.</summary>
    public static bool IsAscii(char c) => c < 0x80;

    /// <summary>Whether the code unit lies between two others, both inclusive.</summary>
    public static bool IsBetween(char c, char minInclusive, char maxInclusive)
        => (uint)c - minInclusive <= (uint)maxInclusive - minInclusive;

    /// <summary>A space in the sense of Unicode (White_Space property).</summary>
    public static bool IsWhiteSpace(char c)
        => c is ' ' or (>= '\t' and <= '\r') or '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A')
            or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    /// <summary>Half of a pair for a code point above 0xFFFF.</summary>
    public static bool IsSurrogate(char c) => (c & 0xF800) == 0xD800;

    /// <summary>The first of such a pair.</summary>
    public static bool IsHighSurrogate(char c) => (c & 0xFC00) == 0xD800;

    /// <summary>The second of such a pair.</summary>
    public static bool IsLowSurrogate(char c) => (c & 0xFC00) == 0xDC00;

    /// <summary>Upper case of ASCII letters; other letters stay.</summary>
    public static char ToUpperInvariant(char c) => IsAsciiLetterLower(c) ? (char)(c - 0x20) : c;

    /// <summary>Lower case of ASCII letters; other letters stay.</summary>
    public static char ToLowerInvariant(char c) => IsAsciiLetterUpper(c) ? (char)(c + 0x20) : c;
}
