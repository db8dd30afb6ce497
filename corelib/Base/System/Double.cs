// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An IEEE 754 number of 64 bits. Never used in the kernel (toolchain rule: no xmm).</summary>
public readonly partial struct Double
{
    private readonly double m_value;

    /// <summary>The largest finite value.</summary>
    public const double MaxValue = 1.7976931348623157E+308;

    /// <summary>The most negative finite value.</summary>
    public const double MinValue = -1.7976931348623157E+308;

    /// <summary>Not a number.</summary>
    public const double NaN = (double)0.0 / (double)0.0;

    /// <summary>Positive infinity.</summary>
    public const double PositiveInfinity = (double)1.0 / (double)0.0;

    /// <summary>Negative infinity.</summary>
    public const double NegativeInfinity = (double)(-1.0) / (double)0.0;
}
