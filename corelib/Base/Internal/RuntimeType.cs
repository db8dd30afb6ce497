// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>The one kind of <see cref="Type"/>: a method table. ilc puts ready-made ones into the image.</summary>
internal sealed unsafe partial class RuntimeType : Type
{
    private readonly MethodTable* _pUnderlyingEEType;

    private RuntimeType(MethodTable* table) => _pUnderlyingEEType = table;

    internal MethodTable* Table => _pUnderlyingEEType;

    internal static RuntimeType From(RuntimeTypeHandle handle) => new(handle.Table);

    /// <summary>Compares by method table: one type may have several of these objects.</summary>
    internal static bool Same(Type? left, Type? right)
        => ReferenceEquals(left, right)
            || (left is not null && right is not null && Unsafe.As<RuntimeType>(left).Table == Unsafe.As<RuntimeType>(right).Table);

    internal static bool IsValue(Type type) => Unsafe.As<RuntimeType>(type).Table->IsValueType;

    internal static int Hash(Type type) => (int)((nint)Unsafe.As<RuntimeType>(type).Table >> 3);
}
