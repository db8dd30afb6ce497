// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Bulk operations that the JIT calls for larger copies and clears.</summary>
internal static unsafe partial class SpanHelpers
{
    /// <summary>Copies bytes; the places may overlap.</summary>
    [Intrinsic]
    internal static void Memmove(ref byte dest, ref byte src, nuint len)
        => MemoryOperations.Move(Unsafe.AsPointer(ref dest), Unsafe.AsPointer(ref src), len);

    /// <summary>Sets bytes to zero.</summary>
    [Intrinsic]
    internal static void ClearWithoutReferences(ref byte dest, nuint len) => MemoryOperations.Set(Unsafe.AsPointer(ref dest), 0, len);

    /// <summary>Sets bytes.</summary>
    [Intrinsic]
    internal static void Fill(ref byte dest, byte value, nuint len) => MemoryOperations.Set(Unsafe.AsPointer(ref dest), value, len);

    /// <summary>Whether two stretches hold the same bytes.</summary>
    [Intrinsic]
    internal static bool SequenceEqual(ref byte first, ref byte second, nuint length)
        => MemoryOperations.Compare(Unsafe.AsPointer(ref first), Unsafe.AsPointer(ref second), length) == 0;
}
