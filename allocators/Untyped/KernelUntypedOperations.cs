// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>The untyped allocator's view of the real kernel: Retype and Revoke in one's own root CNode.</summary>
/// <remarks>Slot numbers are capability pointers, because the root CNode has a guard that fills the word (R-CSP-17).</remarks>
public sealed class KernelUntypedOperations(Cap<CNode> root) : IUntypedOperations
{
    private readonly Cap<CNode> _root = root;

    /// <inheritdoc/>
    public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count) =>
        UntypedInvocation.Retype(
            new CapabilityPointer(untypedSlot), ObjectType.Untyped, (ulong)sizeBits, 0, 0, firstSlot, (ulong)count, _root.Pointer).Code;

    /// <inheritdoc/>
    public ErrorCode Revoke(uint slot) => CNodeInvocation.Revoke(_root.Pointer, slot, AbiConstants.WordBits).Code;
}
