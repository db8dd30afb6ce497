// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>What fault handlers are told, and which registers their replies set (ABI §8.2, §8.4).</summary>
internal static class FaultMessages
{
    private const int UnknownSyscallLength = 19;
    private const int UserExceptionLength = 5;
    private const int VmFaultLength = 4;

    /// <summary>Words of a reply to an unknown system call that count: all but the system call number.</summary>
    private const int UnknownSyscallReply = 18;
    private const int UserExceptionReply = 3;

    /// <summary>Word of an UnknownSyscall message at which FaultIP follows the fifteen general registers.</summary>
    private const int SyscallFaultIp = 15;

    private const ulong FetchBit = 4;
    private const ulong FaultStatusMask = 0x1f;

    // Ladders where a switch would be a jump table: page faults are the ones that happen all the time.
    internal static int Length(ref Tcb tcb)
    {
        byte kind = tcb.FaultKind;
        if (kind == (byte)FaultLabel.VmFault) return VmFaultLength;
        if (kind == (byte)FaultLabel.UserException) return UserExceptionLength;
        return kind == (byte)FaultLabel.UnknownSyscall ? UnknownSyscallLength : 0;
    }

    internal static ulong Word(ref Tcb tcb, int index)
    {
        byte kind = tcb.FaultKind;
        if (kind == (byte)FaultLabel.VmFault) return VmFaultWord(ref tcb, index);
        if (kind == (byte)FaultLabel.UserException) return UserExceptionWord(ref tcb, index);
        return kind == (byte)FaultLabel.UnknownSyscall ? UnknownSyscallWord(ref tcb, index) : 0;
    }

    internal static int ReplyLength(byte kind)
    {
        if (kind == (byte)FaultLabel.UserException) return UserExceptionReply;
        return kind == (byte)FaultLabel.UnknownSyscall ? UnknownSyscallReply : 0;
    }

    /// <summary>The register, numbered as for WriteRegisters, that word <paramref name="index"/> of a reply goes to.</summary>
    internal static int ReplyUserRegister(byte kind, int index)
    {
        // FaultIP, RSP and RFLAGS are the first three words there; in a system call's message they come last.
        if ((FaultLabel)kind != FaultLabel.UnknownSyscall) return index;
        return index < SyscallFaultIp ? index + (int)UserRegister.Rax : index - SyscallFaultIp;
    }

    /// <summary>Capability and VM faults restart whatever the reply says (R-FAULT-11).</summary>
    internal static bool AlwaysRestarts(byte kind) => (FaultLabel)kind is FaultLabel.CapFault or FaultLabel.VmFault;

    private static ulong UnknownSyscallWord(ref Tcb tcb, int index) => index >= UnknownSyscallReply
        ? tcb.Fault0
        : tcb.Registers[UserRegisters.IndexOf(ReplyUserRegister((byte)FaultLabel.UnknownSyscall, index))];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong UserExceptionWord(ref Tcb tcb, int index)
    {
        if (index == 0) return tcb.Registers[UserContext.FaultIp];
        if (index == 1) return tcb.Registers[UserContext.Rsp];
        if (index == 2) return tcb.Registers[UserContext.Rflags];
        return index == UserExceptionReply ? tcb.Fault0 : tcb.Fault1;
    }

    /// <summary>IP, address, whether it was a fetch, and the low five bits of the CPU's error code (SDM 3A §4.7).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong VmFaultWord(ref Tcb tcb, int index)
    {
        if (index == 0) return tcb.Registers[UserContext.FaultIp];
        if (index == 1) return tcb.Fault0;
        return index == 2 ? (tcb.Fault1 >> (int)FetchBit) & 1 : tcb.Fault1 & FaultStatusMask;
    }
}
