// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract partial class Type
{
    /// <summary>The handle.</summary>
    public unsafe RuntimeTypeHandle TypeHandle => new(Unsafe.As<RuntimeType>(this).Table);

    /// <summary>Whether it is an enumeration; folded for <c>typeof</c>.</summary>
    public unsafe bool IsEnum
    {
        [Intrinsic]
        get => Unsafe.As<RuntimeType>(this).Table->Base == MethodTable.Of<Enum>();
    }

    /// <summary>The address of the method table, which the symbol file resolves: the image has no names of types.</summary>
    public override unsafe string ToString() => "type at 0x" + ((ulong)Unsafe.As<RuntimeType>(this).Table).ToString("x");
}
