// SPDX-License-Identifier: BSD-2-Clause
using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe partial class Array : ICloneable, IList
{
    /// <summary>Elements in all dimensions together.</summary>
    public long LongLength => Length;

    /// <summary>Number of dimensions.</summary>
    public int Rank => m_pEEType->ElementType == ElementType.SzArray ? 1 : (int)(m_pEEType->BaseSize - SingleBaseSize) / BoundsSize;

    /// <summary>Header word, method table, length with padding.</summary>
    internal const uint SingleBaseSize = 24;

    /// <summary>Length and lower bound of one dimension.</summary>
    internal const int BoundsSize = 8;

    /// <summary>The greatest length.</summary>
    public static int MaxLength => 0x7FFFFFC7;

    /// <summary>Elements in one dimension.</summary>
    public int GetLength(int dimension)
    {
        if ((uint)dimension >= (uint)Rank) throw new IndexOutOfRangeException();
        if (m_pEEType->ElementType == ElementType.SzArray) return Length;
        return Unsafe.As<byte, int>(ref Unsafe.Add(ref Body, dimension * sizeof(int)));
    }

    /// <summary>The first place of a dimension; always 0.</summary>
    public int GetLowerBound(int dimension) => GetLength(dimension) < 0 ? -1 : 0;

    /// <summary>The last place of a dimension.</summary>
    public int GetUpperBound(int dimension) => GetLength(dimension) - 1;

    /// <summary>What follows the length: the lengths of several dimensions, then the elements.</summary>
    private ref byte Body => ref Unsafe.As<RawArrayData>(this).Data;

    /// <summary>The first element.</summary>
    private ref byte Elements => ref Unsafe.Add(ref Body, (nint)(m_pEEType->BaseSize - SingleBaseSize));

    /// <summary>A copy with the same elements.</summary>
    public object Clone() => MemberwiseClone();

    /// <summary>An array of no elements, always the same one.</summary>
    public static T[] Empty<T>() => EmptyArray<T>.Value;

    /// <summary>Sets all elements to zero or null.</summary>
    public static void Clear(Array array)
        => SpanHelpers.ClearWithoutReferences(ref array.Elements, (nuint)array.Length * array.m_pEEType->ComponentSize);

    /// <summary>Sets some elements to zero or null.</summary>
    public static void Clear(Array array, int index, int length)
    {
        if (index < 0 || length < 0 || index > array.Length - length) throw new IndexOutOfRangeException();
        nuint size = array.m_pEEType->ComponentSize;
        SpanHelpers.ClearWithoutReferences(ref Unsafe.Add(ref array.Elements, (nint)((nuint)index * size)), (nuint)length * size);
    }

    /// <summary>Copies the first elements; the places may overlap.</summary>
    public static void Copy(Array sourceArray, Array destinationArray, int length) => Copy(sourceArray, 0, destinationArray, 0, length);

    /// <summary>Copies elements; the places may overlap.</summary>
    public static void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length)
    {
        if (length < 0 || sourceIndex < 0 || destinationIndex < 0) throw new ArgumentOutOfRangeException(nameof(length));
        if (sourceIndex > sourceArray.Length - length)
        {
            throw new ArgumentException("Source array was not long enough.", nameof(sourceArray));
        }
        if (destinationIndex > destinationArray.Length - length)
        {
            throw new ArgumentException("Destination array was not long enough.", nameof(destinationArray));
        }
        MethodTable* from = sourceArray.m_pEEType;
        MethodTable* to = destinationArray.m_pEEType;
        if (from != to && !TypeRelations.IsAssignable(from, to))
        {
            CopyCast(sourceArray, sourceIndex, destinationArray, destinationIndex, length);
            return;
        }
        nuint size = from->ComponentSize;
        SpanHelpers.Memmove(
            ref Unsafe.Add(ref destinationArray.Elements, (nint)((nuint)destinationIndex * size)),
            ref Unsafe.Add(ref sourceArray.Elements, (nint)((nuint)sourceIndex * size)), (nuint)length * size);
    }

    /// <summary>Copies references into an array of a narrower class, checking each.</summary>
    private static void CopyCast(Array source, int sourceIndex, Array destination, int destinationIndex, int length)
    {
        if (source is not object?[] || destination is not object?[]) throw new ArrayTypeMismatchException();
        for (int index = 0; index < length; index++)
        {
            object? item = Unsafe.As<object?[]>(source)[sourceIndex + index];
            if (item is not null && !TypeRelations.IsAssignable(item.m_pEEType, destination.m_pEEType->Related))
            {
                throw new InvalidCastException(
                    "At least one element in the source array could not be cast down to the destination array type.");
            }
            Unsafe.As<object?[]>(destination)[destinationIndex + index] = item;
        }
    }

    /// <summary>Copies all elements into another array.</summary>
    public void CopyTo(Array array, int index) => Copy(this, 0, array, index, Length);

    /// <summary>Makes a longer or shorter copy.</summary>
    public static void Resize<T>([Diagnostics.CodeAnalysis.NotNull] ref T[]? array, int newSize)
    {
        if (newSize < 0) throw new ArgumentOutOfRangeException(nameof(newSize));
        if (array is not null && array.Length == newSize) return;
        T[] resized = new T[newSize];
        if (array is not null) Copy(array, resized, Math.Min(array.Length, newSize));
        array = resized;
    }

    private static class EmptyArray<T>
    {
        internal static readonly T[] Value = new T[0];
    }
}

internal partial class Array<T> : IList<T>, IReadOnlyList<T>
{
    // The object is an array; this class only lends it the methods.
    private ReadOnlySpan<T> Items => new(ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(this).Data), Length);

    public int Count => Length;

    public bool IsReadOnly => true;

    public T this[int index]
    {
        get => Items[index];
        set => Unsafe.As<T[]>(this)[index] = value;
    }

    public new IEnumerator<T> GetEnumerator() => new ArrayEnumerator<T>(Unsafe.As<T[]>(this));

    IEnumerator IEnumerable.GetEnumerator() => new ArrayEnumerator<T>(Unsafe.As<T[]>(this));

    public bool Contains(T item) => IndexOf(item) >= 0;

    public int IndexOf(T item) => IndexOf(Unsafe.As<T[]>(this), item);

    public void CopyTo(T[] array, int arrayIndex) => Copy(this, 0, array, arrayIndex, Length);

    public void Add(T item) => throw new NotSupportedException("Collection was of a fixed size.");

    public void Insert(int index, T item) => throw new NotSupportedException("Collection was of a fixed size.");

    public bool Remove(T item) => throw new NotSupportedException("Collection was of a fixed size.");

    public void RemoveAt(int index) => throw new NotSupportedException("Collection was of a fixed size.");

    public void Clear() => throw new NotSupportedException("Collection was of a fixed size.");
}

/// <summary>Walks an array.</summary>
internal sealed class ArrayEnumerator<T>(T[] array) : IEnumerator<T>
{
    private int _index = -1;

    public T Current => array[_index];

    object? IEnumerator.Current => Current;

    public bool MoveNext() => ++_index < array.Length;

    public void Reset() => _index = -1;

    public void Dispose()
    {
    }
}
