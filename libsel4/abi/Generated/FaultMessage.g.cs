// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Where the words of fault messages are. ABI-8.2.</summary>
public static class FaultMessage
{
    /// <summary>Address of the system call instruction.</summary>
    public const int CapFaultIp = 0;
    /// <summary>The capability pointer.</summary>
    public const int CapFaultAddress = 1;
    /// <summary>1 when a receive failed, 0 when a send failed.</summary>
    public const int CapFaultInReceivePhase = 2;
    /// <summary>Lookup failure.</summary>
    public const int CapFaultFailure = 3;
    /// <summary>First word that belongs to the failure.</summary>
    public const int CapFaultBitsLeft = 4;
    /// <summary>DepthMismatch: bits found.</summary>
    public const int CapFaultDepthBitsFound = 5;
    /// <summary>GuardMismatch: the guard.</summary>
    public const int CapFaultGuardFound = 5;
    /// <summary>GuardMismatch: its size.</summary>
    public const int CapFaultGuardBitsFound = 6;
    /// <summary>Words for InvalidRoot; the other failures add one, two, three.</summary>
    public const int CapFaultMinLength = 4;
    /// <summary>Then RBX, RCX, RDX, RSI, RDI, RBP, R8 to R15.</summary>
    public const int UnknownSyscallRax = 0;
    /// <summary>Address of the system call instruction.</summary>
    public const int UnknownSyscallIp = 15;
    /// <summary>Stack pointer.</summary>
    public const int UnknownSyscallSp = 16;
    /// <summary>RFLAGS.</summary>
    public const int UnknownSyscallFlags = 17;
    /// <summary>The number.</summary>
    public const int UnknownSyscallNumber = 18;
    /// <summary>Words of the message.</summary>
    public const int UnknownSyscallLength = 19;
    /// <summary>Words of an answer that count.</summary>
    public const int UnknownSyscallReplyLength = 18;
    /// <summary>Address of the instruction.</summary>
    public const int UserExceptionIp = 0;
    /// <summary>Stack pointer.</summary>
    public const int UserExceptionSp = 1;
    /// <summary>RFLAGS.</summary>
    public const int UserExceptionFlags = 2;
    /// <summary>The processor's exception number.</summary>
    public const int UserExceptionNumber = 3;
    /// <summary>The processor's error code.</summary>
    public const int UserExceptionCode = 4;
    /// <summary>Words of the message.</summary>
    public const int UserExceptionLength = 5;
    /// <summary>Words of an answer that count.</summary>
    public const int UserExceptionReplyLength = 3;
    /// <summary>Address of the instruction.</summary>
    public const int VmFaultIp = 0;
    /// <summary>The address that is not accessible.</summary>
    public const int VmFaultAddress = 1;
    /// <summary>1 for an instruction fetch.</summary>
    public const int VmFaultIsPrefetch = 2;
    /// <summary>Low five bits of the page fault error code.</summary>
    public const int VmFaultStatus = 3;
    /// <summary>Words of the message.</summary>
    public const int VmFaultLength = 4;
}
