// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>An unsigned 32-bit integer (ECMA-335 §I.12.1).</summary>
public readonly partial struct UInt32
{
    private readonly uint m_value;

    /// <summary>The largest value.</summary>
    public const uint MaxValue = 4294967295;

    /// <summary>The smallest value.</summary>
    public const uint MinValue = 0;
}
