// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;

namespace System;

/// <summary>No value.</summary>
public struct Void
{
}

/// <summary>A field named by an <c>ldtoken</c> instruction; used for constant tables.</summary>
public readonly struct RuntimeFieldHandle
{
    private readonly nint _value;

    internal RuntimeFieldHandle(nint value) => _value = value;
}

/// <summary>A method named by an <c>ldtoken</c> instruction.</summary>
public readonly struct RuntimeMethodHandle
{
    private readonly nint _value;

    internal RuntimeMethodHandle(nint value) => _value = value;
}

/// <summary>A type named by an <c>ldtoken</c> instruction.</summary>
public readonly unsafe partial struct RuntimeTypeHandle
{
    private readonly nint _value;

    internal RuntimeTypeHandle(MethodTable* table) => _value = (nint)table;

    internal MethodTable* Table => (MethodTable*)_value;
}

/// <summary>A variable argument list; the compiler wants the type, nothing supports it.</summary>
public ref struct RuntimeArgumentHandle
{
    private nint _value;
}

/// <summary>A reference with its type; the compiler wants the type, nothing supports it.</summary>
public ref struct TypedReference
{
    private readonly ref byte _value;
    private readonly RuntimeTypeHandle _type;
}
