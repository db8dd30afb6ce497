// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>A page of any size. ABI-17.4. Methods of the typed capability.</summary>
public static class X86PageMethods
{
    extension<T>(Cap<T> capability) where T : struct, IFrameType
    {
        /// <summary>Maps the page, or changes how it is mapped.</summary>
        /// <remarks>Label 39. Errors in order of check: TruncatedMessage: fewer than 3 words, or no capability; InvalidCapability(1): no PML4 with an ASID, or the page is mapped in another address space; InvalidArgument(0): the page is mapped at another address; InvalidArgument(0): the address is in the kernel's half; FailedLookup(0, InvalidRoot): the ASID means nothing; InvalidCapability(1): the ASID means another PML4; AlignmentError: the address is not aligned; FailedLookup(0, MissingCapability, 39): there is no PDPT; FailedLookup(0, MissingCapability, 30): there is no page directory; FailedLookup(0, MissingCapability, 21): there is no page table, or a large page is in the way; DeleteFirst: a table hangs where a large page should go.</remarks>
        /// <param name="address">Aligned to the page's size.</param>
        /// <param name="rights">Read and Write; what the capability lacks stays away.</param>
        /// <param name="attributes">Caching.</param>
        /// <param name="vspace">The address space.</param>
        public Sel4Error Map(ulong address, CapRights rights, VmAttributes attributes, Cap<Pml4> vspace) =>
            X86PageInvocation.Map(capability.Pointer, address, rights, attributes, vspace.Pointer);

        /// <summary>Takes the page out; nothing to do is no error.</summary>
        /// <remarks>Label 40. Errors in order of check: none.</remarks>
        public Sel4Error Unmap() =>
            X86PageInvocation.Unmap(capability.Pointer);

        /// <summary>Tells the physical address.</summary>
        /// <remarks>Label 41. Errors in order of check: none.</remarks>
        /// <param name="address">That address. Means nothing after an error.</param>
        public Sel4Error GetAddress(out ulong address) =>
            X86PageInvocation.GetAddress(capability.Pointer, out address);
    }
}
