// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Where user registers lie in a TCB, and what values they may take (ABI §3.2, §10.1, §10.3).</summary>
internal static class UserRegisters
{
    /// <summary>Flags of a new thread: bit 1 always reads as one, bit 9 lets interrupts in.</summary>
    internal const ulong InitialFlags = 0x202;

    /// <summary>Flat 64-bit code and data segments of ring 3 (boot sheet §4).</summary>
    internal const ulong UserCodeSelector = 0x2b;
    internal const ulong UserStackSelector = 0x33;

    private const ulong KeptFlags = 0xfff;

    /// <summary>Bits 3 and 5 are reserved; bit 8 is TF, which would trap in the kernel's exit path.</summary>
    private const ulong ForbiddenFlags = 0x128;

    /// <summary>MR0…MR3 travel in R10, R8, R9 and R15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int MessageRegister(int number)
    {
        if (number == 0) return UserContext.R10;
        if (number == 1) return UserContext.R8;
        return number == 2 ? UserContext.R9 : UserContext.R15;
    }

    /// <summary>Where the words of Read/WriteRegisters are, in their order (ABI §10.1). RIP stands for the restart address.</summary>
    private static ReadOnlySpan<byte> Places =>
    [
        UserContext.FaultIp, UserContext.Rsp, UserContext.Rflags, UserContext.Rax, UserContext.Rbx, UserContext.Rcx, UserContext.Rdx,
        UserContext.Rsi, UserContext.Rdi, UserContext.Rbp, UserContext.R8, UserContext.R9, UserContext.R10, UserContext.R11,
        UserContext.R12, UserContext.R13, UserContext.R14, UserContext.R15, UserContext.FsBase, UserContext.GsBase,
    ];

    /// <summary>Index in <c>Tcb.Registers</c> of a word of Read/WriteRegisters, 0…19.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(int userRegister) => Places[userRegister];

    /// <summary>The value that is stored when a user writes a register; the rules are those of ABI §10.3 (R-TCB-15).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Sanitize(int userRegister, ulong value)
    {
        if (userRegister == (int)UserRegister.Rflags) return (value & KeptFlags & ~ForbiddenFlags) | InitialFlags;
        bool isAddress = userRegister == (int)UserRegister.Rip || userRegister >= (int)UserRegister.FsBase;
        return isAddress ? CanonicalOrZero(value) : value;
    }

    /// <summary>Zero for an address whose bits 47–63 differ: loading it would fault inside the kernel (SDM 1 §3.3.7.1).</summary>
    internal static ulong CanonicalOrZero(ulong address) => (ulong)((long)(address << 16) >> 16) == address ? address : 0;
}
