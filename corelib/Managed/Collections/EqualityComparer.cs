// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>The equality that a type has by itself.</summary>
public abstract class EqualityComparer<T> : IEqualityComparer<T>
{
    /// <summary>By <see cref="IEquatable{T}"/> if the type has it, else by Equals of objects.</summary>
    public static EqualityComparer<T> Default { [Intrinsic] get; } = Create();

    /// <summary>ilc replaces the body by one that makes the right class for the type.</summary>
    [Intrinsic]
    private static EqualityComparer<T> Create() => new ObjectEqualityComparer<T>();

    /// <summary>Whether both are equal.</summary>
    public abstract bool Equals(T? x, T? y);

    /// <summary>The same for equal values.</summary>
    public abstract int GetHashCode([Diagnostics.CodeAnalysis.DisallowNull] T obj);
}

/// <summary>Text.</summary>
internal sealed class StringEqualityComparer : EqualityComparer<string>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool Equals(string? x, string? y) => string.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode(string? obj) => obj is null ? 0 : obj.GetHashCode();
}

/// <summary>Types that say themselves what is equal.</summary>
internal sealed class GenericEqualityComparer<T> : EqualityComparer<T> where T : IEquatable<T>?
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool Equals(T? x, T? y) => x is null ? y is null : y is not null && x.Equals(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode(T obj) => obj is null ? 0 : obj.GetHashCode();
}

/// <summary>Optional values.</summary>
internal sealed class NullableEqualityComparer<T> : EqualityComparer<T?> where T : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool Equals(T? x, T? y) => Nullable.Equals(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode(T? obj) => obj.GetHashCode();
}

/// <summary>Enumerations, by number and without boxing.</summary>
internal sealed class EnumEqualityComparer<T> : EqualityComparer<T> where T : struct, Enum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool Equals(T x, T y) => Unsafe.SizeOf<T>() switch
    {
        sizeof(byte) => Unsafe.BitCast<T, byte>(x) == Unsafe.BitCast<T, byte>(y),
        sizeof(ushort) => Unsafe.BitCast<T, ushort>(x) == Unsafe.BitCast<T, ushort>(y),
        sizeof(uint) => Unsafe.BitCast<T, uint>(x) == Unsafe.BitCast<T, uint>(y),
        _ => Unsafe.BitCast<T, ulong>(x) == Unsafe.BitCast<T, ulong>(y),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode(T obj) => obj.GetHashCode();
}

/// <summary>All others.</summary>
internal sealed class ObjectEqualityComparer<T> : EqualityComparer<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override bool Equals(T? x, T? y) => x is null ? y is null : y is not null && x.Equals(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public override int GetHashCode(T obj) => obj is null ? 0 : obj.GetHashCode();
}

/// <summary>Equality of references.</summary>
public sealed class ReferenceEqualityComparer : IEqualityComparer<object?>
{
    private ReferenceEqualityComparer()
    {
    }

    /// <summary>The only one.</summary>
    public static ReferenceEqualityComparer Instance { get; } = new();

    /// <summary>Whether both are the same object.</summary>
    public new bool Equals(object? x, object? y) => ReferenceEquals(x, y);

    /// <summary>By identity.</summary>
    public int GetHashCode(object? obj) => RuntimeHelpers.GetHashCode(obj!);
}
