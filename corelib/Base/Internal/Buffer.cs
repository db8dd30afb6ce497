// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Copies of memory.</summary>
public static unsafe class Buffer
{
    /// <summary>Copies bytes; the places may overlap.</summary>
    public static void MemoryCopy(void* source, void* destination, long destinationSizeInBytes, long sourceBytesToCopy)
        => MemoryCopy(source, destination, (ulong)destinationSizeInBytes, (ulong)sourceBytesToCopy);

    /// <summary>Copies bytes; the places may overlap.</summary>
    public static void MemoryCopy(void* source, void* destination, ulong destinationSizeInBytes, ulong sourceBytesToCopy)
    {
        if (sourceBytesToCopy > destinationSizeInBytes) Internal.Runtime.CompilerHelpers.ThrowHelpers.ThrowArgumentOutOfRangeException();
        MemoryOperations.Move(destination, source, (nuint)sourceBytesToCopy);
    }

    /// <summary>Copies elements; the places may overlap.</summary>
    internal static void Memmove<T>(ref T destination, ref T source, nuint elementCount)
        => MemoryOperations.Move(Unsafe.AsPointer(ref destination), Unsafe.AsPointer(ref source), elementCount * (nuint)sizeof(T));

    /// <summary>Copies object references; without a collector there is no barrier to keep.</summary>
    internal static void BulkMoveWithWriteBarrier(ref byte destination, ref byte source, nuint byteCount)
        => MemoryOperations.Move(Unsafe.AsPointer(ref destination), Unsafe.AsPointer(ref source), byteCount);
}
