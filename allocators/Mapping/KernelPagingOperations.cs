// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The real kernel: one address space, mapped from one's own CSpace.</summary>
public sealed class KernelPagingOperations(Cap<CNode> root, CSpaceShape shape, Cap<Pml4> vspace) : IPagingOperations
{
    private readonly Cap<CNode> _root = root;
    private readonly CSpaceShape _shape = shape;
    private readonly Cap<Pml4> _vspace = vspace;

    /// <inheritdoc/>
    public ErrorCode CopyFrame(uint frameSlot, uint copySlot, CapRights rights)
    {
        SlotArguments from = _shape.Slot(frameSlot);
        SlotArguments to = _shape.Slot(copySlot);
        return CNodeInvocation.Copy(
            _root.Pointer, to.Index, (ulong)to.Depth, from.Index, (ulong)from.Depth, rights, _root.Pointer).Code;
    }

    /// <inheritdoc/>
    public MapOutcome MapFrame(uint copySlot, ulong address, CapRights rights) => OutcomeOf(X86PageInvocation.Map(
        new CapabilityPointer(copySlot), address, rights, VmAttributes.WriteBack, _vspace.Pointer));

    /// <inheritdoc/>
    public MapOutcome MapStructure(uint slot, ObjectType type, ulong address) =>
        OutcomeOf(PagingStructures.Map(type, new CapabilityPointer(slot), address, _vspace));

    /// <inheritdoc/>
    public ErrorCode Delete(uint slot)
    {
        SlotArguments where = _shape.Slot(slot);
        return CNodeInvocation.Delete(_root.Pointer, where.Index, (ulong)where.Depth).Code;
    }

    private static MapOutcome OutcomeOf(Sel4Error error)
    {
        bool isMissing = error.Code == ErrorCode.FailedLookup && error.LookupFailure == LookupFailureKind.MissingCapability;
        return new MapOutcome(error.Code, isMissing ? (int)error.BitsLeft : 0);
    }
}
