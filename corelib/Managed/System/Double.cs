// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System;

public readonly partial struct Double : IEquatable<double>, IComparable<double>, IComparable
{
    /// <summary>Whether both are the same number; here, unlike for ==, NaN equals NaN.</summary>
    public bool Equals(double obj) => m_value == obj || (IsNaN(m_value) && IsNaN(obj));

    /// <summary>Whether the object is the same number.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is double other && Equals(other);

    /// <summary>From the bits; both zeros, and all NaNs, have one.</summary>
    public override int GetHashCode()
    {
        long bits = BitConverter.DoubleToInt64Bits(IsNaN(m_value) ? NaN : m_value == 0 ? 0 : m_value);
        return (int)bits ^ (int)(bits >> 32);
    }

    /// <summary>Order by value; NaN comes first.</summary>
    public int CompareTo(double value)
        => m_value < value ? -1 : m_value > value ? 1 : m_value == value ? 0 : IsNaN(m_value) ? IsNaN(value) ? 0 : -1 : 1;

    /// <summary>Order by value; null comes first.</summary>
    public int CompareTo(object? value)
        => value is null ? 1 : value is double other ? CompareTo(other) : throw new ArgumentException("Object must be of type Double.");

    /// <summary>Whether it is no number.</summary>
    public static bool IsNaN(double d) => (BitConverter.DoubleToUInt64Bits(d) & long.MaxValue) > 0x7FF0_0000_0000_0000;

    /// <summary>Whether it is a number, and not infinite.</summary>
    public static bool IsFinite(double d) => d - d == 0;

    /// <summary>Whether it is one of the infinities.</summary>
    public static bool IsInfinity(double d) => d == PositiveInfinity || d == NegativeInfinity;
}
