// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A signed 8-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct SByte
{
    private readonly sbyte m_value;

    /// <summary>The largest value.</summary>
    public const sbyte MaxValue = 127;

    /// <summary>The smallest value.</summary>
    public const sbyte MinValue = -128;
}
