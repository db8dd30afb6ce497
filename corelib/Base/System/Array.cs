// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

/// <summary>The base of all arrays. Layout: method table, 32-bit length, 32-bit padding, elements.</summary>
public abstract partial class Array
{
    internal int _numComponents;

    private protected Array()
    {
    }

    /// <summary>Elements in all dimensions together.</summary>
    public int Length => (int)Unsafe.As<RawArrayData>(this).Length;
}

/// <summary>What ilc takes the interfaces of one-dimensional arrays from.</summary>
internal partial class Array<T> : Array
{
}

/// <summary>An array seen as its length followed by its bytes.</summary>
internal sealed class RawArrayData
{
    internal uint Length;
    internal uint Padding;
    internal byte Data;
}
