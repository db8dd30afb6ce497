// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>A number that is shown in hexadecimal, in a column.</summary>
public readonly struct HexNumber(ulong value)
{
    public readonly ulong Value = value;
}
