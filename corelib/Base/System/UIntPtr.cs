// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An integer of pointer size; C# writes it <c>nuint</c>.</summary>
public readonly unsafe partial struct UIntPtr
{
    private readonly nuint m_value;

    /// <summary>The value zero.</summary>
    public static readonly nuint Zero;

    /// <summary>Bytes in a pointer.</summary>
    public static int Size => sizeof(nuint);

    /// <summary>The largest value.</summary>
    public static nuint MaxValue => unchecked((nuint)ulong.MaxValue);

    /// <summary>The smallest value.</summary>
    public static nuint MinValue => unchecked((nuint)ulong.MinValue);

    /// <summary>Takes the address as a number.</summary>
    public UIntPtr(void* value) => m_value = (nuint)value;

    /// <summary>Gives the number as an address.</summary>
    public void* ToPointer() => (void*)m_value;
}
