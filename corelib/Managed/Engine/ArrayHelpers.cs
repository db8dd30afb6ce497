// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace Internal.Runtime.CompilerHelpers;

/// <summary>Arrays of several dimensions. ilc finds the methods by name.</summary>
internal static unsafe class ArrayHelpers
{
    /// <summary>
    /// Allocates: behind the length of all stand the lengths of the dimensions, then the lower bounds, then the elements.
    /// </summary>
    internal static object NewObjArray(nint pEEType, int dimensionCount, int* dimensions)
    {
        MethodTable* type = (MethodTable*)pEEType;
        int length = 1;
        for (int index = 0; index < dimensionCount; index++)
        {
            if (dimensions[index] < 0) ThrowHelpers.ThrowOverflowException();
            length = checked(length * dimensions[index]);
        }
        object result = Heap.NewArray(type, length);
        ref int lengths = ref Unsafe.As<byte, int>(ref Unsafe.As<RawArrayData>(result).Data);
        for (int index = 0; index < dimensionCount; index++) Unsafe.Add(ref lengths, index) = dimensions[index];
        return result;
    }

    /// <summary>As above; where ilc cannot tell whether lower bounds are given, C# never gives any.</summary>
    internal static object NewObjArrayRare(nint pEEType, int dimensionCount, int* dimensions)
        => NewObjArray(pEEType, dimensionCount, dimensions);
}
