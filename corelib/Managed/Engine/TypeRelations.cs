// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>Which types may stand for which (ECMA-335 §I.8.7).</summary>
internal static unsafe class TypeRelations
{
    [RuntimeExport("corelib_is_instance_of_any")]
    private static object? IsInstanceOfAny(MethodTable* target, object? obj)
        => obj is null || IsAssignable(obj.m_pEEType, target) ? obj : null;

    [RuntimeExport("corelib_is_instance_of_interface")]
    private static object? IsInstanceOfInterface(MethodTable* target, object? obj)
        => obj is null || Implements(obj.m_pEEType, target) ? obj : null;

    [RuntimeExport("corelib_is_instance_of_class")]
    private static object? IsInstanceOfClass(MethodTable* target, object? obj)
        => obj is null || DerivesFrom(obj.m_pEEType, target) ? obj : null;

    [RuntimeExport("corelib_is_instance_of_exception")]
    private static bool IsInstanceOfException(MethodTable* target, object? obj) => obj is not null && DerivesFrom(obj.m_pEEType, target);

    // For the stubs of casts and stores in Runtime.S.
    [RuntimeExport("corelib_is_assignable")]
    private static bool IsAssignableTo(MethodTable* target, MethodTable* source) => IsAssignable(source, target);

    [RuntimeExport("corelib_implements")]
    private static bool IsImplementedBy(MethodTable* target, MethodTable* source) => Implements(source, target);

    [RuntimeExport("corelib_derives_from")]
    private static bool IsBaseOf(MethodTable* target, MethodTable* source) => DerivesFrom(source, target);

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
            if (IsVariantOf(interfaces[index], target, source->IsArray)) return true;
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
    /// <remarks>Of the interfaces of an array even those count whose parameters do not vary, as the array itself does.</remarks>
    internal static bool IsVariantOf(MethodTable* source, MethodTable* target, bool ofArray = false)
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
            Varies kind = ofArray ? Varies.AsArray : variance is null ? Varies.Not : (Varies)variance[index];
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
