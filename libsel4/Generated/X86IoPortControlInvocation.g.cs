// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>The right to issue I/O port ranges. ABI-20. Invocations on plain pointers.</summary>
public static class X86IoPortControlInvocation
{
    /// <summary>Issues a range of ports.</summary>
    /// <remarks>Label 44. Errors in order of check: TruncatedMessage: fewer than 4 words, or no capability; InvalidArgument(1): last is below first; RevokeFirst: one of the ports is issued; FailedLookup(0, InvalidRoot): the root is no CNode; RangeError(1, 64): depth is 0 or above 64; FailedLookup(0, failure): the address does not lead to a slot; DeleteFirst: the slot is occupied.</remarks>
    /// <param name="first">Lowest port; cut to 16 bits.</param>
    /// <param name="last">Highest port; cut to 16 bits.</param>
    /// <param name="index">Address of the slot for the range.</param>
    /// <param name="depth">Bits of that address.</param>
    /// <param name="root">Where the slot is looked up.</param>
    public static Sel4Error Issue(CapabilityPointer capability, ulong first, ulong last, ulong index, ulong depth, CapabilityPointer root)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = first;
        buffer[1] = last;
        buffer[2] = index;
        buffer[3] = depth;
        buffer.SetCapability(0, root);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86IoPortControlIssue, 0, 1, 4), buffer);
    }
}
