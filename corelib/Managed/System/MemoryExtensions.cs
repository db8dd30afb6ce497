// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Searching, comparing and trimming of spans.</summary>
public static partial class MemoryExtensions
{
    /// <summary>The characters of a string. C# calls it wherever a string becomes a span, so it must not rely on that itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<char> AsSpan(this string? text)
        => text is null ? default : new ReadOnlySpan<char>(ref text._firstChar, text._stringLength);

    /// <summary>The characters of a string from a place on.</summary>
    public static ReadOnlySpan<char> AsSpan(this string? text, int start) => ((ReadOnlySpan<char>)text).Slice(start);

    /// <summary>Part of the characters of a string.</summary>
    public static ReadOnlySpan<char> AsSpan(this string? text, int start, int length) => ((ReadOnlySpan<char>)text).Slice(start, length);

    /// <summary>An array as a span.</summary>
    public static Span<T> AsSpan<T>(this T[]? array) => new(array);

    /// <summary>An array from a place on.</summary>
    public static Span<T> AsSpan<T>(this T[]? array, int start) => new Span<T>(array).Slice(start);

    /// <summary>Part of an array.</summary>
    public static Span<T> AsSpan<T>(this T[]? array, int start, int length) => new(array, start, length);

    /// <summary>Whether both hold equal elements.</summary>
    public static bool SequenceEqual<T>(this Span<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>?
        => SequenceEqual((ReadOnlySpan<T>)span, other);

    /// <summary>Whether both hold equal elements.</summary>
    public static bool SequenceEqual<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IEquatable<T>?
    {
        if (span.Length != other.Length) return false;
        if (RuntimeHelpers.IsBitwiseEquatable<T>())
        {
            return SpanHelpers.SequenceEqual(
                ref Unsafe.As<T, byte>(ref span._reference), ref Unsafe.As<T, byte>(ref other._reference),
                (nuint)span.Length * (nuint)Unsafe.SizeOf<T>());
        }
        for (int index = 0; index < span.Length; index++)
        {
            if (!EqualityComparer<T>.Default.Equals(span[index], other[index])) return false;
        }
        return true;
    }

    /// <summary>Order by the first elements that differ, then by length.</summary>
    public static int SequenceCompareTo<T>(this Span<T> span, ReadOnlySpan<T> other) where T : IComparable<T>?
        => SequenceCompareTo((ReadOnlySpan<T>)span, other);

    /// <summary>Order by the first elements that differ, then by length.</summary>
    public static int SequenceCompareTo<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> other) where T : IComparable<T>?
    {
        int common = Math.Min(span.Length, other.Length);
        for (int index = 0; index < common; index++)
        {
            int order = Comparer<T>.Default.Compare(span[index], other[index]);
            if (order != 0) return order;
        }
        return span.Length.CompareTo(other.Length);
    }

    /// <summary>Where the value occurs first, or -1.</summary>
    public static int IndexOf<T>(this Span<T> span, T value) where T : IEquatable<T>? => IndexOf((ReadOnlySpan<T>)span, value);

    /// <summary>Where the value occurs first, or -1.</summary>
    public static int IndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int index = 0; index < span.Length; index++)
        {
            if (EqualityComparer<T>.Default.Equals(span[index], value)) return index;
        }
        return -1;
    }

    /// <summary>Where the sequence occurs first, or -1.</summary>
    public static int IndexOf<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => IndexOf((ReadOnlySpan<T>)span, value);

    /// <summary>Where the sequence occurs first, or -1.</summary>
    public static int IndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        for (int index = 0; index <= span.Length - value.Length; index++)
        {
            if (span.Slice(index, value.Length).SequenceEqual(value)) return index;
        }
        return -1;
    }

    /// <summary>Where one of two values occurs first, or -1.</summary>
    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, T value0, T value1) where T : IEquatable<T>?
        => IndexOfAny(span, [value0, value1]);

    /// <summary>Where one of the values occurs first, or -1.</summary>
    public static int IndexOfAny<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> values) where T : IEquatable<T>?
    {
        for (int index = 0; index < span.Length; index++)
        {
            if (values.IndexOf(span[index]) >= 0) return index;
        }
        return -1;
    }

    /// <summary>Where a value other than this occurs first, or -1.</summary>
    public static int IndexOfAnyExcept<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int index = 0; index < span.Length; index++)
        {
            if (!EqualityComparer<T>.Default.Equals(span[index], value)) return index;
        }
        return -1;
    }

    /// <summary>Where a value other than this occurs first, or -1.</summary>
    public static int IndexOfAnyExcept<T>(this Span<T> span, T value) where T : IEquatable<T>?
        => IndexOfAnyExcept((ReadOnlySpan<T>)span, value);

    /// <summary>Where the value occurs last, or -1.</summary>
    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>?
    {
        for (int index = span.Length - 1; index >= 0; index--)
        {
            if (EqualityComparer<T>.Default.Equals(span[index], value)) return index;
        }
        return -1;
    }

    /// <summary>Where the value occurs last, or -1.</summary>
    public static int LastIndexOf<T>(this Span<T> span, T value) where T : IEquatable<T>? => LastIndexOf((ReadOnlySpan<T>)span, value);

    /// <summary>Where the sequence occurs last, or -1.</summary>
    public static int LastIndexOf<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
    {
        for (int index = span.Length - value.Length; index >= 0; index--)
        {
            if (span.Slice(index, value.Length).SequenceEqual(value)) return index;
        }
        return -1;
    }

    /// <summary>Whether the value occurs.</summary>
    public static bool Contains<T>(this Span<T> span, T value) where T : IEquatable<T>? => IndexOf((ReadOnlySpan<T>)span, value) >= 0;

    /// <summary>Whether the value occurs.</summary>
    public static bool Contains<T>(this ReadOnlySpan<T> span, T value) where T : IEquatable<T>? => IndexOf(span, value) >= 0;

    /// <summary>Whether the span begins so.</summary>
    public static bool StartsWith<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => StartsWith((ReadOnlySpan<T>)span, value);

    /// <summary>Whether the span begins so.</summary>
    public static bool StartsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => value.Length <= span.Length && span.Slice(0, value.Length).SequenceEqual(value);

    /// <summary>Whether the span ends so.</summary>
    public static bool EndsWith<T>(this ReadOnlySpan<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => value.Length <= span.Length && span.Slice(span.Length - value.Length).SequenceEqual(value);

    /// <summary>Whether the span ends so.</summary>
    public static bool EndsWith<T>(this Span<T> span, ReadOnlySpan<T> value) where T : IEquatable<T>?
        => EndsWith((ReadOnlySpan<T>)span, value);

    /// <summary>Puts the elements into the opposite order.</summary>
    public static void Reverse<T>(this Span<T> span)
    {
        for (int low = 0, high = span.Length - 1; low < high; low++, high--) (span[low], span[high]) = (span[high], span[low]);
    }

    /// <summary>Puts the elements into their natural order; equal ones may change places.</summary>
    public static void Sort<T>(this Span<T> span) => Sorter.Sort(span, default(DefaultOrder<T>));

    /// <summary>Puts the elements into the order of a comparison; equal ones may change places.</summary>
    public static void Sort<T>(this Span<T> span, Comparison<T> comparison) => Sorter.Sort(span, new ComparisonOrder<T>(comparison));

    /// <summary>Where the value stands in an ordered span, or the complement of where it would.</summary>
    public static int BinarySearch<T>(this ReadOnlySpan<T> span, IComparable<T> comparable)
    {
        int low = 0;
        int high = span.Length - 1;
        while (low <= high)
        {
            int middle = (int)(((uint)low + (uint)high) / 2);
            int order = comparable.CompareTo(span[middle]);
            if (order == 0) return middle;
            if (order > 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
