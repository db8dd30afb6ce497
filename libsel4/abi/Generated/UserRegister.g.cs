// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Order of a thread's registers in ReadRegisters and WriteRegisters. ABI-10.1.</summary>
public enum UserRegister : int
{
    /// <summary>Next instruction.</summary>
    Rip = 0,
    /// <summary>Stack pointer.</summary>
    Rsp = 1,
    /// <summary>Flags.</summary>
    Rflags = 2,
    Rax = 3,
    Rbx = 4,
    Rcx = 5,
    Rdx = 6,
    Rsi = 7,
    Rdi = 8,
    Rbp = 9,
    R8 = 10,
    R9 = 11,
    R10 = 12,
    R11 = 13,
    R12 = 14,
    R13 = 15,
    R14 = 16,
    R15 = 17,
    /// <summary>Thread-local storage.</summary>
    FsBase = 18,
    /// <summary>Free for programs.</summary>
    GsBase = 19,
    /// <summary>Number of registers.</summary>
    Count = 20,
}
