// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An integer of pointer size; C# writes it <c>nint</c>.</summary>
public readonly unsafe partial struct IntPtr
{
    private readonly nint m_value;

    /// <summary>The value zero.</summary>
    public static readonly nint Zero;

    /// <summary>Bytes in a pointer.</summary>
    public static int Size => sizeof(nint);

    /// <summary>The largest value.</summary>
    public static nint MaxValue => unchecked((nint)long.MaxValue);

    /// <summary>The smallest value.</summary>
    public static nint MinValue => unchecked((nint)long.MinValue);

    /// <summary>Takes the address as a number.</summary>
    public IntPtr(void* value) => m_value = (nint)value;

    /// <summary>Gives the number as an address.</summary>
    public void* ToPointer() => (void*)m_value;
}
