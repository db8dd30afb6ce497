// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A signed 32-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct Int32
{
    private readonly int m_value;

    /// <summary>The largest value.</summary>
    public const int MaxValue = 2147483647;

    /// <summary>The smallest value.</summary>
    public const int MinValue = -2147483648;
}
