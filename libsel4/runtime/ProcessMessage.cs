// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4;

/// <summary>Labels of messages on a child's exit endpoint. Always by Call; RT:L3, RT:S2.</summary>
public enum ProcessMessage : ulong
{
    /// <summary>Word 0 is the exit status, sign-extended from 32 bits. Never answered, so nothing runs after it.</summary>
    Exit = 1,

    /// <summary>Word 0 is a number of bytes, at most 952; the bytes follow from word 1 on. Answered with an empty message.</summary>
    Log = 2,
}
