// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>The system call stubs of <c>libsel4/runtime/image/Syscalls.S</c>. The host has a twin in <c>libsel4/host</c>.</summary>
internal static class SyscallPrimitive
{
    [RuntimeImport("*", "sel4_syscall_call")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Received Call(ulong target, ulong info);

    [RuntimeImport("*", "sel4_syscall_reply_recv")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Received ReplyRecv(ulong source, ulong info);

    [RuntimeImport("*", "sel4_syscall_send")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Send(ulong target, ulong info);

    [RuntimeImport("*", "sel4_syscall_nb_send")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void NBSend(ulong target, ulong info);

    [RuntimeImport("*", "sel4_syscall_recv")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Received Recv(ulong source);

    [RuntimeImport("*", "sel4_syscall_nb_recv")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern Received NBRecv(ulong source);

    [RuntimeImport("*", "sel4_syscall_reply")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Reply(ulong info);

    [RuntimeImport("*", "sel4_syscall_signal")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Signal(ulong notification);

    /// <summary>A call with one word in and one word out, both in RDI.</summary>
    [RuntimeImport("*", "sel4_syscall_simple")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Simple(SystemCall number, ulong argument);

    [RuntimeImport("*", "sel4_current_ipc_buffer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CurrentIpcBuffer();
}
