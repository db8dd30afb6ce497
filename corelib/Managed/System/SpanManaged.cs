// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System;

public readonly ref partial struct Span<T>
{
    /// <summary>The elements in a new array.</summary>
    public T[] ToArray() => ((ReadOnlySpan<T>)this).ToArray();

    /// <summary>The text of a span of characters.</summary>
    public override string ToString() => ((ReadOnlySpan<T>)this).ToString();

    static partial void CheckExactType(T[] array)
    {
        unsafe
        {
            if (array.m_pEEType != MethodTable.Of<T[]>()) ThrowHelpers.ThrowArrayTypeMismatchException();
        }
    }
}

public readonly ref partial struct ReadOnlySpan<T>
{
    /// <summary>The elements in a new array.</summary>
    public T[] ToArray()
    {
        if (_length == 0) return [];
        T[] result = new T[_length];
        CopyTo(result);
        return result;
    }

    /// <summary>The text of a span of characters.</summary>
    public override string ToString()
        => typeof(T) == typeof(char)
            ? new string(new ReadOnlySpan<char>(ref System.Runtime.CompilerServices.Unsafe.As<T, char>(ref _reference), _length))
            : "System.ReadOnlySpan";
}
