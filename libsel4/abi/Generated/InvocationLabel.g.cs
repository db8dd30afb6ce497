// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>The label of an invocation: object and method. ABI-9.</summary>
public enum InvocationLabel : ulong
{
    /// <summary>Means nothing to any object.</summary>
    Invalid = 0,
    /// <summary>Makes a number of objects of one type in consecutive slots.</summary>
    UntypedRetype = 1,
    /// <summary>Reads the first registers of a thread.</summary>
    TcbReadRegisters = 2,
    /// <summary>Writes the first registers of a thread.</summary>
    TcbWriteRegisters = 3,
    /// <summary>Copies groups of registers from another thread.</summary>
    TcbCopyRegisters = 4,
    /// <summary>Sets fault handler, CSpace, VSpace and IPC buffer.</summary>
    TcbConfigure = 5,
    /// <summary>Sets the priority.</summary>
    TcbSetPriority = 6,
    /// <summary>Sets the highest priority that the thread can hand out.</summary>
    TcbSetMcPriority = 7,
    /// <summary>Sets both priorities.</summary>
    TcbSetSchedParams = 8,
    /// <summary>Sets the IPC buffer.</summary>
    TcbSetIpcBuffer = 9,
    /// <summary>Sets fault handler, CSpace and VSpace.</summary>
    TcbSetSpace = 10,
    /// <summary>Stops the thread; what it waits for is cancelled.</summary>
    TcbSuspend = 11,
    /// <summary>Lets the thread run; what it waits for is cancelled and done again.</summary>
    TcbResume = 12,
    /// <summary>Lets the notification wake the thread out of any receive.</summary>
    TcbBindNotification = 13,
    /// <summary>Takes the notification away.</summary>
    TcbUnbindNotification = 14,
    /// <summary>Sets the thread's FS base.</summary>
    TcbSetTlsBase = 15,
    /// <summary>Clears and sets switches of the thread.</summary>
    TcbSetFlags = 16,
    /// <summary>Deletes everything derived from a capability.</summary>
    CNodeRevoke = 17,
    /// <summary>Empties a slot.</summary>
    CNodeDelete = 18,
    /// <summary>Sends away everyone who queues with the badge of an endpoint capability.</summary>
    CNodeCancelBadgedSends = 19,
    /// <summary>Copies a capability, possibly with fewer rights.</summary>
    CNodeCopy = 20,
    /// <summary>Copies a capability and gives it a badge or guard.</summary>
    CNodeMint = 21,
    /// <summary>Moves a capability.</summary>
    CNodeMove = 22,
    /// <summary>Moves a capability and gives a CNode another guard.</summary>
    CNodeMutate = 23,
    /// <summary>Moves the source to the pivot and the pivot to the destination.</summary>
    CNodeRotate = 24,
    /// <summary>Moves the right to answer the last caller into a slot.</summary>
    CNodeSaveCaller = 25,
    /// <summary>Issues a handler of a legacy interrupt; not when the IOAPIC is in use.</summary>
    IrqControlGet = 26,
    /// <summary>Lets the next interrupt of the pin come.</summary>
    IrqHandlerAck = 27,
    /// <summary>Says what is signalled when it comes.</summary>
    IrqHandlerSetNotification = 28,
    /// <summary>Says that nothing is signalled.</summary>
    IrqHandlerClear = 29,
    /// <summary>Moves a thread to a domain.</summary>
    DomainSetSet = 30,
    /// <summary>Writes an entry of the domain schedule.</summary>
    DomainSetScheduleConfigure = 31,
    /// <summary>Starts the schedule at an entry, at once.</summary>
    DomainSetScheduleSetStart = 32,
    /// <summary>Hangs the table into an address space.</summary>
    X86PdptMap = 33,
    /// <summary>Takes the table out and empties it.</summary>
    X86PdptUnmap = 34,
    /// <summary>Hangs the table into an address space.</summary>
    X86PageDirectoryMap = 35,
    /// <summary>Takes the table out and empties it.</summary>
    X86PageDirectoryUnmap = 36,
    /// <summary>Hangs the table into an address space.</summary>
    X86PageTableMap = 37,
    /// <summary>Takes the table out and empties it.</summary>
    X86PageTableUnmap = 38,
    /// <summary>Maps the page, or changes how it is mapped.</summary>
    X86PageMap = 39,
    /// <summary>Takes the page out; nothing to do is no error.</summary>
    X86PageUnmap = 40,
    /// <summary>Tells the physical address.</summary>
    X86PageGetAddress = 41,
    /// <summary>Makes a pool of 512 address space numbers out of untyped memory.</summary>
    X86AsidControlMakePool = 42,
    /// <summary>Gives an address space a number.</summary>
    X86AsidPoolAssign = 43,
    /// <summary>Issues a range of ports.</summary>
    X86IoPortControlIssue = 44,
    /// <summary>Reads a byte.</summary>
    X86IoPortIn8 = 45,
    /// <summary>Reads two bytes.</summary>
    X86IoPortIn16 = 46,
    /// <summary>Reads four bytes.</summary>
    X86IoPortIn32 = 47,
    /// <summary>Writes a byte.</summary>
    X86IoPortOut8 = 48,
    /// <summary>Writes two bytes.</summary>
    X86IoPortOut16 = 49,
    /// <summary>Writes four bytes.</summary>
    X86IoPortOut32 = 50,
    /// <summary>Issues a handler of an IOAPIC pin and programs the pin.</summary>
    IrqControlGetIoApic = 51,
    /// <summary>Issues a handler of a message signalled interrupt.</summary>
    IrqControlGetMsi = 52,
    /// <summary>The first label that means nothing.</summary>
    Count = 53,
}
