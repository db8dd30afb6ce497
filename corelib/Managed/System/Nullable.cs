// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace System;

public partial struct Nullable<T>
{
    /// <summary>Whether the object is the same value, or both are nothing.</summary>
    public override readonly bool Equals(object? other) => hasValue ? other is not null && value.Equals(other) : other is null;

    /// <summary>The value's, or 0.</summary>
    public override readonly int GetHashCode() => hasValue ? value.GetHashCode() : 0;

    /// <summary>The value's, or no text.</summary>
    public override readonly string? ToString() => hasValue ? value.ToString() : "";
}

/// <summary>Comparisons of optional values.</summary>
public static class Nullable
{
    /// <summary>Order by value; nothing comes first.</summary>
    public static int Compare<T>(T? n1, T? n2) where T : struct
    {
        if (!n1.HasValue) return n2.HasValue ? -1 : 0;
        return n2.HasValue ? Comparer<T>.Default.Compare(n1.GetValueOrDefault(), n2.GetValueOrDefault()) : 1;
    }

    /// <summary>Whether both are the same value, or nothing.</summary>
    public static bool Equals<T>(T? n1, T? n2) where T : struct
        => n1.HasValue == n2.HasValue
            && (!n1.HasValue || EqualityComparer<T>.Default.Equals(n1.GetValueOrDefault(), n2.GetValueOrDefault()));
}
