// SPDX-License-Identifier: BSD-2-Clause
namespace System;

/// <summary>The base of all structs.</summary>
public abstract partial class ValueType
{
}
