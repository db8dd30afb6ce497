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

    /// <summary>The object of a type: the one that ilc made, or one made at the first call, and then always the same.</summary>
    internal static RuntimeType From(RuntimeTypeHandle handle)
    {
        ref RuntimeType? known = ref Unsafe.AsRef<RuntimeType?>(handle.Table->WritableData);
        return known ??= new RuntimeType(handle.Table);
    }

    /// <summary>Compares by method table, for the sake of objects that ilc made where it did not note them.</summary>
    internal static bool Same(Type? left, Type? right)
        => ReferenceEquals(left, right)
            || (left is not null && right is not null && Unsafe.As<RuntimeType>(left).Table == Unsafe.As<RuntimeType>(right).Table);

    internal static bool IsValue(Type type) => Unsafe.As<RuntimeType>(type).Table->IsValueType;

    internal static int Hash(Type type) => (int)((nint)Unsafe.As<RuntimeType>(type).Table >> 3);
}
