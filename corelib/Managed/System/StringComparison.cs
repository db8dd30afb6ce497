// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>How text is compared; every way here is ordinal, with or without regard to the case of ASCII letters.</summary>
public enum StringComparison
{
    Ordinal = 4,
    OrdinalIgnoreCase = 5,
}

/// <summary>What <see cref="string.Split(char, StringSplitOptions)"/> leaves out.</summary>
[Flags]
public enum StringSplitOptions
{
    None = 0,
    RemoveEmptyEntries = 1,
    TrimEntries = 2,
}
