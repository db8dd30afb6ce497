// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;

namespace Sel4.Rpc;

/// <summary>The core library's way to more memory in a child process: every <c>new</c> may be a client of the root server.</summary>
internal static unsafe class LazyHeap
{
    [RuntimeExport("runtime_heap_extend")]
    private static void* Extend(nuint minimumBytes, nuint* grantedBytes) => LazyHeapState.Extend(minimumBytes, grantedBytes);
}
