// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Runtime.Intrinsics.X86;

/// <summary>Instructions of the first x86-64 that the JIT knows by these names.</summary>
[Intrinsic]
internal static class X86Base
{
    /// <summary>Always.</summary>
    internal static bool IsSupported => IsSupported;

    /// <summary><c>bsf</c>; undefined for zero.</summary>
    internal static uint BitScanForward(uint value) => BitScanForward(value);

    /// <summary><c>bsr</c>; undefined for zero.</summary>
    internal static uint BitScanReverse(uint value) => BitScanReverse(value);

    /// <summary>The same on 64 bits.</summary>
    [Intrinsic]
    internal static class X64
    {
        /// <summary><c>bsf</c>; undefined for zero.</summary>
        internal static ulong BitScanForward(ulong value) => BitScanForward(value);

        /// <summary><c>bsr</c>; undefined for zero.</summary>
        internal static ulong BitScanReverse(ulong value) => BitScanReverse(value);
    }
}
