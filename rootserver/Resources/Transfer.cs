// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Puts capabilities where a child gets at them, and says why that failed in the protocol's terms.</summary>
internal static class Transfer
{
    // Field number of dest_slot in HintsMessage.
    private const uint DestinationField = 10;

    /// <summary>False for paging structures: the kernel copies them only while they are mapped (RPC:R11).</summary>
    public static bool CanCopy(ObjectType type) =>
        type is not (ObjectType.PageTable or ObjectType.PageDirectory or ObjectType.Pdpt or ObjectType.Pml4);

    /// <summary>Makes objects in slots of the child's grant window (RPC:P1).</summary>
    public static Refusal MakeInChild(Session owner, uint untyped, ObjectType type, int sizeBits, ulong slot, int count) =>
        ToRefusal(Retype(untyped, type, sizeBits, owner.Space.CNode, slot, count));

    /// <summary>Makes objects in adjacent slots of a CNode that has no guard.</summary>
    public static Sel4Error Retype(uint untyped, ObjectType type, int sizeBits, CapabilityPointer cnode, ulong slot, int count) =>
        UntypedInvocation.Retype(new CapabilityPointer(untyped), type, (ulong)sizeBits, 0, 0, slot, (ulong)count, cnode);

    /// <summary>Copies a capability into a slot of the child's grant window.</summary>
    public static Refusal Copy(Session owner, CapabilityPointer capability, ulong slot)
    {
        ChildSpace space = owner.Space;
        if (space.CNode.IsNull) return Refusal.Because(Reason.Unsupported);
        Sel4Error error = CNodeInvocation.Copy(
            space.CNode, slot, (ulong)space.CNodeBits, capability.Value, AbiConstants.WordBits, CapRights.All, OwnCSpace.Root);
        return ToRefusal(error);
    }

    /// <summary>What the kernel refused, as the client is told.</summary>
    public static Refusal ToRefusal(Sel4Error error) => error.Code switch
    {
        ErrorCode.None => Refusal.None,
        ErrorCode.DeleteFirst => Refusal.Because(Reason.DestinationOccupied, DestinationField).FromKernel(error.Code),
        ErrorCode.InvalidArgument or ErrorCode.IllegalOperation => Refusal.Because(Reason.NotTransferable).FromKernel(error.Code),
        _ => Refusal.Because(Reason.OutOfMemory).FromKernel(error.Code),
    };
}
