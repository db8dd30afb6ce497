// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An unsigned 64-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct UInt64
{
    private readonly ulong m_value;

    /// <summary>The largest value.</summary>
    public const ulong MaxValue = 18446744073709551615;

    /// <summary>The smallest value.</summary>
    public const ulong MinValue = 0;
}
