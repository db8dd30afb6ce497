// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>The system calls. Message words are read from and written to the running thread's IPC buffer.</summary>
/// <remarks>
/// Kernel names: <c>seL4_Call</c>, <c>seL4_ReplyRecv</c> and so on. The registers of each are in ABI-3.2 and ABI-3.4; what
/// a receive writes is in ABI-3.5.
/// </remarks>
public static class Syscall
{
    /// <summary>Sends a message and waits for the answer. Answers by programs carry their own labels, not error codes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static MessageInfo Call(CapabilityPointer target, MessageInfo message) =>
        SyscallPrimitive.Call(target.Value, message.Word).Info;

    /// <summary>Calls a kernel object and turns the answer into an error value.</summary>
    /// <param name="buffer">The running thread's buffer, which the caller has at hand already.</param>
    public static Sel4Error Invoke(CapabilityPointer target, MessageInfo message, IpcBuffer buffer)
    {
        MessageInfo answer = SyscallPrimitive.Call(target.Value, message.Word).Info;
        return answer.Label == 0 ? default : Sel4Error.FromMessage(answer, buffer);
    }

    /// <summary>Answers the last caller and waits for the next message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Received ReplyRecv(CapabilityPointer source, MessageInfo answer) =>
        SyscallPrimitive.ReplyRecv(source.Value, answer.Word);

    /// <summary>Sends a message and waits until a receiver has taken it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Send(CapabilityPointer target, MessageInfo message) =>
        SyscallPrimitive.Send(target.Value, message.Word);

    /// <summary>Sends a message when a receiver waits; otherwise the message is lost, which the sender cannot notice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void NBSend(CapabilityPointer target, MessageInfo message) =>
        SyscallPrimitive.NBSend(target.Value, message.Word);

    /// <summary>Waits for a message or a signal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Received Recv(CapabilityPointer source) =>
        SyscallPrimitive.Recv(source.Value);

    /// <summary>Takes a message or a signal if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Received NBRecv(CapabilityPointer source) =>
        SyscallPrimitive.NBRecv(source.Value);

    /// <summary>Answers the last caller; nothing happens when there is none (R-REPLY-03).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reply(MessageInfo answer) =>
        SyscallPrimitive.Reply(answer.Word);

    /// <summary>Sets bits of a notification; never waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Signal(CapabilityPointer notification) => SyscallPrimitive.Signal(notification.Value);

    /// <summary>Waits until a notification has bits, takes them, and leaves the IPC buffer alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Badge Wait(CapabilityPointer notification) =>
        new(SyscallPrimitive.Simple(SystemCall.Recv, notification.Value));

    /// <summary>Takes the bits of a notification; none when it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Badge Poll(CapabilityPointer notification) =>
        new(SyscallPrimitive.Simple(SystemCall.NBRecv, notification.Value));

    /// <summary>Lets other threads of the same priority run.</summary>
    public static void Yield() => SyscallPrimitive.Simple(SystemCall.Yield, 0);

    /// <summary>Sets the running thread's FS base, in builds that have this call; others fault. Prefer Tcb.SetTlsBase.</summary>
    public static void SetTlsBase(ulong address) => SyscallPrimitive.Simple(SystemCall.SetTlsBase, address);

    /// <summary>Prints one byte on the kernel's console; printing kernels only, others fault.</summary>
    public static void DebugPutChar(byte character) =>
        SyscallPrimitive.Simple(SystemCall.DebugPutChar, character);

    /// <summary>Prints the threads; printing kernels only.</summary>
    public static void DebugDumpScheduler() => SyscallPrimitive.Simple(SystemCall.DebugDumpScheduler, 0);

    /// <summary>Stops the machine; debug kernels only.</summary>
    public static void DebugHalt() => SyscallPrimitive.Simple(SystemCall.DebugHalt, 0);

    /// <summary>Prints the capabilities; debug kernels only.</summary>
    public static void DebugSnapshot() => SyscallPrimitive.Simple(SystemCall.DebugSnapshot, 0);

    /// <summary>Tells the type of a capability; debug kernels only.</summary>
    public static CapabilityTypeTag DebugCapIdentify(CapabilityPointer capability) =>
        (CapabilityTypeTag)SyscallPrimitive.Simple(SystemCall.DebugCapIdentify, capability.Value);

    /// <summary>Gives a thread a name for the kernel's messages; debug kernels only. The message words are overwritten.</summary>
    /// <returns>False when the name is too long; the kernel would stop the machine (ABI-25).</returns>
    public static bool DebugNameThread(Cap<Tcb> thread, System.ReadOnlySpan<byte> name)
    {
        System.Span<byte> bytes = IpcBuffer.Current.Bytes;
        if (name.Length > AbiConstants.MaxDebugNameBytes)
        {
            return false;
        }

        name.CopyTo(bytes);
        bytes[name.Length] = 0;
        SyscallPrimitive.Simple(SystemCall.DebugNameThread, thread.Value);
        return true;
    }

    /// <summary>Does nothing in the kernel, for measurements; kernels with benchmarks only.</summary>
    public static void BenchmarkNull() => SyscallPrimitive.Simple(SystemCall.BenchmarkNullSyscall, 0);
}
