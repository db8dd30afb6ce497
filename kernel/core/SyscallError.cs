// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Why a CSpace lookup failed: two words, so that it travels in registers (ABI §6.2).</summary>
/// <remarks>Word 0: kind in bits 0–7, bitsLeft in 8–15, bitsFound in 16–23. Word 1: the guard found.</remarks>
public readonly struct LookupFailure(ulong word0, ulong word1)
{
    public readonly ulong Word0 = word0;
    public readonly ulong Word1 = word1;

    public LookupFailureKind Kind => (LookupFailureKind)(Word0 & 0xff);
    public ulong BitsLeft => (Word0 >> 8) & 0xff;
    public ulong BitsFound => (Word0 >> 16) & 0xff;
    public ulong GuardFound => Word1;

    public static LookupFailure InvalidRoot => new((ulong)LookupFailureKind.InvalidRoot, 0);

    public static LookupFailure MissingCapability(ulong bitsLeft) => new((ulong)LookupFailureKind.MissingCapability | (bitsLeft << 8), 0);

    public static LookupFailure DepthMismatch(ulong bitsLeft, ulong bitsFound) =>
        new((ulong)LookupFailureKind.DepthMismatch | (bitsLeft << 8) | (bitsFound << 16), 0);

    public static LookupFailure GuardMismatch(ulong bitsLeft, ulong guardFound, ulong bitsFound) =>
        new((ulong)LookupFailureKind.GuardMismatch | (bitsLeft << 8) | (bitsFound << 16), guardFound);
}

/// <summary>The answer to an invocation: an error of ABI §6.1 with its details, or <see cref="None"/>.</summary>
/// <remarks>
/// Two words, so that it is returned in registers (anchors §4.5). Word 0: code in bits 0–7; for FailedLookup the failure's
/// word 0 shifted left by 8 and "was source" in bit 63; otherwise the first detail in bits 8–62. Word 1: the second detail
/// (range maximum, bytes left, guard found).
/// A code of <see cref="PreemptedCode"/> is no error of the ABI but tells the dispatcher to restart the call.
/// </remarks>
public readonly struct SyscallError(ulong word0, ulong word1)
{
    /// <summary>The operation was preempted: the system call is restarted (R-SYS-16).</summary>
    public const byte PreemptedCode = 0xfe;

    public readonly ulong Word0 = word0;
    public readonly ulong Word1 = word1;

    public byte CodeByte => (byte)Word0;
    public ErrorCode Code => (ErrorCode)(byte)Word0;
    public bool IsNone => (byte)Word0 == 0;
    public ulong Detail0 => (Word0 >> 8) & ((1ul << 55) - 1);
    public ulong Detail1 => Word1;
    public bool WasSource => Word0 >> 63 != 0;
    public LookupFailure Lookup => new((Word0 >> 8) & 0xff_ffff, Word1);

    public static SyscallError None => new(0, 0);
    public static SyscallError Preempted => new(PreemptedCode, 0);
    public static SyscallError InvalidArgument(ulong number) => new((ulong)ErrorCode.InvalidArgument | (number << 8), 0);
    public static SyscallError InvalidCapability(ulong number) => new((ulong)ErrorCode.InvalidCapability | (number << 8), 0);
    public static SyscallError IllegalOperation => new((ulong)ErrorCode.IllegalOperation, 0);
    public static SyscallError Range(ulong minimum, ulong maximum) => new((ulong)ErrorCode.RangeError | (minimum << 8), maximum);
    public static SyscallError Alignment => new((ulong)ErrorCode.AlignmentError, 0);
    public static SyscallError TruncatedMessage => new((ulong)ErrorCode.TruncatedMessage, 0);
    public static SyscallError DeleteFirst => new((ulong)ErrorCode.DeleteFirst, 0);
    public static SyscallError RevokeFirst => new((ulong)ErrorCode.RevokeFirst, 0);
    public static SyscallError NotEnoughMemory(ulong bytesLeft) => new((ulong)ErrorCode.NotEnoughMemory, bytesLeft);

    public static SyscallError FailedLookup(LookupFailure failure, bool wasSource) =>
        new((ulong)ErrorCode.FailedLookup | (failure.Word0 << 8) | (wasSource ? 1ul << 63 : 0), failure.Word1);
}

/// <summary>How far a long operation came.</summary>
public enum Progress : byte
{
    Done,

    /// <summary>An interrupt is pending: the operation left a consistent state and must be started again (R-DEL-16).</summary>
    Preempted,
}
