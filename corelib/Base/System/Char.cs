// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>A UTF-16 code unit (ECMA-335 §I.12.1).</summary>
public readonly partial struct Char
{
    private readonly char m_value;

    /// <summary>The largest value.</summary>
    public const char MaxValue = '\uffff';

    /// <summary>The smallest value.</summary>
    public const char MinValue = '\0';
}
