// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A table of capability slots. ABI-13. Invocations on plain pointers.</summary>
public static class CNodeInvocation
{
    /// <summary>Deletes everything derived from a capability.</summary>
    /// <remarks>Label 17. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot.</remarks>
    /// <param name="index">Address of the slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    public static Sel4Error Revoke(CapabilityPointer capability, ulong index, ulong depth)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeRevoke, 0, 0, 2), buffer);
    }

    /// <summary>Empties a slot.</summary>
    /// <remarks>Label 18. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot.</remarks>
    /// <param name="index">Address of the slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    public static Sel4Error Delete(CapabilityPointer capability, ulong index, ulong depth)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeDelete, 0, 0, 2), buffer);
    }

    /// <summary>Sends away everyone who queues with the badge of an endpoint capability.</summary>
    /// <remarks>Label 19. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; IllegalOperation: the slot holds no endpoint capability with all rights.</remarks>
    /// <param name="index">Address of the slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    public static Sel4Error CancelBadgedSends(CapabilityPointer capability, ulong index, ulong depth)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeCancelBadgedSends, 0, 0, 2), buffer);
    }

    /// <summary>Copies a capability, possibly with fewer rights.</summary>
    /// <remarks>Label 20. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the destination's address does not lead to a slot; TruncatedMessage: fewer than 4 words, or no capability; DeleteFirst: the destination is occupied; FailedLookup(1, failure): the source's address does not lead to a slot; FailedLookup(1, MissingCapability, sourceDepth): the source is empty; TruncatedMessage: fewer than 5 words; RevokeFirst: untyped memory with children; IllegalOperation: the capability cannot be copied.</remarks>
    /// <param name="index">Address of the destination slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="sourceIndex">Address of the source slot, seen from the source root.</param>
    /// <param name="sourceDepth">Bits of that address.</param>
    /// <param name="rights">Rights to keep.</param>
    /// <param name="sourceRoot">Where the source is looked up.</param>
    public static Sel4Error Copy(CapabilityPointer capability, ulong index, ulong depth, ulong sourceIndex, ulong sourceDepth, CapRights rights, CapabilityPointer sourceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = sourceIndex;
        buffer[3] = sourceDepth;
        buffer[4] = (ulong)rights;
        buffer.SetCapability(0, sourceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeCopy, 0, 1, 5), buffer);
    }

    /// <summary>Copies a capability and gives it a badge or guard.</summary>
    /// <remarks>Label 21. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the destination's address does not lead to a slot; TruncatedMessage: fewer than 4 words, or no capability; DeleteFirst: the destination is occupied; FailedLookup(1, failure): the source's address does not lead to a slot; FailedLookup(1, MissingCapability, sourceDepth): the source is empty; TruncatedMessage: fewer than 6 words; RevokeFirst: untyped memory with children; IllegalOperation: the capability cannot be copied, has a badge already, or the guard does not fit.</remarks>
    /// <param name="index">Address of the destination slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="sourceIndex">Address of the source slot, seen from the source root.</param>
    /// <param name="sourceDepth">Bits of that address.</param>
    /// <param name="rights">Rights to keep.</param>
    /// <param name="data">The badge, or the guard of a CNode.</param>
    /// <param name="sourceRoot">Where the source is looked up.</param>
    public static Sel4Error Mint(CapabilityPointer capability, ulong index, ulong depth, ulong sourceIndex, ulong sourceDepth, CapRights rights, ulong data, CapabilityPointer sourceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = sourceIndex;
        buffer[3] = sourceDepth;
        buffer[4] = (ulong)rights;
        buffer[5] = data;
        buffer.SetCapability(0, sourceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeMint, 0, 1, 6), buffer);
    }

    /// <summary>Moves a capability.</summary>
    /// <remarks>Label 22. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the destination's address does not lead to a slot; TruncatedMessage: fewer than 4 words, or no capability; DeleteFirst: the destination is occupied; FailedLookup(1, failure): the source's address does not lead to a slot; FailedLookup(1, MissingCapability, sourceDepth): the source is empty.</remarks>
    /// <param name="index">Address of the destination slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="sourceIndex">Address of the source slot, seen from the source root.</param>
    /// <param name="sourceDepth">Bits of that address.</param>
    /// <param name="sourceRoot">Where the source is looked up.</param>
    public static Sel4Error Move(CapabilityPointer capability, ulong index, ulong depth, ulong sourceIndex, ulong sourceDepth, CapabilityPointer sourceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = sourceIndex;
        buffer[3] = sourceDepth;
        buffer.SetCapability(0, sourceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeMove, 0, 1, 4), buffer);
    }

    /// <summary>Moves a capability and gives a CNode another guard.</summary>
    /// <remarks>Label 23. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the destination's address does not lead to a slot; TruncatedMessage: fewer than 4 words, or no capability; DeleteFirst: the destination is occupied; FailedLookup(1, failure): the source's address does not lead to a slot; FailedLookup(1, MissingCapability, sourceDepth): the source is empty; TruncatedMessage: fewer than 5 words; IllegalOperation: an endpoint or notification, or the guard does not fit.</remarks>
    /// <param name="index">Address of the destination slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="sourceIndex">Address of the source slot, seen from the source root.</param>
    /// <param name="sourceDepth">Bits of that address.</param>
    /// <param name="data">The guard.</param>
    /// <param name="sourceRoot">Where the source is looked up.</param>
    public static Sel4Error Mutate(CapabilityPointer capability, ulong index, ulong depth, ulong sourceIndex, ulong sourceDepth, ulong data, CapabilityPointer sourceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = sourceIndex;
        buffer[3] = sourceDepth;
        buffer[4] = data;
        buffer.SetCapability(0, sourceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeMutate, 0, 1, 5), buffer);
    }

    /// <summary>Moves the source to the pivot and the pivot to the destination.</summary>
    /// <remarks>Label 24. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the destination's address does not lead to a slot; TruncatedMessage: fewer than 8 words, or fewer than 2 capabilities; FailedLookup(1, failure): the source's address does not lead to a slot; FailedLookup(1, failure): the pivot's address does not lead to a slot; IllegalOperation: the pivot is the source or the destination; DeleteFirst: the destination is occupied and is not the source; FailedLookup(1, MissingCapability, sourceDepth): the source is empty; FailedLookup(0, MissingCapability, pivotDepth): the pivot is empty; IllegalOperation: the data of the source, then of the pivot, cannot be applied.</remarks>
    /// <param name="index">Address of the destination slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="destinationData">The guard of the capability that leaves the pivot.</param>
    /// <param name="pivotIndex">Address of the pivot slot, seen from the pivot root.</param>
    /// <param name="pivotDepth">Bits of that address.</param>
    /// <param name="pivotData">The guard of the capability that leaves the source.</param>
    /// <param name="sourceIndex">Address of the source slot, seen from the source root.</param>
    /// <param name="sourceDepth">Bits of that address.</param>
    /// <param name="pivotRoot">Where the pivot is looked up.</param>
    /// <param name="sourceRoot">Where the source is looked up.</param>
    public static Sel4Error Rotate(CapabilityPointer capability, ulong index, ulong depth, ulong destinationData, ulong pivotIndex, ulong pivotDepth, ulong pivotData, ulong sourceIndex, ulong sourceDepth, CapabilityPointer pivotRoot, CapabilityPointer sourceRoot)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer[2] = destinationData;
        buffer[3] = pivotIndex;
        buffer[4] = pivotDepth;
        buffer[5] = pivotData;
        buffer[6] = sourceIndex;
        buffer[7] = sourceDepth;
        buffer.SetCapability(0, pivotRoot);
        buffer.SetCapability(1, sourceRoot);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeRotate, 0, 2, 8), buffer);
    }

    /// <summary>Moves the right to answer the last caller into a slot.</summary>
    /// <remarks>Label 25. Errors in order of check: TruncatedMessage: fewer than 2 words; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; DeleteFirst: the slot is occupied.</remarks>
    /// <param name="index">Address of the slot, seen from the invoked CNode.</param>
    /// <param name="depth">Bits of that address.</param>
    public static Sel4Error SaveCaller(CapabilityPointer capability, ulong index, ulong depth)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.CNodeSaveCaller, 0, 0, 2), buffer);
    }
}
