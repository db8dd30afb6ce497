// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>
/// What FS base points at in a running thread: a few words that tell the thread about itself. Whoever starts a thread sets FS
/// base to <see cref="Of"/>; the thread's own start-up, or <c>UserThread</c>, fills the words.
/// </summary>
/// <remarks>
/// The area is in the page of the thread's IPC buffer, behind the buffer. So its address follows from that of the buffer,
/// which parents tell their children anyway, and no thread needs an instruction or a capability to find its FS base.
/// </remarks>
public static class ThreadArea
{
    /// <summary>Bytes from the start of the IPC buffer to the area.</summary>
    public const ulong OffsetFromIpcBuffer = IpcBufferLayout.Size;

    /// <summary>The area's own address; the x86 convention for thread-local storage.</summary>
    public const int Self = 0;

    /// <summary>The address of the IPC buffer.</summary>
    public const int IpcBuffer = 8;

    /// <summary>Where the base of thread statics will go; 0 so far.</summary>
    public const int ThreadStatics = 16;

    /// <summary>Bytes of the area.</summary>
    public const int Size = 64;

    /// <summary>The area of the thread whose IPC buffer is at an address: the value for its FS base.</summary>
    public static ulong Of(ulong ipcBufferAddress) => ipcBufferAddress + OffsetFromIpcBuffer;

    /// <summary>Fills the area of a thread whose buffer's page is mapped here.</summary>
    /// <param name="mappedBuffer">Where the buffer is in the address space of the one who calls.</param>
    /// <param name="ipcBufferAddress">Where it is in the address space of the thread.</param>
    internal static unsafe void Fill(ulong mappedBuffer, ulong ipcBufferAddress)
    {
        // SAFETY: the caller vouches for a writable page at mappedBuffer; the area lies in the same page as the buffer.
        byte* area = (byte*)Of(mappedBuffer);
        *(ulong*)(area + Self) = Of(ipcBufferAddress);
        *(ulong*)(area + IpcBuffer) = ipcBufferAddress;
        *(ulong*)(area + ThreadStatics) = 0;
    }
}
