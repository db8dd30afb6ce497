// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime;
using System.Runtime.CompilerServices;

namespace Sel4.RootServer;

/// <summary>Gives the core library's heap the block that the image reserves, once.</summary>
internal static unsafe class RootHeap
{
    private static bool s_isGiven;

    [RuntimeImport("*", "rootserver_heap")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void* Reserved(nuint* bytes);

    /// <summary>Called by the core library when its heap is used up; null says that there is no more.</summary>
    [RuntimeExport("runtime_heap_extend")]
    private static void* Extend(nuint minimumBytes, nuint* grantedBytes)
    {
        nuint bytes;
        void* heap = Reserved(&bytes);
        if (s_isGiven || minimumBytes > bytes) return null;
        s_isGiven = true;
        *grantedBytes = bytes;
        return heap;
    }
}
