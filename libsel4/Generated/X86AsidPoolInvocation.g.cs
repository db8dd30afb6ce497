// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>512 address space numbers. ABI-18. Invocations on plain pointers.</summary>
public static class X86AsidPoolInvocation
{
    /// <summary>Gives an address space a number.</summary>
    /// <remarks>Label 43. Errors in order of check: TruncatedMessage: no capability; InvalidCapability(1): no PML4, or one that has a number; FailedLookup(0, InvalidRoot): the pool has been detached; InvalidCapability(0): its numbers belong to another pool; DeleteFirst: the pool is full.</remarks>
    /// <param name="vspace">The address space.</param>
    public static Sel4Error Assign(CapabilityPointer capability, CapabilityPointer vspace)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer.SetCapability(0, vspace);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86AsidPoolAssign, 0, 1, 0), buffer);
    }
}
