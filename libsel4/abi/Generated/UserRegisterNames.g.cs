// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of UserRegister as UTF-8 text.</summary>
public static class UserRegisterNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(UserRegister value) => value switch
    {
        UserRegister.Rip => "Rip"u8,
        UserRegister.Rsp => "Rsp"u8,
        UserRegister.Rflags => "Rflags"u8,
        UserRegister.Rax => "Rax"u8,
        UserRegister.Rbx => "Rbx"u8,
        UserRegister.Rcx => "Rcx"u8,
        UserRegister.Rdx => "Rdx"u8,
        UserRegister.Rsi => "Rsi"u8,
        UserRegister.Rdi => "Rdi"u8,
        UserRegister.Rbp => "Rbp"u8,
        UserRegister.R8 => "R8"u8,
        UserRegister.R9 => "R9"u8,
        UserRegister.R10 => "R10"u8,
        UserRegister.R11 => "R11"u8,
        UserRegister.R12 => "R12"u8,
        UserRegister.R13 => "R13"u8,
        UserRegister.R14 => "R14"u8,
        UserRegister.R15 => "R15"u8,
        UserRegister.FsBase => "FsBase"u8,
        UserRegister.GsBase => "GsBase"u8,
        _ => "?"u8,
    };
}
