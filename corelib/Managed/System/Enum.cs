// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe partial class Enum : IComparable, ISpanFormattable
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
        return IsSigned(m_pEEType) ? ((long)Bits).CompareTo((long)other) : Bits.CompareTo(other);
    }

    /// <summary>The name of the value, or its number if it has none.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The name (G), or the number in the format D, X or x.</summary>
    public string ToString(string? format) => ToString(format, null);

    /// <summary>The name (G), or the number in the format D, X or x.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        Span<char> text = stackalloc char[LongestText];
        if (!TryFormat(m_pEEType, Bits, text, out int written, format)) throw new FormatException("Format specifier was invalid.");
        return new string(text.Slice(0, written));
    }

    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => TryFormat(m_pEEType, Bits, destination, out charsWritten, format);

    /// <summary>Writes the name (G), or the number in the format D, X or x; false when there is no room.</summary>
    public static bool TryFormat<TEnum>(
        TEnum value, Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default) where TEnum : struct
        => TryFormatUnconstrained(value, destination, out charsWritten, format);

    /// <summary>For callers that know only by <see cref="Type.IsEnum"/> that it is one.</summary>
    internal static bool TryFormatUnconstrained<T>(
        T value, Span<char> destination, out int charsWritten, ReadOnlySpan<char> format)
    {
        MethodTable* type = MethodTable.Of<T>();
        return TryFormat(type, Widen(type, ref Unsafe.As<T, byte>(ref value)), destination, out charsWritten, format);
    }

    private const int LongestText = 256;

    private static bool TryFormat(MethodTable* type, ulong bits, Span<char> destination, out int written, ReadOnlySpan<char> format)
    {
        bool general = format.IsEmpty || format is "G" or "g";
        if (general && EnumNames.HasName(type, bits))
        {
            bool fits = EnumNames.TryFormat(type, bits, destination, out written);
            if (!fits) written = 0;
            return fits;
        }
        if (format is "X" or "x")
        {
            int size = (int)type->ValueSize;
            Span<char> precise = [format[0], (char)('0' + (2 * size / 10)), (char)('0' + (2 * size % 10))];
            return Number.TryFormat(bits, false, bits & (ulong.MaxValue >> (64 - (8 * size))), precise, destination, out written);
        }
        if (!general && format is not ("D" or "d")) throw new FormatException("Format specifier was invalid.");
        bool negative = IsSigned(type) && (long)bits < 0;
        return Number.TryFormat(negative ? 0 - bits : bits, negative, bits, default, destination, out written);
    }

    private static bool IsSigned(MethodTable* type)
        => type->ElementType is ElementType.SByte or ElementType.Int16 or ElementType.Int32 or ElementType.Int64;

    /// <summary>The number, widened by its sign.</summary>
    private ulong Bits => Widen(m_pEEType, ref Unsafe.As<RawData>(this).Data);

    private static ulong Widen(MethodTable* type, ref byte data) => type->ElementType switch
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
