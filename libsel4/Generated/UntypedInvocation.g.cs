// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>Memory from which objects are made. ABI-12. Invocations on plain pointers.</summary>
public static class UntypedInvocation
{
    /// <summary>Makes a number of objects of one type in consecutive slots.</summary>
    /// <remarks>Label 1. Errors in order of check: TruncatedMessage: fewer than 6 words, or no capability; InvalidArgument(0): the type is not below the number of types; RangeError(0, 47): sizeBits is 64 or more, or the object would be larger than 2^47 bytes; InvalidArgument(1): a CNode of one slot, or untyped memory below 16 bytes; FailedLookup(0, InvalidRoot): nodeDepth is not 0 and the root is no CNode; RangeError(1, 64): nodeDepth is above 64; FailedLookup(0, failure): the address does not lead to a slot; FailedLookup(0, MissingCapability, nodeDepth): the destination is no CNode; RangeError(0, slots-1): nodeOffset is outside the CNode; RangeError(1, 256): count is 0 or above 256; RangeError(1, slots-offset): the slots reach past the end of the CNode; DeleteFirst: one of the slots is occupied; NotEnoughMemory(bytesLeft): the objects do not fit; alignment is not counted; InvalidArgument(1): device memory, and the type is neither untyped nor a page.</remarks>
    /// <param name="type">What to make.</param>
    /// <param name="sizeBits">Size of untyped memory and CNodes; below 64 for every type.</param>
    /// <param name="nodeIndex">Address of the destination CNode, seen from the root.</param>
    /// <param name="nodeDepth">Bits of that address; 0 = the root itself is the destination.</param>
    /// <param name="nodeOffset">First slot.</param>
    /// <param name="count">Number of objects.</param>
    /// <param name="root">Where the destination is looked up.</param>
    public static Sel4Error Retype(CapabilityPointer capability, ObjectType type, ulong sizeBits, ulong nodeIndex, ulong nodeDepth, ulong nodeOffset, ulong count, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = (ulong)type;
        buffer[1] = sizeBits;
        buffer[2] = nodeIndex;
        buffer[3] = nodeDepth;
        buffer[4] = nodeOffset;
        buffer[5] = count;
        buffer.SetCapability(0, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.UntypedRetype, 0, 1, 6), buffer);
    }
}
