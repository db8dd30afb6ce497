// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace System.Numerics;

/// <summary>Counting and turning bits.</summary>
/// <remarks>
/// Only instructions of the first x86-64 are used: scans become <c>bsf</c> and <c>bsr</c>, counting is arithmetic. The newer
/// <c>lzcnt</c> and <c>tzcnt</c> would silently run as the old scans, with other results, on processors that lack them.
/// </remarks>
public static class BitOperations
{
    /// <summary>Zero bits above the highest one bit; 32 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingZeroCount(uint value) => value == 0 ? 32 : 31 ^ (int)X86Base.BitScanReverse(value);

    /// <summary>Zero bits above the highest one bit; 64 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingZeroCount(ulong value) => value == 0 ? 64 : 63 ^ (int)X86Base.X64.BitScanReverse(value);

    /// <summary>Zero bits above the highest one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LeadingZeroCount(nuint value) => LeadingZeroCount((ulong)value);

    /// <summary>Zero bits below the lowest one bit; 32 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(uint value) => value == 0 ? 32 : (int)X86Base.BitScanForward(value);

    /// <summary>Zero bits below the lowest one bit; 32 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(int value) => TrailingZeroCount((uint)value);

    /// <summary>Zero bits below the lowest one bit; 64 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(ulong value) => value == 0 ? 64 : (int)X86Base.X64.BitScanForward(value);

    /// <summary>Zero bits below the lowest one bit; 64 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(long value) => TrailingZeroCount((ulong)value);

    /// <summary>Zero bits below the lowest one bit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int TrailingZeroCount(nuint value) => TrailingZeroCount((ulong)value);

    /// <summary>Position of the highest one bit; 0 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Log2(uint value) => (int)X86Base.BitScanReverse(value | 1);

    /// <summary>Position of the highest one bit; 0 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Log2(ulong value) => (int)X86Base.X64.BitScanReverse(value | 1);

    /// <summary>Position of the highest one bit; 0 for zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Log2(nuint value) => Log2((ulong)value);

    /// <summary>Number of one bits.</summary>
    public static int PopCount(uint value)
    {
        value -= (value >> 1) & 0x5555_5555u;
        value = (value & 0x3333_3333u) + ((value >> 2) & 0x3333_3333u);
        return (int)((((value + (value >> 4)) & 0x0F0F_0F0Fu) * 0x0101_0101u) >> 24);
    }

    /// <summary>Number of one bits.</summary>
    public static int PopCount(ulong value)
    {
        value -= (value >> 1) & 0x5555_5555_5555_5555ul;
        value = (value & 0x3333_3333_3333_3333ul) + ((value >> 2) & 0x3333_3333_3333_3333ul);
        return (int)((((value + (value >> 4)) & 0x0F0F_0F0F_0F0F_0F0Ful) * 0x0101_0101_0101_0101ul) >> 56);
    }

    /// <summary>Number of one bits.</summary>
    public static int PopCount(nuint value) => PopCount((ulong)value);

    /// <summary>Whether exactly one bit is set.</summary>
    public static bool IsPow2(uint value) => value != 0 && (value & (value - 1)) == 0;

    /// <summary>Whether exactly one bit is set.</summary>
    public static bool IsPow2(ulong value) => value != 0 && (value & (value - 1)) == 0;

    /// <summary>Whether exactly one bit is set, and not the sign.</summary>
    public static bool IsPow2(int value) => value > 0 && (value & (value - 1)) == 0;

    /// <summary>Whether exactly one bit is set, and not the sign.</summary>
    public static bool IsPow2(long value) => value > 0 && (value & (value - 1)) == 0;

    /// <summary>Whether exactly one bit is set.</summary>
    public static bool IsPow2(nuint value) => IsPow2((ulong)value);

    /// <summary>The next power of two at or above; 0 for zero and when it does not fit.</summary>
    public static uint RoundUpToPowerOf2(uint value)
        => value == 0 || value > 0x8000_0000u ? 0 : (uint)(1ul << (32 - LeadingZeroCount(value - 1)));

    /// <summary>The next power of two at or above; 0 for zero and when it does not fit.</summary>
    public static ulong RoundUpToPowerOf2(ulong value)
        => value == 0 || value > 0x8000_0000_0000_0000ul ? 0 : value == 1 ? 1 : 2ul << Log2(value - 1);

    /// <summary>Turns left; bits that leave at the top come back below.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateLeft(uint value, int offset) => (value << offset) | (value >> (32 - offset));

    /// <summary>Turns left; bits that leave at the top come back below.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateLeft(ulong value, int offset) => (value << offset) | (value >> (64 - offset));

    /// <summary>Turns right; bits that leave below come back at the top.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint RotateRight(uint value, int offset) => (value >> offset) | (value << (32 - offset));

    /// <summary>Turns right; bits that leave below come back at the top.</summary>
    [Intrinsic]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong RotateRight(ulong value, int offset) => (value >> offset) | (value << (64 - offset));
}
