// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of ErrorCode as UTF-8 text.</summary>
public static class ErrorCodeNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(ErrorCode value) => value switch
    {
        ErrorCode.None => "None"u8,
        ErrorCode.InvalidArgument => "InvalidArgument"u8,
        ErrorCode.InvalidCapability => "InvalidCapability"u8,
        ErrorCode.IllegalOperation => "IllegalOperation"u8,
        ErrorCode.RangeError => "RangeError"u8,
        ErrorCode.AlignmentError => "AlignmentError"u8,
        ErrorCode.FailedLookup => "FailedLookup"u8,
        ErrorCode.TruncatedMessage => "TruncatedMessage"u8,
        ErrorCode.DeleteFirst => "DeleteFirst"u8,
        ErrorCode.RevokeFirst => "RevokeFirst"u8,
        ErrorCode.NotEnoughMemory => "NotEnoughMemory"u8,
        _ => "?"u8,
    };
}
