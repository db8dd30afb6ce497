// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>Connects the host thread that calls it to a kernel and gives it an IPC buffer.</summary>
public sealed unsafe class HostSyscall : IDisposable
{
    [ThreadStatic]
    private static IHostKernel? s_kernel;

    [ThreadStatic]
    private static ulong s_buffer;

    private void* _owned;

    private HostSyscall(void* owned) => _owned = owned;

    internal static ulong BufferAddress =>
        s_buffer != 0 ? s_buffer : throw new InvalidOperationException("no kernel is installed for this host thread");

    /// <summary>Installs a kernel with a fresh, empty IPC buffer until the result is disposed of.</summary>
    public static HostSyscall Install(IHostKernel kernel)
    {
        void* memory = NativeMemory.AlignedAlloc(IpcBufferLayout.Size, IpcBufferLayout.Size);
        NativeMemory.Clear(memory, IpcBufferLayout.Size);
        s_kernel = kernel;
        s_buffer = (ulong)memory;
        return new HostSyscall(memory);
    }

    /// <summary>Installs a kernel with a buffer that lives elsewhere, such as in simulated memory.</summary>
    public static HostSyscall Install(IHostKernel kernel, IpcBuffer buffer)
    {
        s_kernel = kernel;
        s_buffer = buffer.Address;
        return new HostSyscall(null);
    }

    /// <summary>Takes the kernel away from this host thread.</summary>
    public void Dispose()
    {
        s_kernel = null;
        s_buffer = 0;
        NativeMemory.AlignedFree(_owned);
        _owned = null;
    }

    internal static void Enter(ref HostRegisters registers, IpcBuffer buffer)
    {
        IHostKernel kernel = s_kernel ?? throw new InvalidOperationException("no kernel is installed for this host thread");
        kernel.SystemCall(ref registers, buffer);
    }
}
