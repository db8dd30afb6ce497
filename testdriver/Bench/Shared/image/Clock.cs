// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.Bench;

/// <summary>The counter that all figures are taken with.</summary>
public static class Clock
{
    /// <summary>The time stamp counter; under -icount the number of instructions so far.</summary>
    [RuntimeImport("*", "bench_clock")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong Now();
}
