// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>The base of all enumerations.</summary>
public abstract partial class Enum : ValueType
{
}
