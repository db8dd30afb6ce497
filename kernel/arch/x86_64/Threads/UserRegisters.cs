// SPDX-License-Identifier: BSD-2-Clause

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

    // Five bits for each of the indexes, in the order of UserRegister: a shift instead of twenty cases.
    private const int IndexBits = 5;
    private const int IndexesPerWord = 12;
    private const ulong IndexMask = (1ul << IndexBits) - 1;
    private const ulong FirstIndexes = UserContext.FaultIp | ((ulong)UserContext.Rsp << 5) | ((ulong)UserContext.Rflags << 10)
        | ((ulong)UserContext.Rax << 15) | ((ulong)UserContext.Rbx << 20) | ((ulong)UserContext.Rcx << 25)
        | ((ulong)UserContext.Rdx << 30) | ((ulong)UserContext.Rsi << 35) | ((ulong)UserContext.Rdi << 40)
        | ((ulong)UserContext.Rbp << 45) | ((ulong)UserContext.R8 << 50) | ((ulong)UserContext.R9 << 55);
    private const ulong OtherIndexes = UserContext.R10 | ((ulong)UserContext.R11 << 5) | ((ulong)UserContext.R12 << 10)
        | ((ulong)UserContext.R13 << 15) | ((ulong)UserContext.R14 << 20) | ((ulong)UserContext.R15 << 25)
        | ((ulong)UserContext.FsBase << 30) | ((ulong)UserContext.GsBase << 35);

    /// <summary>Index in <c>Tcb.Registers</c> of a word of Read/WriteRegisters. RIP stands for the restart address.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int IndexOf(int userRegister)
    {
        ulong indexes = userRegister < IndexesPerWord ? FirstIndexes : OtherIndexes;
        int place = userRegister < IndexesPerWord ? userRegister : userRegister - IndexesPerWord;
        return (int)((indexes >> (IndexBits * place)) & IndexMask);
    }

    /// <summary>The value that is stored when a user writes a register; the rules are those of ABI §10.3 (R-TCB-15).</summary>
    internal static ulong Sanitize(int userRegister, ulong value) => (UserRegister)userRegister switch
    {
        UserRegister.Rflags => (value & KeptFlags & ~ForbiddenFlags) | InitialFlags,
        UserRegister.Rip or UserRegister.FsBase or UserRegister.GsBase => CanonicalOrZero(value),
        _ => value,
    };

    /// <summary>Zero for an address whose bits 47–63 differ: loading it would fault inside the kernel (SDM 1 §3.3.7.1).</summary>
    internal static ulong CanonicalOrZero(ulong address) => (ulong)((long)(address << 16) >> 16) == address ? address : 0;
}
