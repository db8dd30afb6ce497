// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A signed 16-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct Int16
{
    private readonly short m_value;

    /// <summary>The largest value.</summary>
    public const short MaxValue = 32767;

    /// <summary>The smallest value.</summary>
    public const short MinValue = -32768;
}
