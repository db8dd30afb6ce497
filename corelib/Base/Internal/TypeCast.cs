// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime;

/// <summary>Type tests and casts. ilc finds the methods by name; each passes the target type first.</summary>
internal static unsafe class TypeCast
{
    internal static object? IsInstanceOfAny(MethodTable* target, object? obj)
        => obj is null || IsAssignable(obj.m_pEEType, target) ? obj : null;

    internal static object? IsInstanceOfInterface(MethodTable* target, object? obj)
        => obj is null || Implements(obj.m_pEEType, target) ? obj : null;

    internal static object? IsInstanceOfClass(MethodTable* target, object? obj)
        => obj is null || DerivesFrom(obj.m_pEEType, target) ? obj : null;

    internal static bool IsInstanceOfException(MethodTable* target, object? obj) => obj is not null && DerivesFrom(obj.m_pEEType, target);

    internal static object? CheckCastAny(MethodTable* target, object? obj)
    {
        if (obj is not null && !IsAssignable(obj.m_pEEType, target)) ThrowHelpers.ThrowInvalidCastException();
        return obj;
    }

    internal static object? CheckCastInterface(MethodTable* target, object? obj)
    {
        if (obj is not null && !Implements(obj.m_pEEType, target)) ThrowHelpers.ThrowInvalidCastException();
        return obj;
    }

    internal static object? CheckCastClass(MethodTable* target, object? obj)
    {
        if (obj is not null && !DerivesFrom(obj.m_pEEType, target)) ThrowHelpers.ThrowInvalidCastException();
        return obj;
    }

    /// <summary>As <see cref="CheckCastClass"/>; the caller has found the object to be of another class, and not null.</summary>
    internal static object? CheckCastClassSpecial(MethodTable* target, object? obj) => CheckCastClass(target, obj);

    /// <summary>Stores into an array of references: an array of a derived class may be seen as one of its base class.</summary>
    internal static void StelemRef(object?[] array, nint index, object? obj)
    {
        if ((nuint)index >= (uint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        if (obj is not null)
        {
            MethodTable* element = array.m_pEEType->Related;
            if (obj.m_pEEType != element && !IsAssignable(obj.m_pEEType, element)) ThrowHelpers.ThrowArrayTypeMismatchException();
        }
        Unsafe.Add(ref Unsafe.As<byte, object?>(ref Unsafe.As<RawArrayData>(array).Data), index) = obj;
    }

    /// <summary>The place of an array element; a writable reference demands the exact element type.</summary>
    internal static ref object? LdelemaRef(object?[] array, nint index, MethodTable* elementType)
    {
        if ((nuint)index >= (uint)array.Length) ThrowHelpers.ThrowIndexOutOfRangeException();
        if (array.m_pEEType->Related != elementType) ThrowHelpers.ThrowArrayTypeMismatchException();
        return ref Unsafe.Add(ref Unsafe.As<byte, object?>(ref Unsafe.As<RawArrayData>(array).Data), index);
    }

    /// <summary>Whether an object of one type may stand where the other is wanted.</summary>
    internal static bool IsAssignable(MethodTable* source, MethodTable* target)
    {
        if (source == target) return true;
        if (target->IsInterface) return Implements(source, target);
        if (target->IsArray) return source->IsArray && IsArrayAssignable(source, target);
        if (target->IsNullable) return source == target->GenericArgument(0);
        return DerivesFrom(source, target);
    }

    private static bool DerivesFrom(MethodTable* source, MethodTable* target)
    {
        for (MethodTable* type = source; type is not null; type = type->Base)
        {
            if (type == target) return true;
            if (target->IsVariant && IsVariantOf(type, target)) return true;
        }
        return false;
    }

    private static bool Implements(MethodTable* source, MethodTable* target)
    {
        if (source == target) return true;
        MethodTable** interfaces = source->Interfaces;
        for (int index = 0; index < source->InterfaceCount; index++)
        {
            if (interfaces[index] == target) return true;
        }
        if (!target->IsVariant && !(source->IsArray && target->IsGeneric)) return false;
        for (int index = 0; index < source->InterfaceCount; index++)
        {
            if (IsVariantOf(interfaces[index], target)) return true;
        }
        return source->IsInterface && IsVariantOf(source, target);
    }

    /// <summary>Arrays of one rank whose elements are convertible by reference, or are integers of the same size.</summary>
    private static bool IsArrayAssignable(MethodTable* source, MethodTable* target)
        => source->ElementType == target->ElementType && source->BaseSize == target->BaseSize
            && IsElementAssignable(source->Related, target->Related);

    private static bool IsElementAssignable(MethodTable* source, MethodTable* target)
    {
        if (source == target) return true;
        if (!source->IsValueType) return !source->IsParameterized || source->IsArray ? IsAssignable(source, target) : false;
        return target->IsValueType && Reduced(source) == Reduced(target) && Reduced(source) != ElementType.ValueType;
    }

    /// <summary>Integers of one size count as one element type (ECMA-335 §I.8.7.1), enumerations as their integers.</summary>
    private static ElementType Reduced(MethodTable* type) => type->ElementType switch
    {
        ElementType.SByte or ElementType.Byte => ElementType.Byte,
        ElementType.Int16 or ElementType.UInt16 => ElementType.UInt16,
        ElementType.Int32 or ElementType.UInt32 => ElementType.UInt32,
        ElementType.Int64 or ElementType.UInt64 or ElementType.IntPtr or ElementType.UIntPtr => ElementType.UInt64,
        ElementType.Nullable => ElementType.ValueType,
        ElementType other => other,
    };

    /// <summary>Whether two instances of one generic type differ only where its parameters vary (ECMA-335 §I.8.7.1).</summary>
    internal static bool IsVariantOf(MethodTable* source, MethodTable* target)
    {
        if (source == target) return true;
        if (!source->IsGeneric || !target->IsGeneric) return false;
        MethodTable* definition = target->GenericDefinition;
        if (source->GenericDefinition != definition) return false;
        byte* variance = definition->IsVariant ? definition->Variance : null;
        for (int index = 0; index < definition->Arity; index++)
        {
            MethodTable* from = source->GenericArgument(index);
            MethodTable* to = target->GenericArgument(index);
            if (from == to) continue;
            Varies kind = variance is null ? Varies.Not : (Varies)variance[index];
            bool fits = kind switch
            {
                Varies.Out => !from->IsValueType && IsAssignable(from, to),
                Varies.In => !to->IsValueType && IsAssignable(to, from),
                Varies.AsArray => IsElementAssignable(from, to),
                _ => false,
            };
            if (!fits) return false;
        }
        return true;
    }

    /// <summary>How a type parameter varies, as ilc writes it; the last is for the interfaces of arrays.</summary>
    private enum Varies : byte
    {
        Not = 0,
        Out = 1,
        In = 2,
        AsArray = 0x20,
    }
}
