// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of FaultLabel as UTF-8 text.</summary>
public static class FaultLabelNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(FaultLabel value) => value switch
    {
        FaultLabel.NullFault => "NullFault"u8,
        FaultLabel.CapFault => "CapFault"u8,
        FaultLabel.UnknownSyscall => "UnknownSyscall"u8,
        FaultLabel.UserException => "UserException"u8,
        FaultLabel.DebugException => "DebugException"u8,
        FaultLabel.VmFault => "VmFault"u8,
        _ => "?"u8,
    };
}
