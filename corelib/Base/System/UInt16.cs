// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An unsigned 16-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct UInt16
{
    private readonly ushort m_value;

    /// <summary>The largest value.</summary>
    public const ushort MaxValue = 65535;

    /// <summary>The smallest value.</summary>
    public const ushort MinValue = 0;
}
