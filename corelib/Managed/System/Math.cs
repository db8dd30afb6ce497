// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

public static partial class Math
{
    /// <summary>The circle constant.</summary>
    public const double PI = 3.14159265358979323846;

    /// <summary>The base of natural logarithms.</summary>
    public const double E = 2.7182818284590452354;

    /// <summary>The greater; NaN if either is.</summary>
    public static double Max(double val1, double val2) => val1 > val2 || double.IsNaN(val1) ? val1 : val2;

    /// <summary>The lesser; NaN if either is.</summary>
    public static double Min(double val1, double val2) => val1 < val2 || double.IsNaN(val1) ? val1 : val2;

    /// <summary>The value without its sign.</summary>
    [Intrinsic]
    public static double Abs(double value) => Abs(value);

    /// <summary>The greater; NaN if either is.</summary>
    public static float Max(float val1, float val2) => val1 > val2 || float.IsNaN(val1) ? val1 : val2;

    /// <summary>The lesser; NaN if either is.</summary>
    public static float Min(float val1, float val2) => val1 < val2 || float.IsNaN(val1) ? val1 : val2;

    /// <summary>The value without its sign.</summary>
    [Intrinsic]
    public static float Abs(float value) => Abs(value);

    /// <summary>The square root.</summary>
    [Intrinsic]
    public static double Sqrt(double d) => Sqrt(d);

    /// <summary>The greatest whole number not above.</summary>
    public static double Floor(double d)
    {
        if (!(d > -WholeFrom && d < WholeFrom)) return d;
        double whole = (long)d;
        return whole > d ? whole - 1 : whole;
    }

    /// <summary>The least whole number not below.</summary>
    public static double Ceiling(double a) => -Floor(-a);

    /// <summary>The whole part.</summary>
    public static double Truncate(double d) => d < 0 ? Ceiling(d) : Floor(d);

    /// <summary>From here on every double is whole.</summary>
    private const double WholeFrom = 1ul << 52;

    // Checked conversions: ilc finds the methods by name. The comparisons fail for NaN too.
    private static int ConvertToInt32Checked(double value)
    {
        if (!(value > -2147483649.0 && value < 2147483648.0)) ThrowHelpers.ThrowOverflowException();
        return (int)value;
    }

    private static uint ConvertToUInt32Checked(double value)
    {
        if (!(value > -1.0 && value < 4294967296.0)) ThrowHelpers.ThrowOverflowException();
        return (uint)(long)value;
    }

    private static long ConvertToInt64Checked(double value)
    {
        if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0)) ThrowHelpers.ThrowOverflowException();
        return (long)value;
    }

    private static ulong ConvertToUInt64Checked(double value)
    {
        if (!(value > -1.0 && value < 18446744073709551616.0)) ThrowHelpers.ThrowOverflowException();
        return (ulong)value;
    }
}
