// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>Something that is given back at the end of a <c>using</c>.</summary>
public interface IDisposable
{
    /// <summary>Gives it back.</summary>
    void Dispose();
}

/// <summary>Equality with another value without boxing.</summary>
public interface IEquatable<T> where T : allows ref struct
{
    /// <summary>Whether both are the same value.</summary>
    bool Equals(T? other);
}

/// <summary>An order, without boxing.</summary>
public interface IComparable<in T> where T : allows ref struct
{
    /// <summary>Negative when this comes first, zero when equal, positive when this comes after.</summary>
    int CompareTo(T? other);
}

/// <summary>An order over objects.</summary>
public interface IComparable
{
    /// <summary>Negative when this comes first, zero when equal, positive when this comes after.</summary>
    int CompareTo(object? obj);
}
