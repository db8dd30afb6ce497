// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

/// <summary>Makes objects by type argument.</summary>
public static unsafe class Activator
{
    /// <summary>What <c>new T()</c> compiles to.</summary>
    [Intrinsic]
    public static T CreateInstance<T>()
    {
        if (typeof(T).IsValueType)
        {
            T value = default!;
            nint initialize = DefaultConstructorOf<T>();
            if (initialize != 0) ((delegate*<ref T, void>)initialize)(ref value);
            return value;
        }
        object instance = Heap.NewObject(MethodTable.Of<T>());
        ((delegate*<object, void>)DefaultConstructorOf<T>())(instance);
        return Unsafe.As<object, T>(ref instance);
    }

    /// <summary>The code of the constructor without parameters; ilc fills it in.</summary>
    [Intrinsic]
    private static nint DefaultConstructorOf<T>() => DefaultConstructorOf<T>();
}
