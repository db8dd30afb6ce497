// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>What ilc passes to say which module a type is in; programs here have one module.</summary>
internal struct TypeManagerSlot
{
    internal nint TypeManager;
    internal int ModuleIndex;
}

/// <summary>Fields marked ThreadStatic. A program has one thread, so there is one copy, made at first use.</summary>
internal static unsafe class ThreadStatics
{
    private static MethodTable** s_types;
    private static int s_count;
    private static object?[]? s_storage;

    internal static void Initialize(MethodTable** start, MethodTable** end)
    {
        s_types = start;
        s_count = (int)(end - start);
    }

    internal static object GetThreadStaticBaseForType(TypeManagerSlot* module, int typeTlsIndex)
    {
        s_storage ??= new object?[s_count];
        return s_storage[typeTlsIndex] ??= Heap.NewObject(s_types[typeTlsIndex]);
    }
}
