// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>Where the initial thread finds its capabilities, with their types. BOOT-5.1.</summary>
public static class InitialThread
{
    /// <summary>Its thread.</summary>
    public static Cap<Tcb> Tcb => new(InitialSlot.Tcb);

    /// <summary>Its root CNode; slot numbers are addresses with depth 64.</summary>
    public static Cap<CNode> CNode => new(InitialSlot.CNode);

    /// <summary>Its address space.</summary>
    public static Cap<Pml4> VSpace => new(InitialSlot.VSpace);

    /// <summary>The right to issue interrupt handlers.</summary>
    public static Cap<IrqControl> IrqControl => new(InitialSlot.IrqControl);

    /// <summary>The right to make ASID pools.</summary>
    public static Cap<AsidControl> AsidControl => new(InitialSlot.AsidControl);

    /// <summary>The pool of its own address space.</summary>
    public static Cap<AsidPool> AsidPool => new(InitialSlot.AsidPool);

    /// <summary>The right to issue I/O port ranges.</summary>
    public static Cap<IoPortControl> IoPortControl => new(InitialSlot.IoPortControl);

    /// <summary>The page of BootInfo.</summary>
    public static Cap<SmallPage> BootInfoFrame => new(InitialSlot.BootInfoFrame);

    /// <summary>The page of its IPC buffer.</summary>
    public static Cap<SmallPage> IpcBufferFrame => new(InitialSlot.IpcBufferFrame);

    /// <summary>The right to arrange domains.</summary>
    public static Cap<Domain> Domain => new(InitialSlot.Domain);

    /// <summary>A slot of its root CNode.</summary>
    public static SlotPath Slot(ulong number) => new(CNode, number, AbiConstants.WordBits);

    /// <summary>Slots of its root CNode from a number on, for Retype.</summary>
    public static CNodeDestination Slots(ulong first) => CNodeDestination.InRoot(CNode, first);
}
