// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System;

public readonly partial struct Single : IEquatable<float>, IComparable<float>, IComparable
{
    /// <summary>Whether both are the same number; here, unlike for ==, NaN equals NaN.</summary>
    public bool Equals(float obj) => m_value == obj || (IsNaN(m_value) && IsNaN(obj));

    /// <summary>Whether the object is the same number.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is float other && Equals(other);

    /// <summary>From the bits; both zeros, and all NaNs, have one.</summary>
    public override int GetHashCode()
    {
        int bits = BitConverter.SingleToInt32Bits(IsNaN(m_value) ? NaN : m_value == 0 ? 0 : m_value);
        return bits;
    }

    /// <summary>Order by value; NaN comes first.</summary>
    public int CompareTo(float value)
        => m_value < value ? -1 : m_value > value ? 1 : m_value == value ? 0 : IsNaN(m_value) ? IsNaN(value) ? 0 : -1 : 1;

    /// <summary>Order by value; null comes first.</summary>
    public int CompareTo(object? value)
        => value is null ? 1 : value is float other ? CompareTo(other) : throw new ArgumentException("Object must be of type Single.");

    /// <summary>Whether it is no number.</summary>
    public static bool IsNaN(float d) => (BitConverter.SingleToInt32Bits(d) & int.MaxValue) > 0x7F80_0000;

    /// <summary>Whether it is a number, and not infinite.</summary>
    public static bool IsFinite(float d) => d - d == 0;

    /// <summary>Whether it is one of the infinities.</summary>
    public static bool IsInfinity(float d) => d == PositiveInfinity || d == NegativeInfinity;
}
