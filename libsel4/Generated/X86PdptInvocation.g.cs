// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>Page directory pointer table. ABI-17.5. Invocations on plain pointers.</summary>
public static class X86PdptInvocation
{
    /// <summary>Hangs the table into an address space.</summary>
    /// <remarks>Label 33. Errors in order of check: TruncatedMessage: fewer than 2 words, or no capability; InvalidCapability(0): it hangs somewhere already; InvalidCapability(1): no PML4 with an ASID; InvalidArgument(0): the address is in the kernel's half; FailedLookup(0, InvalidRoot): the ASID means nothing; InvalidCapability(1): the ASID means another PML4; DeleteFirst: something hangs there.</remarks>
    /// <param name="address">Any address that it is to cover.</param>
    /// <param name="attributes">Caching of the table itself.</param>
    /// <param name="vspace">The address space.</param>
    public static Sel4Error Map(CapabilityPointer capability, ulong address, VmAttributes attributes, CapabilityPointer vspace)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = address;
        buffer[1] = (ulong)attributes;
        buffer.SetCapability(0, vspace);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86PdptMap, 0, 1, 2), buffer);
    }

    /// <summary>Takes the table out and empties it.</summary>
    /// <remarks>Label 34. Errors in order of check: RevokeFirst: there are copies of the capability.</remarks>
    public static Sel4Error Unmap(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86PdptUnmap, 0, 0, 0), buffer);
    }
}
