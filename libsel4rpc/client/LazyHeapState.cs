// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>The heap of this program: everything that growing it needs, in statics, because growing it must not allocate.</summary>
internal static unsafe class LazyHeapState
{
    /// <summary>Where the heap lies when nobody says otherwise: from 64 GiB, far from what a program is linked to, for 64 GiB.</summary>
    private const ulong DefaultWindowStart = 1ul << 36;

    private const ulong DefaultWindowBytes = 1ul << 36;

    private static HeapGrower s_grower;
    private static RpcMessage s_message;
    private static SavedBuffer s_saved;
    private static bool s_isReady;

    [InlineArray(IpcBufferLayout.Size / sizeof(ulong))]
    private struct SavedBuffer
    {
        private ulong _first;
    }

    /// <summary>Bytes of heap that the root server has given so far.</summary>
    internal static ulong GrantedBytes => s_isReady ? s_grower.MappedBytes : 0;

    /// <summary>Hands out memory; null when there is no more.</summary>
    /// <remarks>
    /// <c>new</c> can stand anywhere, also between receiving a message and reading it. So the IPC buffer is afterwards what
    /// it was before.
    /// </remarks>
    internal static void* Extend(nuint minimumBytes, nuint* grantedBytes)
    {
        if (!s_isReady) Initialize();
        var buffer = (ulong*)IpcBuffer.Current.Address;
        for (int i = 0; i < IpcBufferLayout.Size / sizeof(ulong); i++) s_saved[i] = buffer[i];
        ulong address = s_grower.Extend(ref ProcessSlots.Range, ref s_message, minimumBytes, out ulong granted);
        for (int i = 0; i < IpcBufferLayout.Size / sizeof(ulong); i++) buffer[i] = s_saved[i];
        *grantedBytes = (nuint)granted;
        return (void*)address;
    }

    private static void Initialize()
    {
        var channel = new RpcChannel(ProcessEnvironment.RpcEndpoint, ProcessEnvironment.RpcMagic, ProcessEnvironment.CNode);
        s_grower = new HeapGrower(
            channel, ProcessEnvironment.VSpace, DefaultWindowStart, DefaultWindowStart + DefaultWindowBytes);
        s_isReady = true;
    }
}
