// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe partial class Enum : IComparable, IFormattable
{
    /// <summary>Whether all bits of the other are set.</summary>
    [Intrinsic]
    public bool HasFlag(Enum flag)
    {
        if (flag.m_pEEType != m_pEEType) throw new ArgumentException("The argument is of another enumeration.");
        return (Bits & flag.Bits) == flag.Bits;
    }

    /// <summary>Whether the object is the same value of the same enumeration.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
        => obj is not null && obj.m_pEEType == m_pEEType && Unsafe.As<Enum>(obj).Bits == Bits;

    /// <summary>From the number.</summary>
    public override int GetHashCode() => (int)Bits ^ (int)(Bits >> 32);

    /// <summary>Order by number; null comes first.</summary>
    public int CompareTo(object? target)
    {
        if (target is null) return 1;
        if (target.m_pEEType != m_pEEType) throw new ArgumentException("The argument is of another enumeration.");
        ulong other = Unsafe.As<Enum>(target).Bits;
        return IsSigned ? ((long)Bits).CompareTo((long)other) : Bits.CompareTo(other);
    }

    /// <summary>The number: the image holds no names of values.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The number in the format G, D, X or x.</summary>
    public string ToString(string? format) => ToString(format, null);

    /// <summary>The number in the format G, D, X or x.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        if (format is "X" or "x") return (Bits & (ulong.MaxValue >> (64 - (8 * Size)))).ToString(format + (2 * Size).ToString());
        return IsSigned ? ((long)Bits).ToString() : Bits.ToString();
    }

    private int Size => (int)m_pEEType->ValueSize;

    private bool IsSigned => m_pEEType->ElementType is ElementType.SByte or ElementType.Int16 or ElementType.Int32 or ElementType.Int64;

    /// <summary>The number, widened by its sign.</summary>
    private ulong Bits
    {
        get
        {
            ref byte data = ref Unsafe.As<RawData>(this).Data;
            return m_pEEType->ElementType switch
            {
                ElementType.SByte => (ulong)(sbyte)data,
                ElementType.Byte or ElementType.Boolean => data,
                ElementType.Int16 => (ulong)Unsafe.As<byte, short>(ref data),
                ElementType.UInt16 or ElementType.Char => Unsafe.As<byte, ushort>(ref data),
                ElementType.Int32 => (ulong)Unsafe.As<byte, int>(ref data),
                ElementType.UInt32 => Unsafe.As<byte, uint>(ref data),
                _ => Unsafe.As<byte, ulong>(ref data),
            };
        }
    }
}
