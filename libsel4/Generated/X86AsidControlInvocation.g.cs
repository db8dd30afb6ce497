// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>The right to make ASID pools. ABI-18. Invocations on plain pointers.</summary>
public static class X86AsidControlInvocation
{
    /// <summary>Makes a pool of 512 address space numbers out of untyped memory.</summary>
    /// <remarks>Label 42. Errors in order of check: TruncatedMessage: fewer than 2 words, or fewer than 2 capabilities; DeleteFirst: all pool numbers are in use; InvalidCapability(1): no untyped memory of 4 KiB, or device memory; RevokeFirst: the untyped memory has children; FailedLookup(0, InvalidRoot): the root is no CNode; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; DeleteFirst: the slot is occupied.</remarks>
    /// <param name="index">Address of the slot for the pool.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="untyped">4 KiB without children.</param>
    /// <param name="root">Where the slot is looked up.</param>
    public static Sel4Error MakePool(CapabilityPointer capability, ulong index, ulong depth, CapabilityPointer untyped, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = index;
        buffer[1] = depth;
        buffer.SetCapability(0, untyped);
        buffer.SetCapability(1, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86AsidControlMakePool, 0, 2, 2), buffer);
    }
}
