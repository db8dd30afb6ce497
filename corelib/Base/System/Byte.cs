// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An unsigned 8-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct Byte
{
    private readonly byte m_value;

    /// <summary>The largest value.</summary>
    public const byte MaxValue = 255;

    /// <summary>The smallest value.</summary>
    public const byte MinValue = 0;
}
