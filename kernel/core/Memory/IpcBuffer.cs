// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>A thread's IPC buffer as the kernel sees it: 1024 bytes inside a frame of the user (ABI §4.5).</summary>
/// <remarks>
/// Holding a present buffer proves that the address came from <see cref="IArch.LookupIpcBuffer"/>, so that it lies in a
/// frame whose capability the thread's TCB holds. The words are the user's and may change between two reads.
/// </remarks>
public readonly unsafe struct IpcBuffer(ulong kernelAddress)
{
    private readonly ulong _kernelAddress = kernelAddress;

    /// <summary>False when the thread has no buffer that it may use in this direction.</summary>
    public bool IsPresent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _kernelAddress != 0;
    }

    /// <summary>Kernel address of the first byte; zero when not present.</summary>
    public ulong Address => _kernelAddress;

    /// <summary>Root of the slot for an arriving capability, a CPtr of the receiver (R-XFER-03).</summary>
    public ulong ReceiveCNode => Word(IpcBufferLayout.ReceiveCNode);

    /// <summary>Index of that slot.</summary>
    public ulong ReceiveIndex => Word(IpcBufferLayout.ReceiveIndex);

    /// <summary>Bits of the index that take part.</summary>
    public ulong ReceiveDepth => Word(IpcBufferLayout.ReceiveDepth);

    /// <summary>Message word <paramref name="index"/>, 0…119; the kernel uses 4 and up (ABI §3.5 item 4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Message(int index) => Word(IpcBufferLayout.Message + (8 * index));

    /// <summary>Writes message word <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetMessage(int index, ulong value) => SetWord(IpcBufferLayout.Message + (8 * index), value);

    /// <summary>CPtr of outgoing capability <paramref name="index"/>, 0…2.</summary>
    public ulong CapabilityPointer(int index) => Word(IpcBufferLayout.CapsOrBadges + (8 * index));

    /// <summary>Stores the badge of an unwrapped capability (R-XFER-05).</summary>
    public void SetBadge(int index, ulong badge) => SetWord(IpcBufferLayout.CapsOrBadges + (8 * index), badge);

    /// <summary>Copies message words from <paramref name="first"/> up to <paramref name="end"/>, four at a time at first.</summary>
    /// <remarks>The buffers may be one and the same, and overlap in no other way: both are 1024-aligned.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void CopyMessage(IpcBuffer source, IpcBuffer target, int first, int end)
    {
        ulong* from = (ulong*)(source._kernelAddress + IpcBufferLayout.Message) + first;
        ulong* to = (ulong*)(target._kernelAddress + IpcBufferLayout.Message) + first;
        // SAFETY: the caller has 4 <= first, end <= 120; see also below.
        ulong* last = (ulong*)(source._kernelAddress + IpcBufferLayout.Message) + end;
        while (from + 4 <= last)
        {
            // Through registers one after the other, out of order: joined stores would need a vector register.
            ulong word = from[0];
            to[0] = word;
            word = from[2];
            to[2] = word;
            word = from[1];
            to[1] = word;
            word = from[3];
            to[3] = word;
            from += 4;
            to += 4;
        }

        for (; from < last; from++, to++) *to = *from;
    }

    // SAFETY (both): the offset is below 1024, and the buffer lies wholly in one frame because it is 1024-aligned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Word(int offset) => *(ulong*)(_kernelAddress + (ulong)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetWord(int offset, ulong value) => *(ulong*)(_kernelAddress + (ulong)offset) = value;
}
