// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace System;

public readonly partial struct UInt64 : IEquatable<ulong>, IComparable<ulong>, IComparable, ISpanFormattable
{
    /// <summary>Whether both are the same number.</summary>
    public bool Equals(ulong other) => m_value == other;

    /// <summary>Whether the object is the same number of the same type.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ulong other && m_value == other;

    /// <summary>The number itself, folded into 32 bits.</summary>
    public override int GetHashCode() => (int)m_value ^ (int)((ulong)m_value >> 32);

    /// <summary>Order by value.</summary>
    public int CompareTo(ulong value) => m_value < value ? -1 : m_value > value ? 1 : 0;

    /// <summary>Order by value; null comes first.</summary>
    public int CompareTo(object? value)
        => value is null ? 1 : value is ulong other ? CompareTo(other) : throw new ArgumentException("Object must be of type UInt64.");

    /// <summary>Decimal digits.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>Digits in the format D, X or x, with a least number of them.</summary>
    public string ToString([StringSyntax(StringSyntaxAttribute.NumericFormat)] string? format) => ToString(format, null);

    /// <summary>Decimal digits.</summary>
    public string ToString(IFormatProvider? provider) => ToString(null, provider);

    /// <summary>Digits in the format D, X or x, with a least number of them.</summary>
    public unsafe string ToString(string? format, IFormatProvider? provider)
    {
        Span<char> text = stackalloc char[Number.MaxDigits];
        if (!TryFormat(text, out int length, format, provider)) throw new FormatException("Format specifier was invalid.");
        return new string(text.Slice(0, length));
    }

    /// <summary>Writes digits in the format D, X or x, with a least number of them.</summary>
    public bool TryFormat(
        Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
        => Number.TryFormat(m_value, false, m_value, format, destination, out charsWritten);

    /// <summary>Reads decimal digits.</summary>
    public static ulong Parse(string s) => Parse((ReadOnlySpan<char>)s, NumberStyles.Integer);

    /// <summary>Reads digits.</summary>
    public static ulong Parse(string s, NumberStyles style) => Parse((ReadOnlySpan<char>)s, style);

    /// <summary>Reads digits.</summary>
    public static ulong Parse(ReadOnlySpan<char> s, NumberStyles style = NumberStyles.Integer, IFormatProvider? provider = null)
        => TryParse(s, style, provider, out ulong result) ? result : throw Number.ParseError(s, style);

    /// <summary>Reads decimal digits; false when the text is no number or does not fit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, out ulong result)
        => TryParse((ReadOnlySpan<char>)s, NumberStyles.Integer, null, out result);

    /// <summary>Reads digits; false when the text is no number or does not fit.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, NumberStyles style, IFormatProvider? provider, out ulong result)
        => TryParse((ReadOnlySpan<char>)s, style, provider, out result);

    /// <summary>Reads decimal digits; false when the text is no number or does not fit.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, out ulong result) => TryParse(s, NumberStyles.Integer, null, out result);

    /// <summary>Reads digits; false when the text is no number or does not fit.</summary>
    public static bool TryParse(ReadOnlySpan<char> s, NumberStyles style, IFormatProvider? provider, out ulong result)
    {
        result = 0;
        if (!Number.TryParse(s, style, out ulong magnitude, out bool negative)) return false;
        if (magnitude > MaxValue || (negative && magnitude != 0)) return false;
        result = (ulong)magnitude;
        return true;
    }
}
