// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System;

/// <summary>Makes tuples with their types inferred.</summary>
public static class Tuple
{
    /// <summary>1 value in an object.</summary>
    public static Tuple<T1> Create<T1>(T1 item1) => new(item1);

    /// <summary>2 values in an object.</summary>
    public static Tuple<T1, T2> Create<T1, T2>(T1 item1, T2 item2) => new(item1, item2);

    /// <summary>3 values in an object.</summary>
    public static Tuple<T1, T2, T3> Create<T1, T2, T3>(T1 item1, T2 item2, T3 item3) => new(item1, item2, item3);

    /// <summary>4 values in an object.</summary>
    public static Tuple<T1, T2, T3, T4> Create<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4) => new(item1, item2, item3, item4);
}

/// <summary>1 value in an object.</summary>
public class Tuple<T1>(T1 item1)
{
    /// <summary>Value 1.</summary>
    public T1 Item1 { get; } = item1;

    /// <summary>Whether the object holds equal values.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
        => obj is Tuple<T1> other
            && EqualityComparer<T1>.Default.Equals(Item1, other.Item1);

    /// <summary>From all values.</summary>
    public override int GetHashCode() => HashCode.Combine(Item1);

    /// <summary>The values in parentheses.</summary>
    public override string ToString() => $"({Item1})";
}

/// <summary>2 values in an object.</summary>
public class Tuple<T1, T2>(T1 item1, T2 item2)
{
    /// <summary>Value 1.</summary>
    public T1 Item1 { get; } = item1;

    /// <summary>Value 2.</summary>
    public T2 Item2 { get; } = item2;

    /// <summary>Whether the object holds equal values.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
        => obj is Tuple<T1, T2> other
            && EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2);

    /// <summary>From all values.</summary>
    public override int GetHashCode() => HashCode.Combine(Item1, Item2);

    /// <summary>The values in parentheses.</summary>
    public override string ToString() => $"({Item1}, {Item2})";
}

/// <summary>3 values in an object.</summary>
public class Tuple<T1, T2, T3>(T1 item1, T2 item2, T3 item3)
{
    /// <summary>Value 1.</summary>
    public T1 Item1 { get; } = item1;

    /// <summary>Value 2.</summary>
    public T2 Item2 { get; } = item2;

    /// <summary>Value 3.</summary>
    public T3 Item3 { get; } = item3;

    /// <summary>Whether the object holds equal values.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
        => obj is Tuple<T1, T2, T3> other
            && EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3);

    /// <summary>From all values.</summary>
    public override int GetHashCode() => HashCode.Combine(Item1, Item2, Item3);

    /// <summary>The values in parentheses.</summary>
    public override string ToString() => $"({Item1}, {Item2}, {Item3})";
}

/// <summary>4 values in an object.</summary>
public class Tuple<T1, T2, T3, T4>(T1 item1, T2 item2, T3 item3, T4 item4)
{
    /// <summary>Value 1.</summary>
    public T1 Item1 { get; } = item1;

    /// <summary>Value 2.</summary>
    public T2 Item2 { get; } = item2;

    /// <summary>Value 3.</summary>
    public T3 Item3 { get; } = item3;

    /// <summary>Value 4.</summary>
    public T4 Item4 { get; } = item4;

    /// <summary>Whether the object holds equal values.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
        => obj is Tuple<T1, T2, T3, T4> other
            && EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4);

    /// <summary>From all values.</summary>
    public override int GetHashCode() => HashCode.Combine(Item1, Item2, Item3, Item4);

    /// <summary>The values in parentheses.</summary>
    public override string ToString() => $"({Item1}, {Item2}, {Item3}, {Item4})";
}
