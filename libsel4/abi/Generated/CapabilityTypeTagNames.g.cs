// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using System;

namespace Sel4.Abi;

/// <summary>Names of the values of CapabilityTypeTag as UTF-8 text.</summary>
public static class CapabilityTypeTagNames
{
    /// <summary>The name; a question mark for a number that has none.</summary>
    public static ReadOnlySpan<byte> Of(CapabilityTypeTag value) => value switch
    {
        CapabilityTypeTag.Null => "Null"u8,
        CapabilityTypeTag.Frame => "Frame"u8,
        CapabilityTypeTag.Untyped => "Untyped"u8,
        CapabilityTypeTag.PageTable => "PageTable"u8,
        CapabilityTypeTag.Endpoint => "Endpoint"u8,
        CapabilityTypeTag.PageDirectory => "PageDirectory"u8,
        CapabilityTypeTag.Notification => "Notification"u8,
        CapabilityTypeTag.Pdpt => "Pdpt"u8,
        CapabilityTypeTag.Reply => "Reply"u8,
        CapabilityTypeTag.Pml4 => "Pml4"u8,
        CapabilityTypeTag.CNode => "CNode"u8,
        CapabilityTypeTag.AsidControl => "AsidControl"u8,
        CapabilityTypeTag.Tcb => "Tcb"u8,
        CapabilityTypeTag.AsidPool => "AsidPool"u8,
        CapabilityTypeTag.IrqControl => "IrqControl"u8,
        CapabilityTypeTag.IoSpace => "IoSpace"u8,
        CapabilityTypeTag.IrqHandler => "IrqHandler"u8,
        CapabilityTypeTag.IoPageTable => "IoPageTable"u8,
        CapabilityTypeTag.Zombie => "Zombie"u8,
        CapabilityTypeTag.IoPort => "IoPort"u8,
        CapabilityTypeTag.Domain => "Domain"u8,
        CapabilityTypeTag.Vcpu => "Vcpu"u8,
        CapabilityTypeTag.SchedContext => "SchedContext"u8,
        CapabilityTypeTag.EptPageTable => "EptPageTable"u8,
        CapabilityTypeTag.SchedControl => "SchedControl"u8,
        CapabilityTypeTag.EptPageDirectory => "EptPageDirectory"u8,
        CapabilityTypeTag.EptPdpt => "EptPdpt"u8,
        CapabilityTypeTag.EptPml4 => "EptPml4"u8,
        CapabilityTypeTag.IoPortControl => "IoPortControl"u8,
        _ => "?"u8,
    };
}
