// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace System;

/// <summary>Heap sort: in place, no recursion, never worse than n log n.</summary>
internal static class Sorter
{
    private const int ShortSpan = 16;

    internal static void Sort<T, TOrder>(Span<T> span, TOrder comparer) where TOrder : IComparer<T>
    {
        if (span.Length <= ShortSpan)
        {
            Insert(span, comparer);
            return;
        }
        for (int root = (span.Length / 2) - 1; root >= 0; root--) Sink(span, root, comparer);
        for (int last = span.Length - 1; last > 0; last--)
        {
            (span[0], span[last]) = (span[last], span[0]);
            Sink(span.Slice(0, last), 0, comparer);
        }
    }

    private static void Insert<T, TOrder>(Span<T> span, TOrder comparer) where TOrder : IComparer<T>
    {
        for (int index = 1; index < span.Length; index++)
        {
            T value = span[index];
            int hole = index;
            for (; hole > 0 && comparer.Compare(value, span[hole - 1]) < 0; hole--) span[hole] = span[hole - 1];
            span[hole] = value;
        }
    }

    /// <summary>Moves an element down until no child is greater.</summary>
    private static void Sink<T, TOrder>(Span<T> heap, int root, TOrder comparer) where TOrder : IComparer<T>
    {
        T value = heap[root];
        int child;
        while ((child = (2 * root) + 1) < heap.Length)
        {
            if (child + 1 < heap.Length && comparer.Compare(heap[child], heap[child + 1]) < 0) child++;
            if (comparer.Compare(value, heap[child]) >= 0) break;
            heap[root] = heap[child];
            root = child;
        }
        heap[root] = value;
    }
}

/// <summary>The order of a type itself, as a struct: sorting by it is compiled anew for each type and allocates nothing.</summary>
internal readonly struct DefaultOrder<T> : IComparer<T>
{
    public int Compare(T? x, T? y) => Comparer<T>.Default.Compare(x, y);
}

/// <summary>The order given by code, likewise.</summary>
internal readonly struct ComparisonOrder<T>(Comparison<T> comparison) : IComparer<T>
{
    public int Compare(T? x, T? y) => comparison(x!, y!);
}
