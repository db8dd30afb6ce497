// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4;

/// <summary>The stack that a root task starts on, which is part of its image.</summary>
public static class RootStack
{
    /// <summary>Bytes of the stack, its guard page included (RootStart.S).</summary>
    public const ulong Size = 128 * 1024;

    /// <summary>Its lowest page, which nothing needs: unmapping it makes an overflow a fault. 0 in a child.</summary>
    public static ulong GuardPage => LowestAddress();

    [RuntimeImport("*", "sel4_root_stack_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong LowestAddress();
}
