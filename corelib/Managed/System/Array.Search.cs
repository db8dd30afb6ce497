// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace System;

/// <summary>Searching and ordering.</summary>
public abstract partial class Array
{
    /// <summary>Where the value occurs first, or -1.</summary>
    public static int IndexOf<T>(T[] array, T value) => IndexOf(array, value, 0, array.Length);

    /// <summary>Where the value occurs first at or after a place, or -1.</summary>
    public static int IndexOf<T>(T[] array, T value, int startIndex) => IndexOf(array, value, startIndex, array.Length - startIndex);

    /// <summary>Where the value occurs first in a part, or -1.</summary>
    public static int IndexOf<T>(T[] array, T value, int startIndex, int count)
    {
        if (startIndex < 0 || count < 0 || startIndex > array.Length - count) throw new ArgumentOutOfRangeException(nameof(startIndex));
        for (int index = startIndex; index < startIndex + count; index++)
        {
            if (EqualityComparer<T>.Default.Equals(array[index], value)) return index;
        }
        return -1;
    }

    /// <summary>Where the value occurs last, or -1.</summary>
    public static int LastIndexOf<T>(T[] array, T value)
    {
        for (int index = array.Length - 1; index >= 0; index--)
        {
            if (EqualityComparer<T>.Default.Equals(array[index], value)) return index;
        }
        return -1;
    }

    /// <summary>Where the first element stands that passes the test, or -1.</summary>
    public static int FindIndex<T>(T[] array, Predicate<T> match)
    {
        for (int index = 0; index < array.Length; index++)
        {
            if (match(array[index])) return index;
        }
        return -1;
    }

    /// <summary>The first element that passes the test, or zero.</summary>
    public static T? Find<T>(T[] array, Predicate<T> match)
    {
        int index = FindIndex(array, match);
        return index < 0 ? default : array[index];
    }

    /// <summary>Whether some element passes the test.</summary>
    public static bool Exists<T>(T[] array, Predicate<T> match) => FindIndex(array, match) >= 0;

    /// <summary>Whether all elements pass the test.</summary>
    public static bool TrueForAll<T>(T[] array, Predicate<T> match)
    {
        foreach (T item in array)
        {
            if (!match(item)) return false;
        }
        return true;
    }

    /// <summary>Sets all elements.</summary>
    public static void Fill<T>(T[] array, T value)
    {
        for (int index = 0; index < array.Length; index++) array[index] = value;
    }

    /// <summary>Puts the elements into the opposite order.</summary>
    public static void Reverse<T>(T[] array) => Reverse(array, 0, array.Length);

    /// <summary>Puts some elements into the opposite order.</summary>
    public static void Reverse<T>(T[] array, int index, int length)
    {
        if (index < 0 || length < 0 || index > array.Length - length) throw new ArgumentOutOfRangeException(nameof(index));
        for (int low = index, high = index + length - 1; low < high; low++, high--) (array[low], array[high]) = (array[high], array[low]);
    }

    /// <summary>Puts the elements into their natural order; equal ones may change places.</summary>
    public static void Sort<T>(T[] array) => new Span<T>(array).Sort();

    /// <summary>Puts the elements into the order of a comparer; equal ones may change places.</summary>
    public static void Sort<T>(T[] array, IComparer<T>? comparer) => Sorter.Sort(new Span<T>(array), comparer ?? Comparer<T>.Default);

    /// <summary>Puts the elements into the order of a comparison; equal ones may change places.</summary>
    public static void Sort<T>(T[] array, Comparison<T> comparison) => new Span<T>(array).Sort(comparison);

    /// <summary>Puts some elements into their natural order; equal ones may change places.</summary>
    public static void Sort<T>(T[] array, int index, int length) => new Span<T>(array, index, length).Sort();

    /// <summary>Where the value stands in an ordered array, or the complement of where it would.</summary>
    public static int BinarySearch<T>(T[] array, T value) => BinarySearch(array, 0, array.Length, value, null);

    /// <summary>Where the value stands in an ordered part, or the complement of where it would.</summary>
    public static int BinarySearch<T>(T[] array, int index, int length, T value, IComparer<T>? comparer)
    {
        comparer ??= Comparer<T>.Default;
        int low = index;
        int high = index + length - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            int order = comparer.Compare(array[middle], value);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }

    /// <summary>Each element turned into another, in a new array.</summary>
    public static TOutput[] ConvertAll<TInput, TOutput>(TInput[] array, Converter<TInput, TOutput> converter)
    {
        TOutput[] result = new TOutput[array.Length];
        for (int index = 0; index < array.Length; index++) result[index] = converter(array[index]);
        return result;
    }

    /// <summary>Calls something with each element.</summary>
    public static void ForEach<T>(T[] array, Action<T> action)
    {
        foreach (T item in array) action(item);
    }
}
