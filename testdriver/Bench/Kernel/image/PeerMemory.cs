// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.Bench;

/// <summary>Memory of the second thread, and the heap's end: this program lives with the heap in its image.</summary>
internal static unsafe class PeerMemory
{
    [RuntimeImport("*", "bench_peer_buffer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Buffer();

    [RuntimeImport("*", "bench_peer_stack_end")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong StackEnd();

    [RuntimeExport("runtime_heap_extend")]
    private static void* Extend(nuint minimumBytes, nuint* grantedBytes) => null;
}
