// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A truth value, one byte wide (ECMA-335 §I.12.1).</summary>
public readonly partial struct Boolean
{
    private readonly bool m_value;
}
