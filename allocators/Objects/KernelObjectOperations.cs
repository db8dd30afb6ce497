// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The real kernel: Retype and Revoke in one's own CSpace of one or two levels.</summary>
public sealed class KernelObjectOperations(Cap<CNode> root, CSpaceShape shape) : IObjectOperations
{
    private readonly Cap<CNode> _root = root;
    private readonly CSpaceShape _shape = shape;

    /// <inheritdoc/>
    public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count) =>
        Retype(untypedSlot, ObjectType.Untyped, sizeBits, _shape.Destination(firstSlot), count);

    /// <inheritdoc/>
    public ErrorCode Make(uint untypedSlot, ObjectType type, int sizeBits, uint firstSlot, int count) =>
        Retype(untypedSlot, type, sizeBits, _shape.Destination(firstSlot), count);

    /// <inheritdoc/>
    public ErrorCode MakeLeaf(uint untypedSlot, int sizeBits, uint leaf) =>
        Retype(untypedSlot, ObjectType.CNode, sizeBits, _shape.RootDestination(leaf), 1);

    /// <inheritdoc/>
    public ErrorCode Revoke(uint slot)
    {
        SlotArguments where = _shape.Slot(slot);
        return CNodeInvocation.Revoke(_root.Pointer, where.Index, (ulong)where.Depth).Code;
    }

    private ErrorCode Retype(uint untypedSlot, ObjectType type, int sizeBits, SlotArguments to, int count) =>
        UntypedInvocation.Retype(
            new CapabilityPointer(untypedSlot), type, (ulong)sizeBits, to.Index, (ulong)to.Depth, to.Offset, (ulong)count,
            _root.Pointer).Code;
}
