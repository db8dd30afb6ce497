// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Immutable UTF-16 text. The kernel has constants only.</summary>
/// <remarks>Layout known to ilc: 32-bit length, code units, terminating zero.</remarks>
public sealed partial class String
{
    internal readonly int _stringLength;
    internal char _firstChar;

    /// <summary>Number of UTF-16 code units.</summary>
    public int Length
    {
        [Intrinsic]
        get => _stringLength;
    }

    /// <summary>The code unit at <paramref name="index"/>.</summary>
    [IndexerName("Chars")]
    public char this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_stringLength) Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowIndexOutOfRangeException();
            return Unsafe.Add(ref _firstChar, index);
        }
    }

    /// <summary>The first code unit; also valid, and zero, when the string is empty.</summary>
    public ref readonly char GetPinnableReference() => ref _firstChar;
}
