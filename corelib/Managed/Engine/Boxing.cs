// SPDX-License-Identifier: BSD-2-Clause
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;
using System.Runtime.CompilerServices;

namespace System.Runtime;

/// <summary>Values in objects. ilc finds the methods by name.</summary>
internal static unsafe class RuntimeExports
{
    /// <summary>Boxes; nothing becomes null, and <c>T?</c> with a value becomes a boxed <c>T</c>.</summary>
    internal static object? RhBox(MethodTable* type, ref byte data)
    {
        ref byte source = ref data;
        if (type->IsNullable)
        {
            if (data == 0) return null;
            source = ref Unsafe.Add(ref data, (nint)type->NullableValueOffset);
            type = type->GenericArgument(0);
        }
        object box = Heap.NewObject(type);
        SpanHelpers.Memmove(ref Unsafe.As<RawData>(box).Data, ref source, type->ValueSize);
        return box;
    }

    /// <summary>The place of a boxed value, after its type was found to differ from the one the JIT expected.</summary>
    internal static ref byte RhUnbox2(MethodTable* type, object obj)
    {
        if (obj is not null && !MayUnbox(type, obj.m_pEEType)) ThrowHelpers.ThrowInvalidCastException();
        return ref Unsafe.As<RawData>(obj)!.Data;
    }

    /// <summary>Unboxes into <c>T?</c>; null becomes nothing.</summary>
    internal static void RhUnboxNullable(ref byte data, MethodTable* type, object? obj)
    {
        MethodTable* value = type->GenericArgument(0);
        if (obj is null)
        {
            SpanHelpers.ClearWithoutReferences(ref data, type->ValueSize);
            return;
        }
        if (obj.m_pEEType != value) ThrowHelpers.ThrowInvalidCastException();
        data = 1;
        SpanHelpers.Memmove(ref Unsafe.Add(ref data, (nint)type->NullableValueOffset), ref Unsafe.As<RawData>(obj).Data, value->ValueSize);
    }

    /// <summary>Checks the type of a boxed value whose place the JIT computes itself.</summary>
    internal static void RhUnboxTypeTest(MethodTable* type, MethodTable* boxed)
    {
        if (!MayUnbox(type, boxed)) ThrowHelpers.ThrowInvalidCastException();
    }

    /// <summary>An enumeration and its integer unbox as each other.</summary>
    private static bool MayUnbox(MethodTable* wanted, MethodTable* boxed)
        => wanted == boxed || (wanted->ElementType == boxed->ElementType && wanted->ElementType < ElementType.ValueType);
}
