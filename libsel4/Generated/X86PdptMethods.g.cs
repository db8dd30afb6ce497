// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>Page directory pointer table. ABI-17.5. Methods of the typed capability.</summary>
public static class X86PdptMethods
{
    extension(Cap<Pdpt> capability)
    {
        /// <summary>Hangs the table into an address space.</summary>
        /// <remarks>Label 33. Errors in order of check: TruncatedMessage: fewer than 2 words, or no capability; InvalidCapability(0): it hangs somewhere already; InvalidCapability(1): no PML4 with an ASID; InvalidArgument(0): the address is in the kernel's half; FailedLookup(0, InvalidRoot): the ASID means nothing; InvalidCapability(1): the ASID means another PML4; DeleteFirst: something hangs there.</remarks>
        /// <param name="address">Any address that it is to cover.</param>
        /// <param name="attributes">Caching of the table itself.</param>
        /// <param name="vspace">The address space.</param>
        public Sel4Error Map(ulong address, VmAttributes attributes, Cap<Pml4> vspace) =>
            X86PdptInvocation.Map(capability.Pointer, address, attributes, vspace.Pointer);

        /// <summary>Takes the table out and empties it.</summary>
        /// <remarks>Label 34. Errors in order of check: RevokeFirst: there are copies of the capability.</remarks>
        public Sel4Error Unmap() =>
            X86PdptInvocation.Unmap(capability.Pointer);
    }
}
