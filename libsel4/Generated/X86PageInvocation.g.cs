// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A page of any size. ABI-17.4. Invocations on plain pointers.</summary>
public static class X86PageInvocation
{
    /// <summary>Maps the page, or changes how it is mapped.</summary>
    /// <remarks>Label 39. Errors in order of check: TruncatedMessage: fewer than 3 words, or no capability; InvalidCapability(1): no PML4 with an ASID, or the page is mapped in another address space; InvalidArgument(0): the page is mapped at another address; InvalidArgument(0): the address is in the kernel's half; FailedLookup(0, InvalidRoot): the ASID means nothing; InvalidCapability(1): the ASID means another PML4; AlignmentError: the address is not aligned; FailedLookup(0, MissingCapability, 39): there is no PDPT; FailedLookup(0, MissingCapability, 30): there is no page directory; FailedLookup(0, MissingCapability, 21): there is no page table, or a large page is in the way; DeleteFirst: a table hangs where a large page should go.</remarks>
    /// <param name="address">Aligned to the page's size.</param>
    /// <param name="rights">Read and Write; what the capability lacks stays away.</param>
    /// <param name="attributes">Caching.</param>
    /// <param name="vspace">The address space.</param>
    public static Sel4Error Map(CapabilityPointer capability, ulong address, CapRights rights, VmAttributes attributes, CapabilityPointer vspace)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        buffer[0] = address;
        buffer[1] = (ulong)rights;
        buffer[2] = (ulong)attributes;
        buffer.SetCapability(0, vspace);
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86PageMap, 0, 1, 3), buffer);
    }

    /// <summary>Takes the page out; nothing to do is no error.</summary>
    /// <remarks>Label 40. Errors in order of check: none.</remarks>
    public static Sel4Error Unmap(CapabilityPointer capability)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        return Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86PageUnmap, 0, 0, 0), buffer);
    }

    /// <summary>Tells the physical address.</summary>
    /// <remarks>Label 41. Errors in order of check: none.</remarks>
    /// <param name="address">That address. Means nothing after an error.</param>
    public static Sel4Error GetAddress(CapabilityPointer capability, out ulong address)
    {
        IpcBuffer buffer = IpcBuffer.Current;
        Sel4Error error = Syscall.Invoke(capability, new MessageInfo((ulong)InvocationLabel.X86PageGetAddress, 0, 0, 0), buffer);
        address = buffer[0];
        return error;
    }
}
