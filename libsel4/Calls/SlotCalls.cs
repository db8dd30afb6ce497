// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>
/// What can be done with slots. The slot that the method is called on is the destination, where there are two. Kernel names
/// <c>seL4_CNode_Copy</c> and so on; errors in order of check in <see cref="CNodeInvocation"/>.
/// </summary>
public static class SlotCalls
{
    extension(Cap<CNode> cnode)
    {
        /// <summary>A slot below this CNode.</summary>
        public SlotPath Slot(ulong index, int depth) => new(cnode, index, depth);

        /// <summary>The slot behind a pointer of the CSpace whose root this is.</summary>
        public SlotPath Slot(CapabilityPointer pointer) => SlotPath.Of(cnode, pointer);
    }

    extension(SlotPath slot)
    {
        /// <summary>The pointer that a thread whose CSpace root is <see cref="SlotPath.Root"/> uses; needs depth 64.</summary>
        public CapabilityPointer Pointer => new(slot.Index);

        /// <summary>Puts a copy of another slot's capability here, with at most the given rights.</summary>
        public Sel4Error CopyFrom(SlotPath source, CapRights rights = CapRights.All) =>
            CNodeInvocation.Copy(slot.Root.Pointer, slot.Index, (ulong)slot.Depth,
                source.Index, (ulong)source.Depth, rights, source.Root.Pointer);

        /// <summary>The same with a badge; the source must have none.</summary>
        public Sel4Error MintFrom(SlotPath source, CapRights rights, Badge badge) =>
            CNodeInvocation.Mint(slot.Root.Pointer, slot.Index, (ulong)slot.Depth,
                source.Index, (ulong)source.Depth, rights, badge.Value, source.Root.Pointer);

        /// <summary>The same for a CNode, with a guard.</summary>
        public Sel4Error MintFrom(SlotPath source, CNodeGuard guard) =>
            CNodeInvocation.Mint(slot.Root.Pointer, slot.Index, (ulong)slot.Depth,
                source.Index, (ulong)source.Depth, CapRights.All, guard.Word, source.Root.Pointer);

        /// <summary>Moves another slot's capability here.</summary>
        public Sel4Error MoveFrom(SlotPath source) =>
            CNodeInvocation.Move(slot.Root.Pointer, slot.Index, (ulong)slot.Depth,
                source.Index, (ulong)source.Depth, source.Root.Pointer);

        /// <summary>Moves another slot's CNode here and gives it another guard.</summary>
        public Sel4Error MutateFrom(SlotPath source, CNodeGuard guard) =>
            CNodeInvocation.Mutate(slot.Root.Pointer, slot.Index, (ulong)slot.Depth,
                source.Index, (ulong)source.Depth, guard.Word, source.Root.Pointer);

        /// <summary>Moves source to pivot and pivot here in one step; the source may be this slot, which swaps.</summary>
        /// <param name="pivotData">Guard for the capability that comes here; 0 clears that of a CNode (R-CNODE-25).</param>
        /// <param name="sourceData">Guard for the capability that goes to the pivot.</param>
        public Sel4Error RotateFrom(SlotPath pivot, ulong pivotData, SlotPath source, ulong sourceData) =>
            CNodeInvocation.Rotate(slot.Root.Pointer, slot.Index, (ulong)slot.Depth, pivotData,
                pivot.Index, (ulong)pivot.Depth, sourceData, source.Index, (ulong)source.Depth,
                pivot.Root.Pointer, source.Root.Pointer);

        /// <summary>Empties the slot; nothing to do is no error.</summary>
        public Sel4Error Delete() => CNodeInvocation.Delete(slot.Root.Pointer, slot.Index, (ulong)slot.Depth);

        /// <summary>Deletes everything derived from the capability, and leaves it.</summary>
        public Sel4Error Revoke() => CNodeInvocation.Revoke(slot.Root.Pointer, slot.Index, (ulong)slot.Depth);

        /// <summary>Sends away everyone who queues with the badge of the endpoint capability here.</summary>
        public Sel4Error CancelBadgedSends() =>
            CNodeInvocation.CancelBadgedSends(slot.Root.Pointer, slot.Index, (ulong)slot.Depth);

        /// <summary>Moves the right to answer the last caller here.</summary>
        public Sel4Error SaveCaller() => CNodeInvocation.SaveCaller(slot.Root.Pointer, slot.Index, (ulong)slot.Depth);
    }
}
