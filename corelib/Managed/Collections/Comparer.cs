// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>The order that a type has by itself.</summary>
public abstract class Comparer<T> : IComparer<T>
{
    /// <summary>By <see cref="IComparable{T}"/> if the type has it, else by <see cref="IComparable"/>.</summary>
    public static Comparer<T> Default { [Intrinsic] get; } = Create();

    /// <summary>An order made of a comparison.</summary>
    public static Comparer<T> Create(Comparison<T> comparison) => new ComparisonComparer<T>(comparison);

    /// <summary>ilc replaces the body by one that makes the right class for the type.</summary>
    [Intrinsic]
    private static Comparer<T> Create() => new ObjectComparer<T>();

    /// <summary>Negative when the first comes first, zero when equal, positive otherwise.</summary>
    public abstract int Compare(T? x, T? y);
}

/// <summary>Types that say themselves how they are ordered.</summary>
internal sealed class GenericComparer<T> : Comparer<T> where T : IComparable<T>?
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int Compare(T? x, T? y) => x is null ? y is null ? 0 : -1 : y is null ? 1 : x.CompareTo(y);
}

/// <summary>Optional values; nothing comes first.</summary>
internal sealed class NullableComparer<T> : Comparer<T?> where T : struct
{
    public override int Compare(T? x, T? y) => Nullable.Compare(x, y);
}

/// <summary>Enumerations, by number.</summary>
internal sealed class EnumComparer<T> : Comparer<T> where T : struct, Enum
{
    public override int Compare(T x, T y) => x.CompareTo(y);
}

/// <summary>All others: by the interface of objects, or not at all.</summary>
internal sealed class ObjectComparer<T> : Comparer<T>
{
    public override int Compare(T? x, T? y)
    {
        if (x is null) return y is null ? 0 : -1;
        if (y is null) return 1;
        if (x is IComparable left) return left.CompareTo(y);
        throw new ArgumentException("At least one object must implement IComparable.");
    }
}

/// <summary>An order given by code.</summary>
internal sealed class ComparisonComparer<T>(Comparison<T> comparison) : Comparer<T>
{
    public override int Compare(T? x, T? y) => comparison(x!, y!);
}
