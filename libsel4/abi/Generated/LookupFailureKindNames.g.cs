// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of LookupFailureKind as UTF-8 text.</summary>
public static class LookupFailureKindNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(LookupFailureKind value) => value switch
    {
        LookupFailureKind.None => "None"u8,
        LookupFailureKind.InvalidRoot => "InvalidRoot"u8,
        LookupFailureKind.MissingCapability => "MissingCapability"u8,
        LookupFailureKind.DepthMismatch => "DepthMismatch"u8,
        LookupFailureKind.GuardMismatch => "GuardMismatch"u8,
        _ => "?"u8,
    };
}
