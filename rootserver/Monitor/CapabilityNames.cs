// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>What people call the types that the kernel names by tags (ABI-11.2).</summary>
public static class CapabilityNames
{
    public static string Of(CapabilityTypeTag type) => type switch
    {
        CapabilityTypeTag.Untyped => "untyped memory",
        CapabilityTypeTag.Endpoint => "endpoint",
        CapabilityTypeTag.Notification => "notification",
        CapabilityTypeTag.Reply => "reply",
        CapabilityTypeTag.CNode => "CNode",
        CapabilityTypeTag.Tcb => "thread",
        CapabilityTypeTag.IrqControl => "interrupt control",
        CapabilityTypeTag.IrqHandler => "interrupt handler",
        CapabilityTypeTag.Frame => "page",
        CapabilityTypeTag.PageTable => "page table",
        CapabilityTypeTag.PageDirectory => "page directory",
        CapabilityTypeTag.Pdpt => "page directory pointer table",
        CapabilityTypeTag.Pml4 => "address space",
        CapabilityTypeTag.AsidControl => "ASID control",
        CapabilityTypeTag.AsidPool => "ASID pool",
        CapabilityTypeTag.IoPort => "I/O ports",
        CapabilityTypeTag.IoPortControl => "I/O port control",
        CapabilityTypeTag.Domain => "domains",
        CapabilityTypeTag.Zombie => "CNode or thread that is being deleted",
        _ => "something else",
    };
}
