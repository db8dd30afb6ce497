// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Testing;

/// <summary>Which of two slots a failed lookup was about (R-CSP-15).</summary>
public enum LookupSide : ulong
{
    Destination = 0,
    Source = 1,
}
