// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>What DebugCapIdentify answers. ABI-11.2.</summary>
public enum CapabilityTypeTag : byte
{
    Null = 0,
    Frame = 1,
    Untyped = 2,
    PageTable = 3,
    Endpoint = 4,
    PageDirectory = 5,
    Notification = 6,
    Pdpt = 7,
    Reply = 8,
    Pml4 = 9,
    CNode = 10,
    AsidControl = 11,
    Tcb = 12,
    AsidPool = 13,
    IrqControl = 14,
    IoSpace = 15,
    IrqHandler = 16,
    IoPageTable = 17,
    Zombie = 18,
    IoPort = 19,
    Domain = 20,
    Vcpu = 21,
    SchedContext = 22,
    EptPageTable = 23,
    SchedControl = 24,
    EptPageDirectory = 25,
    EptPdpt = 27,
    EptPml4 = 29,
    IoPortControl = 31,
}
