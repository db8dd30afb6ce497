// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>The system call stubs on the host: the same contract as <c>Syscalls.S</c>, with a kernel that is an object.</summary>
internal static class SyscallPrimitive
{
    internal static Received Call(ulong target, ulong info) => Exchange(SystemCall.Call, target, info);

    internal static Received ReplyRecv(ulong source, ulong info) => Exchange(SystemCall.ReplyRecv, source, info);

    internal static void Send(ulong target, ulong info) => Emit(SystemCall.Send, target, info);

    internal static void NBSend(ulong target, ulong info) => Emit(SystemCall.NBSend, target, info);

    internal static Received Recv(ulong source) => Exchange(SystemCall.Recv, source, 0);

    internal static Received NBRecv(ulong source) => Exchange(SystemCall.NBRecv, source, 0);

    internal static void Reply(ulong info) => Emit(SystemCall.Reply, 0, info);

    internal static void Signal(ulong notification)
    {
        HostRegisters registers = default;
        registers.Rdx = Number(SystemCall.Send);
        registers.Rdi = notification;
        HostSyscall.Enter(ref registers, new IpcBuffer(CurrentIpcBuffer()));
    }

    internal static ulong Simple(SystemCall number, ulong argument)
    {
        HostRegisters registers = default;
        registers.Rdx = Number(number);
        registers.Rdi = argument;
        HostSyscall.Enter(ref registers, new IpcBuffer(CurrentIpcBuffer()));
        return registers.Rdi;
    }

    internal static ulong CurrentIpcBuffer() => HostSyscall.BufferAddress;

    private static Received Exchange(SystemCall call, ulong rdi, ulong rsi)
    {
        IpcBuffer buffer = new(CurrentIpcBuffer());
        HostRegisters registers = Load(buffer, call, rdi, rsi);
        HostSyscall.Enter(ref registers, buffer);
        buffer[0] = registers.R10;
        buffer[1] = registers.R8;
        buffer[2] = registers.R9;
        buffer[3] = registers.R15;
        return new Received(registers.Rsi, registers.Rdi);
    }

    private static void Emit(SystemCall call, ulong rdi, ulong rsi)
    {
        IpcBuffer buffer = new(CurrentIpcBuffer());
        HostRegisters registers = Load(buffer, call, rdi, rsi);
        HostSyscall.Enter(ref registers, buffer);
    }

    private static ulong Number(SystemCall call) => unchecked((ulong)call);

    private static HostRegisters Load(IpcBuffer buffer, SystemCall call, ulong rdi, ulong rsi) => new()
    {
        Rdx = Number(call),
        Rdi = rdi,
        Rsi = rsi,
        R10 = buffer[0],
        R8 = buffer[1],
        R9 = buffer[2],
        R15 = buffer[3],
    };
}
