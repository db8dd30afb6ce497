// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>What deleting an architecture capability does to the world (ABI §21.3).</summary>
internal static class ArchFinalization<M>
    where M : struct, IMachine
{
    internal static void Finalize(ref KernelState kernel, Capability capability, bool isFinal)
    {
        if (capability.Tag == CapabilityTag.Frame)
        {
            // Each frame capability has its own mapping, so each deletion unmaps.
            FrameMapping<M>.Remove(ref kernel, capability);
            return;
        }
        if (!isFinal) return;
        switch (capability.Tag)
        {
            case CapabilityTag.PageTable:
            case CapabilityTag.PageDirectory:
            case CapabilityTag.Pdpt:
                Tables<M>.Remove(ref kernel, capability);
                break;
            case CapabilityTag.Pml4:
                if (capability.Pml4IsMapped) Asids<M>.Release(ref kernel, capability.Pml4MappedAsid, capability.Pml4Address);
                break;
            case CapabilityTag.AsidPool:
                Asids<M>.Detach(ref kernel, capability.AsidPoolAddress, capability.AsidPoolBase);
                break;
            case CapabilityTag.IoPort:
                IoPortRanges.Free(ref kernel, (uint)capability.IoPortFirst, (uint)capability.IoPortLast);
                break;
            default:
                break;
        }
    }
}
