// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

/// <summary>A type at run time: identity only, there is no reflection.</summary>
public abstract partial class Type
{
    /// <summary>The type of a handle; the compiler folds comparisons of two of these.</summary>
    [Intrinsic]
    public static Type GetTypeFromHandle(RuntimeTypeHandle handle) => RuntimeType.From(handle);

    /// <summary>Whether it is a struct or an enumeration; folded for <c>typeof</c>.</summary>
    public bool IsValueType
    {
        [Intrinsic]
        get => RuntimeType.IsValue(this);
    }

    /// <summary>Whether both are the same type.</summary>
    [Intrinsic]
    public static bool operator ==(Type? left, Type? right) => RuntimeType.Same(left, right);

    /// <summary>Whether the types differ.</summary>
    [Intrinsic]
    public static bool operator !=(Type? left, Type? right) => !RuntimeType.Same(left, right);

    /// <summary>Whether the other object is the same type.</summary>
    public override bool Equals(object? o) => o is Type other && RuntimeType.Same(this, other);

    /// <summary>Equal for the same type.</summary>
    public override int GetHashCode() => RuntimeType.Hash(this);
}
