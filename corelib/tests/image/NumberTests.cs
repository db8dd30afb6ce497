// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Globalization;

/// <summary>Parsing, arithmetic, conversions, Math, floating point.</summary>
internal static class NumberTests
{
    internal static void Run()
    {
        Parsing();
        Arithmetic();
        Functions();
        FloatingPoint();
    }

    private static void Parsing()
    {
        Check.Equal("decimal numbers", int.Parse("-17") + int.Parse("+5") + int.Parse(" 3 "), -9);
        Check.That("bounds of int", int.TryParse("2147483647", out int value) && value == int.MaxValue
            && int.TryParse("-2147483648", out value) && value == int.MinValue);
        Check.That("beyond the bounds", !int.TryParse("2147483648", out value) && value == 0 && !int.TryParse("-2147483649", out _)
            && !byte.TryParse("256", out _) && !uint.TryParse("-1", out _));
        Check.That("text that is no number", !int.TryParse("", out _) && !int.TryParse("12a", out _) && !int.TryParse("-", out _)
            && !int.TryParse((string?)null, out _) && !int.TryParse("1 2", out _));
        Check.That("bounds of ulong", ulong.TryParse("18446744073709551615", out ulong large) && large == ulong.MaxValue
            && !ulong.TryParse("18446744073709551616", out _));
        Check.Equal("bounds of long", long.Parse("-9223372036854775808"), long.MinValue);
        Check.That("hexadecimals", uint.TryParse("fFfFfFfF", NumberStyles.HexNumber, null, out uint bits) && bits == uint.MaxValue
            && int.Parse("80000000", NumberStyles.HexNumber) == int.MinValue);
        Check.That("hexadecimals too long", !uint.TryParse("100000000", NumberStyles.HexNumber, null, out _)
            && !byte.TryParse("xx", NumberStyles.HexNumber, null, out _));
        Check.That("small types", byte.Parse("255") == 255 && sbyte.Parse("-128") == -128 && short.Parse("-32768") == short.MinValue
            && ushort.Parse("65535") == 65535);
        Check.That("spans", int.TryParse("x42y".AsSpan(1, 2), out value) && value == 42);
        Check.That("truth values", bool.Parse(" True ") && !bool.Parse("false") && !bool.TryParse("yes", out _));
    }

    private static int s_seven = 7;
    private static long s_large = 1L << 40;

    private static void Arithmetic()
    {
        Check.That("division truncates towards zero", -s_seven / 2 == -3 && -s_seven % 2 == -1 && s_seven % -4 == 3);
        Check.That("shifts", s_seven << 33 == 14 && -s_seven >> 1 == -4 && -s_seven >>> 28 == 15 && s_large >> 38 == 4);
        Check.That("unchecked arithmetic wraps", unchecked(int.MaxValue + s_seven) == int.MinValue + 6
            && unchecked((byte)(s_seven * 100)) == 188);
        Check.That("conversions cut off", unchecked((int)(s_large + 5)) == 5 && unchecked((sbyte)200) == -56
            && (ulong)unchecked((uint)-s_seven) == 4294967289);
        Check.Equal("checked arithmetic within bounds", checked(s_seven * 1000 * 1000), 7000000);
        Check.Equal("checked 64-bit products", checked(s_large * 1000), 1099511627776000L);
        Check.Equal("unsigned 64-bit division", ulong.MaxValue / (ulong)s_seven, 2635249153387078802ul);
        UInt128Like();
    }

    private static void UInt128Like()
    {
        ulong high = Math.BigMul(ulong.MaxValue, 3, out ulong low);
        Check.That("the full product", high == 2 && low == ulong.MaxValue - 2);
        (int quotient, int remainder) = Math.DivRem(-s_seven, 2);
        Check.That("quotient and remainder", quotient == -3 && remainder == -1);
    }

    private static void Functions()
    {
        Check.That("Min and Max", Math.Min(3, -4) == -4 && Math.Max(3ul, 4ul) == 4 && Math.Max((byte)1, (byte)2) == 2);
        Check.That("Abs and Sign", Math.Abs(-5) == 5 && Math.Abs(5L) == 5 && Math.Sign(-9) == -1 && Math.Sign(0) == 0);
        Check.That("Clamp", Math.Clamp(15, 0, 10) == 10 && Math.Clamp(-1, 0, 10) == 0 && Math.Clamp(5, 0, 10) == 5);
        Check.That("order", 3.CompareTo(5) < 0 && 5u.CompareTo(3u) > 0 && 'a'.CompareTo('b') < 0 && true.CompareTo(false) > 0);
        Check.That("equality across boxes", 5.Equals((object)5) && !5.Equals((object)5u) && 'a'.Equals((object)'a'));
        Check.That("characters", char.IsWhiteSpace('\t') && char.IsAsciiDigit('7') && char.IsAsciiHexDigit('F')
            && !char.IsAsciiLetter('1') && char.ToUpperInvariant('q') == 'Q');
        Random first = new(5);
        Random second = new(5);
        bool same = true;
        bool inside = true;
        int different = 0;
        for (int index = 0; index < 1000; index++)
        {
            int drawn = first.Next(10, 20);
            same &= drawn == second.Next(10, 20);
            inside &= drawn is >= 10 and < 20;
            different |= 1 << (drawn - 10);
        }
        Check.That("random numbers repeat with their seed, within bounds, reaching all", same && inside && different == 0x3FF);
        Check.That("random reals", first.NextDouble() is >= 0 and < 1 && first.Next(0) == 0 && first.Next(1) == 0);
        int[] cards = [1, 2, 3, 4, 5, 6, 7, 8];
        first.Shuffle(cards);
        Array.Sort(cards);
        Check.Same("shuffling loses nothing", cards, 1, 2, 3, 4, 5, 6, 7, 8);
    }

    private static double s_half = 0.5;
    private static float s_third = 1f / 3f;

    private static void FloatingPoint()
    {
        Check.That("arithmetic", s_half * 3 == 1.5 && s_half / 0.25 == 2 && s_third * 3f == 1f && -s_half < 0);
        Check.That("to integers", (int)(s_half * 7) == 3 && (long)(-s_half * 7) == -3 && (ulong)(s_half * 1e19) == 5000000000000000000
            && (uint)(s_half * 6) == 3);
        Check.That("from integers", (double)ulong.MaxValue > 1.8e19 && (double)long.MinValue < -9.2e18 && (float)s_seven == 7f
            && (double)uint.MaxValue == 4294967295.0);
        Check.That("no numbers", double.IsNaN(0.0 / (s_half - 0.5)) && double.NaN.Equals(double.NaN) && !(double.NaN == s_half)
            && double.IsInfinity(1 / (s_half - 0.5)));
        Check.That("functions", Math.Sqrt(s_half * 32) == 4 && Math.Floor(-s_half) == -1 && Math.Ceiling(s_half) == 1
            && Math.Abs(-s_half) == 0.5 && Math.Max(s_half, 2.5) == 2.5);
        Check.That("remainders", (s_half * 11) % 2 == 1.5 && -(s_half * 11) % 2 == -1.5);
        Check.That("order of reals", s_half.CompareTo(1.0) < 0 && double.NaN.CompareTo(s_half) < 0
            && s_half.GetHashCode() == 0.5.GetHashCode());
        Check.That("bits", BitConverter.DoubleToInt64Bits(1.0) == 0x3FF0000000000000
            && BitConverter.Int64BitsToDouble(0x4000000000000000) == 2.0);
    }
}
