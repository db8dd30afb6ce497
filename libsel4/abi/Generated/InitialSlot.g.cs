// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Where the initial thread finds its capabilities. BOOT-5.1.</summary>
public static class InitialSlot
{
    /// <summary>Always empty.</summary>
    public const ulong Null = 0;
    /// <summary>Its thread.</summary>
    public const ulong Tcb = 1;
    /// <summary>Its root CNode, with a guard that makes slot numbers addresses.</summary>
    public const ulong CNode = 2;
    /// <summary>Its address space.</summary>
    public const ulong VSpace = 3;
    /// <summary>The right to issue interrupt handlers.</summary>
    public const ulong IrqControl = 4;
    /// <summary>The right to make ASID pools.</summary>
    public const ulong AsidControl = 5;
    /// <summary>The pool that holds its own address space.</summary>
    public const ulong AsidPool = 6;
    /// <summary>The right to issue I/O port ranges.</summary>
    public const ulong IoPortControl = 7;
    /// <summary>Empty without IOMMU.</summary>
    public const ulong IoSpace = 8;
    /// <summary>The page of BootInfo.</summary>
    public const ulong BootInfoFrame = 9;
    /// <summary>The page of its IPC buffer.</summary>
    public const ulong IpcBufferFrame = 10;
    /// <summary>The right to arrange domains.</summary>
    public const ulong Domain = 11;
    /// <summary>Empty on x86.</summary>
    public const ulong SmmuSidControl = 12;
    /// <summary>Empty on x86.</summary>
    public const ulong SmmuCbControl = 13;
    /// <summary>Empty without MCS.</summary>
    public const ulong SchedContext = 14;
    /// <summary>Empty on x86.</summary>
    public const ulong Smc = 15;
    /// <summary>Slots from here on are described by BootInfo.</summary>
    public const ulong FirstDynamic = 16;
}
