// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A signed 64-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct Int64
{
    private readonly long m_value;

    /// <summary>The largest value.</summary>
    public const long MaxValue = 9223372036854775807;

    /// <summary>The smallest value.</summary>
    public const long MinValue = -9223372036854775808;
}
