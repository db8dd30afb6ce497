// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;

namespace Kernel.X64;

/// <summary>What a frame capability records of its mapping, and taking such a mapping back.</summary>
internal static class FrameMapping<M>
    where M : struct, IMachine
{
    /// <summary><c>FrameMapKind</c> of a frame in an ordinary address space.</summary>
    internal const ulong InVSpace = 1;
    internal const ulong NotMapped = 0;

    internal static bool IsMapped(Capability frame) => frame.FrameMapKind != NotMapped;

    /// <summary>The capability of an unmapped frame.</summary>
    internal static Capability WithoutMapping(Capability frame) => new(frame.WithFrameMapKind(NotMapped).Word0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Capability WithMapping(Capability frame, ulong asid, ulong address) =>
        new(frame.WithFrameMapKind(InVSpace).Word0, Capability.NewFrame(0, 0, 0, false, 0, asid, address).Word1);

    /// <summary>Clears the entry that the capability believes in, if it still maps this very frame.</summary>
    /// <remarks>Address space, tables or entry may have gone or changed meanwhile: then nothing is to be done (R-VS-16, R-VS-21).</remarks>
    internal static void Remove(ref KernelState kernel, Capability frame)
    {
        if (!IsMapped(frame)) return;
        ulong pml4 = Asids<M>.Find(ref kernel, frame.FrameMappedAsid);
        if (pml4 == 0) return;
        int sizeBits = ArchObjects.FrameSizeBits(frame);
        ulong address = frame.FrameMappedAddress;
        WalkResult walk = PageWalk<M>.Find(pml4, address, sizeBits);
        if (walk.IsMissing || !Maps(walk.Entry.Value, frame, sizeBits)) return;
        walk.Entry.Value = 0;
        ActiveSpace<M>.PageChanged(ref kernel, pml4, address);
    }

    private static bool Maps(ulong entry, Capability frame, int sizeBits)
    {
        if (!PageTableEntry.IsPresent(entry)) return false;
        // In a page directory or PDPT the entry may be a table; in a page table bit 7 says nothing about that.
        if (sizeBits != ArchObjects.SmallPageBits && PageTableEntry.IsTable(entry)) return false;
        return PageTableEntry.PageAddress(entry, sizeBits) == ArchObjects.PhysicalAddress<M>(frame.FrameAddress);
    }
}
