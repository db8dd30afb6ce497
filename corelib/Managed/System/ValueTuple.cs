// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

namespace System;

public partial struct ValueTuple<T1> : IEquatable<ValueTuple<T1>>, IComparable<ValueTuple<T1>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTuple<T1> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1> other)
    {
        return Comparer<T1>.Default.Compare(Item1, other.Item1);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1})";
}

public partial struct ValueTuple<T1, T2> : IEquatable<ValueTuple<T1, T2>>, IComparable<ValueTuple<T1, T2>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTuple<T1, T2> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        return Comparer<T2>.Default.Compare(Item2, other.Item2);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2})";
}

public partial struct ValueTuple<T1, T2, T3> : IEquatable<ValueTuple<T1, T2, T3>>, IComparable<ValueTuple<T1, T2, T3>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2, T3> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTuple<T1, T2, T3> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2, Item3);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2, T3> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (order != 0) return order;
        return Comparer<T3>.Default.Compare(Item3, other.Item3);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2}, {Item3})";
}

public partial struct ValueTuple<T1, T2, T3, T4> : IEquatable<ValueTuple<T1, T2, T3, T4>>, IComparable<ValueTuple<T1, T2, T3, T4>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2, T3, T4> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTuple<T1, T2, T3, T4> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2, Item3, Item4);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2, T3, T4> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (order != 0) return order;
        order = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (order != 0) return order;
        return Comparer<T4>.Default.Compare(Item4, other.Item4);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2}, {Item3}, {Item4})";
}

public partial struct ValueTuple<T1, T2, T3, T4, T5>
    : IEquatable<ValueTuple<T1, T2, T3, T4, T5>>, IComparable<ValueTuple<T1, T2, T3, T4, T5>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2, T3, T4, T5> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4)
            && EqualityComparer<T5>.Default.Equals(Item5, other.Item5);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj) => obj is ValueTuple<T1, T2, T3, T4, T5> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2, Item3, Item4, Item5);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2, T3, T4, T5> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (order != 0) return order;
        order = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (order != 0) return order;
        order = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (order != 0) return order;
        return Comparer<T5>.Default.Compare(Item5, other.Item5);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2}, {Item3}, {Item4}, {Item5})";
}

public partial struct ValueTuple<T1, T2, T3, T4, T5, T6>
    : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6>>, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4)
            && EqualityComparer<T5>.Default.Equals(Item5, other.Item5)
            && EqualityComparer<T6>.Default.Equals(Item6, other.Item6);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj)
        => obj is ValueTuple<T1, T2, T3, T4, T5, T6> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2, Item3, Item4, Item5, Item6);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (order != 0) return order;
        order = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (order != 0) return order;
        order = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (order != 0) return order;
        order = Comparer<T5>.Default.Compare(Item5, other.Item5);
        if (order != 0) return order;
        return Comparer<T6>.Default.Compare(Item6, other.Item6);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2}, {Item3}, {Item4}, {Item5}, {Item6})";
}

public partial struct ValueTuple<T1, T2, T3, T4, T5, T6, T7>
    : IEquatable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>, IComparable<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>
{
    /// <summary>Whether all values are equal.</summary>
    public readonly bool Equals(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other)
        => EqualityComparer<T1>.Default.Equals(Item1, other.Item1)
            && EqualityComparer<T2>.Default.Equals(Item2, other.Item2)
            && EqualityComparer<T3>.Default.Equals(Item3, other.Item3)
            && EqualityComparer<T4>.Default.Equals(Item4, other.Item4)
            && EqualityComparer<T5>.Default.Equals(Item5, other.Item5)
            && EqualityComparer<T6>.Default.Equals(Item6, other.Item6)
            && EqualityComparer<T7>.Default.Equals(Item7, other.Item7);

    /// <summary>Whether the object holds equal values.</summary>
    public override readonly bool Equals([NotNullWhen(true)] object? obj)
        => obj is ValueTuple<T1, T2, T3, T4, T5, T6, T7> other && Equals(other);

    /// <summary>From all values.</summary>
    public override readonly int GetHashCode() => HashCode.Combine(Item1, Item2, Item3, Item4, Item5, Item6, Item7);

    /// <summary>Order by the first value that differs.</summary>
    public readonly int CompareTo(ValueTuple<T1, T2, T3, T4, T5, T6, T7> other)
    {
        int order;
        order = Comparer<T1>.Default.Compare(Item1, other.Item1);
        if (order != 0) return order;
        order = Comparer<T2>.Default.Compare(Item2, other.Item2);
        if (order != 0) return order;
        order = Comparer<T3>.Default.Compare(Item3, other.Item3);
        if (order != 0) return order;
        order = Comparer<T4>.Default.Compare(Item4, other.Item4);
        if (order != 0) return order;
        order = Comparer<T5>.Default.Compare(Item5, other.Item5);
        if (order != 0) return order;
        order = Comparer<T6>.Default.Compare(Item6, other.Item6);
        if (order != 0) return order;
        return Comparer<T7>.Default.Compare(Item7, other.Item7);
    }

    /// <summary>The values in parentheses.</summary>
    public override readonly string ToString() => $"({Item1}, {Item2}, {Item3}, {Item4}, {Item5}, {Item6}, {Item7})";
}
