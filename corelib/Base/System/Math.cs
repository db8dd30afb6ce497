// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>Arithmetic beyond the operators, on integers.</summary>
public static partial class Math
{
    /// <summary>The greater.</summary>
    public static sbyte Max(sbyte val1, sbyte val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static sbyte Min(sbyte val1, sbyte val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static byte Max(byte val1, byte val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static byte Min(byte val1, byte val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static short Max(short val1, short val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static short Min(short val1, short val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static ushort Max(ushort val1, ushort val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static ushort Min(ushort val1, ushort val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static int Max(int val1, int val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static int Min(int val1, int val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static uint Max(uint val1, uint val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static uint Min(uint val1, uint val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static long Max(long val1, long val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static long Min(long val1, long val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static ulong Max(ulong val1, ulong val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static ulong Min(ulong val1, ulong val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static nint Max(nint val1, nint val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static nint Min(nint val1, nint val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The greater.</summary>
    public static nuint Max(nuint val1, nuint val2) => val1 >= val2 ? val1 : val2;

    /// <summary>The lesser.</summary>
    public static nuint Min(nuint val1, nuint val2) => val1 <= val2 ? val1 : val2;

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static sbyte Clamp(sbyte value, sbyte min, sbyte max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static byte Clamp(byte value, byte min, byte max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static short Clamp(short value, short min, short max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static ushort Clamp(ushort value, ushort min, ushort max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static int Clamp(int value, int min, int max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static uint Clamp(uint value, uint min, uint max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static long Clamp(long value, long min, long max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static ulong Clamp(ulong value, ulong min, ulong max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static nint Clamp(nint value, nint min, nint max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The nearest value within the bounds, both inclusive.</summary>
    public static nuint Clamp(nuint value, nuint min, nuint max)
    {
        if (min > max) ThrowHelpers.ThrowArgumentException();
        return value < min ? min : value > max ? max : value;
    }

    /// <summary>The value without its sign; the smallest value has none and overflows.</summary>
    public static sbyte Abs(sbyte value) => value >= 0 ? value : checked((sbyte)(-value));

    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(sbyte value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    /// <summary>The value without its sign; the smallest value has none and overflows.</summary>
    public static short Abs(short value) => value >= 0 ? value : checked((short)(-value));

    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(short value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    /// <summary>The value without its sign; the smallest value has none and overflows.</summary>
    public static int Abs(int value) => value >= 0 ? value : checked((int)(-value));

    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(int value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    /// <summary>The value without its sign; the smallest value has none and overflows.</summary>
    public static long Abs(long value) => value >= 0 ? value : checked((long)(-value));

    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(long value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    /// <summary>The value without its sign; the smallest value has none and overflows.</summary>
    public static nint Abs(nint value) => value >= 0 ? value : checked((nint)(-value));

    /// <summary>-1, 0 or 1.</summary>
    public static int Sign(nint value) => value < 0 ? -1 : value > 0 ? 1 : 0;

    /// <summary>Quotient and remainder.</summary>
    public static (int Quotient, int Remainder) DivRem(int left, int right)
    {
        int quotient = left / right;
        return (quotient, left - (quotient * right));
    }

    /// <summary>Quotient and remainder.</summary>
    public static (uint Quotient, uint Remainder) DivRem(uint left, uint right)
    {
        uint quotient = left / right;
        return (quotient, left - (quotient * right));
    }

    /// <summary>Quotient and remainder.</summary>
    public static (long Quotient, long Remainder) DivRem(long left, long right)
    {
        long quotient = left / right;
        return (quotient, left - (quotient * right));
    }

    /// <summary>Quotient and remainder.</summary>
    public static (ulong Quotient, ulong Remainder) DivRem(ulong left, ulong right)
    {
        ulong quotient = left / right;
        return (quotient, left - (quotient * right));
    }

    /// <summary>The full product of two 32-bit values.</summary>
    public static long BigMul(int a, int b) => (long)a * b;

    /// <summary>The full product of two 32-bit values.</summary>
    public static ulong BigMul(uint a, uint b) => (ulong)a * b;

    /// <summary>The full product: returns the upper half and gives the lower.</summary>
    public static ulong BigMul(ulong a, ulong b, out ulong low)
    {
        ulong lowProduct = (ulong)(uint)a * (uint)b;
        ulong middle = ((a >> 32) * (uint)b) + (lowProduct >> 32);
        ulong middleLow = (uint)middle + ((ulong)(uint)a * (b >> 32));
        low = (middleLow << 32) | (uint)lowProduct;
        return ((a >> 32) * (b >> 32)) + (middle >> 32) + (middleLow >> 32);
    }
}
