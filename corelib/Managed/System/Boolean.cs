// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System;

public readonly partial struct Boolean : IEquatable<bool>, IComparable<bool>, IComparable
{
    /// <summary>The text of true.</summary>
    public static readonly string TrueString = "True";

    /// <summary>The text of false.</summary>
    public static readonly string FalseString = "False";

    /// <summary>Whether both are the same.</summary>
    public bool Equals(bool obj) => m_value == obj;

    /// <summary>Whether the object is the same truth value.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is bool other && m_value == other;

    /// <summary>1 for true.</summary>
    public override int GetHashCode() => m_value ? 1 : 0;

    /// <summary>False comes first.</summary>
    public int CompareTo(bool value) => m_value == value ? 0 : m_value ? 1 : -1;

    /// <summary>False comes first; null comes before it.</summary>
    public int CompareTo(object? obj)
        => obj is null ? 1 : obj is bool other ? CompareTo(other) : throw new ArgumentException("Object must be of type Boolean.");

    /// <summary>True or False.</summary>
    public override string ToString() => m_value ? "True" : "False";

    /// <summary>Reads true or false in any case.</summary>
    public static bool Parse(string value)
        => TryParse(value, out bool result) ? result : throw new FormatException("String was not recognized as a valid Boolean.");

    /// <summary>Reads true or false in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out bool result)
    {
        ReadOnlySpan<char> text = ((ReadOnlySpan<char>)value).Trim();
        result = text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return result || text.Equals("false", StringComparison.OrdinalIgnoreCase);
    }
}
