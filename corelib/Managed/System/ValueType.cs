// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public abstract unsafe partial class ValueType
{
    private const int UseBytes = -1;
    private const int CountFields = -1;

    /// <summary>
    /// Tells the fields of the struct: their number for index -1, else the offset and type of one. ilc overrides it in structs whose
    /// equality is not that of their bytes.
    /// </summary>
    internal virtual int __GetFieldHelper(int index, out MethodTable* eeType)
    {
        eeType = null;
        return UseBytes;
    }

    /// <summary>Whether the object is a struct of the same type with equal fields.</summary>
    public override bool Equals([NotNullWhen(true)] object? obj)
    {
        if (obj is null || obj.m_pEEType != m_pEEType) return false;
        ref byte mine = ref Unsafe.As<RawData>(this).Data;
        ref byte other = ref Unsafe.As<RawData>(obj).Data;
        int fields = __GetFieldHelper(CountFields, out _);
        if (fields == UseBytes) return SpanHelpers.SequenceEqual(ref mine, ref other, m_pEEType->ValueSize);
        for (int index = 0; index < fields; index++)
        {
            int offset = __GetFieldHelper(index, out MethodTable* type);
            object? left = Box(type, ref Unsafe.Add(ref mine, offset));
            object? right = Box(type, ref Unsafe.Add(ref other, offset));
            if (!Equals(left, right)) return false;
        }
        return true;
    }

    /// <summary>From all fields, so that equal structs have equal numbers.</summary>
    public override int GetHashCode()
    {
        ref byte mine = ref Unsafe.As<RawData>(this).Data;
        HashCode hash = default;
        int fields = __GetFieldHelper(CountFields, out _);
        if (fields == UseBytes)
        {
            hash.AddBytes(new ReadOnlySpan<byte>(ref mine, (int)m_pEEType->ValueSize));
            return hash.ToHashCode();
        }
        for (int index = 0; index < fields; index++)
        {
            int offset = __GetFieldHelper(index, out MethodTable* type);
            hash.Add(Box(type, ref Unsafe.Add(ref mine, offset)));
        }
        return hash.ToHashCode();
    }

    private static object? Box(MethodTable* type, ref byte field)
        => type->IsValueType ? System.Runtime.RuntimeExports.RhBox(type, ref field) : Unsafe.As<byte, object?>(ref field);
}
