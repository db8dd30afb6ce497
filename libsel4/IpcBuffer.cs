// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>A thread's IPC buffer: 120 message words, capabilities on the way out, badges and a receive slot on the way in.</summary>
/// <remarks>
/// Words 0 to 3 travel in registers; the system call stubs load them from here and store them back, so that a message is
/// one array at all times (RPC:T5). Layout: ABI-4.5.
/// </remarks>
public readonly unsafe struct IpcBuffer
{
    private readonly ulong* _words;

    /// <summary>Takes the address of a buffer: 1024 bytes, aligned to 1024.</summary>
    // SAFETY: whoever makes a buffer vouches for its address; the runtime does for Current.
    public IpcBuffer(ulong address) => _words = (ulong*)address;

    /// <summary>The buffer of the running thread.</summary>
    public static IpcBuffer Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(SyscallPrimitive.CurrentIpcBuffer());
    }

    /// <summary>Where it is.</summary>
    public ulong Address => (ulong)_words;

    /// <summary>A message word. The index must be below 120; it is not checked, as stubs use constants.</summary>
    public ulong this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _words[(IpcBufferLayout.Message / 8) + index];

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => _words[(IpcBufferLayout.Message / 8) + index] = value;
    }

    /// <summary>All message words.</summary>
    public Span<ulong> Words => new(_words + (IpcBufferLayout.Message / 8), AbiConstants.MaxMessageLength);

    /// <summary>The message words regarded as bytes, in memory order (RPC:T5).</summary>
    public Span<byte> Bytes => new((byte*)_words + IpcBufferLayout.Message, AbiConstants.MaxMessageLength * sizeof(ulong));

    /// <summary>The program's own word of the buffer; the kernel leaves it alone.</summary>
    public ulong UserData
    {
        get => _words[IpcBufferLayout.UserData / 8];
        set => _words[IpcBufferLayout.UserData / 8] = value;
    }

    /// <summary>Puts a capability into the message. MessageInfo.ExtraCaps says how many of the three places count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetCapability(int place, CapabilityPointer capability) =>
        _words[(IpcBufferLayout.CapsOrBadges / 8) + place] = capability.Value;

    /// <summary>The badge of a capability that arrived unwrapped: its bit in MessageInfo.CapsUnwrapped is set.</summary>
    public Badge BadgeOf(int place) => new(_words[(IpcBufferLayout.CapsOrBadges / 8) + place]);

    /// <summary>Says where an arriving capability goes. The slot must be empty (R-XFER-04).</summary>
    public void SetReceiveSlot(SlotPath slot)
    {
        _words[IpcBufferLayout.ReceiveCNode / 8] = slot.Root.Value;
        _words[IpcBufferLayout.ReceiveIndex / 8] = slot.Index;
        _words[IpcBufferLayout.ReceiveDepth / 8] = (ulong)slot.Depth;
    }

    /// <summary>Says that arriving capabilities are refused.</summary>
    public void ClearReceiveSlot()
    {
        _words[IpcBufferLayout.ReceiveCNode / 8] = 0;
        _words[IpcBufferLayout.ReceiveIndex / 8] = 0;
        _words[IpcBufferLayout.ReceiveDepth / 8] = 0;
    }
}
