// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.
using Sel4.Abi;

namespace Sel4;

/// <summary>512 address space numbers. ABI-18. Methods of the typed capability.</summary>
public static class X86AsidPoolMethods
{
    extension(Cap<AsidPool> capability)
    {
        /// <summary>Gives an address space a number.</summary>
        /// <remarks>Label 43. Errors in order of check: TruncatedMessage: no capability; InvalidCapability(1): no PML4, or one that has a number; FailedLookup(0, InvalidRoot): the pool has been detached; InvalidCapability(0): its numbers belong to another pool; DeleteFirst: the pool is full.</remarks>
        /// <param name="vspace">The address space.</param>
        public Sel4Error Assign(Cap<Pml4> vspace) =>
            X86AsidPoolInvocation.Assign(capability.Pointer, vspace.Pointer);
    }
}
