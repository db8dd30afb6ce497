// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An IEEE 754 number of 32 bits. Never used in the kernel (toolchain rule: no xmm).</summary>
public readonly partial struct Single
{
    private readonly float m_value;

    /// <summary>The largest finite value.</summary>
    public const float MaxValue = 3.40282346638528859e+38f;

    /// <summary>The most negative finite value.</summary>
    public const float MinValue = -3.40282346638528859e+38f;

    /// <summary>Not a number.</summary>
    public const float NaN = (float)0.0 / (float)0.0;

    /// <summary>Positive infinity.</summary>
    public const float PositiveInfinity = (float)1.0 / (float)0.0;

    /// <summary>Negative infinity.</summary>
    public const float NegativeInfinity = (float)(-1.0) / (float)0.0;
}
