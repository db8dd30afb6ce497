// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>The root server's own CSpace: one CNode whose slot numbers are capability pointers.</summary>
public sealed class OwnCSpace(SlotAllocator slots)
{
    /// <summary>The capability of the root CNode itself.</summary>
    public static CapabilityPointer Root => new(InitialSlot.CNode);

    public SlotAllocator Slots { get; } = slots;

    /// <summary>Makes <paramref name="count"/> objects in adjacent slots from <paramref name="firstSlot"/> on.</summary>
    public static Sel4Error Retype(uint untyped, ObjectType type, int sizeBits, uint firstSlot, int count) =>
        UntypedInvocation.Retype(new CapabilityPointer(untyped), type, (ulong)sizeBits, 0, 0, firstSlot, (ulong)count, Root);

    public static Sel4Error Delete(uint slot) => CNodeInvocation.Delete(Root, slot, AbiConstants.WordBits);

    public static Sel4Error Revoke(uint slot) => CNodeInvocation.Revoke(Root, slot, AbiConstants.WordBits);

    /// <summary>Copies with a badge or guard within the own CSpace.</summary>
    public static Sel4Error Mint(uint target, CapabilityPointer source, CapRights rights, ulong data) =>
        CNodeInvocation.Mint(Root, target, AbiConstants.WordBits, source.Value, AbiConstants.WordBits, rights, data, Root);

    /// <summary>Copies into a slot of another CNode, which has 2^<paramref name="radix"/> slots and no guard.</summary>
    public static Sel4Error CopyInto(uint cnode, int radix, ulong index, CapabilityPointer source, CapRights rights) =>
        CNodeInvocation.Copy(new CapabilityPointer(cnode), index, (ulong)radix, source.Value, AbiConstants.WordBits, rights, Root);

    /// <summary>Copies with a badge or guard into slot <paramref name="index"/> of another CNode.</summary>
    public static Sel4Error MintInto(uint cnode, int radix, ulong index, CapabilityPointer source, CapRights rights, ulong data) =>
        CNodeInvocation.Mint(new CapabilityPointer(cnode), index, (ulong)radix, source.Value, AbiConstants.WordBits, rights, data, Root);
}
