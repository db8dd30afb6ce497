// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace System;

public unsafe partial class Object
{
    /// <summary>The class of the object.</summary>
    [Intrinsic]
    public Type GetType() => RuntimeType.From(new RuntimeTypeHandle(m_pEEType));

    /// <summary>A new object with the same fields.</summary>
    protected object MemberwiseClone()
    {
        MethodTable* type = m_pEEType;
        object clone = type->ComponentSize == 0 ? Heap.NewObject(type) : Heap.NewArray(type, Unsafe.As<Array>(this).Length);
        nuint bytes = type->BaseSize - (2 * (nuint)sizeof(nint));
        if (type->ComponentSize != 0) bytes += (nuint)type->ComponentSize * (uint)Unsafe.As<Array>(this).Length;
        SpanHelpers.Memmove(ref Unsafe.As<RawData>(clone).Data, ref Unsafe.As<RawData>(this).Data, bytes);
        return clone;
    }

    partial void Describe(ref string? text) => text = GetType().ToString();
}

/// <summary>Something that makes copies of itself.</summary>
public interface ICloneable
{
    /// <summary>A copy.</summary>
    object Clone();
}
