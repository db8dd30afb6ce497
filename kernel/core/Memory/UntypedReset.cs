// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Makes the memory of an untyped without children usable from its start again (R-UT-14, R-UT-16).</summary>
public static class UntypedReset<A> where A : struct, IArch
{
    private const ulong ChunkBytes = 1ul << PreemptionLimits.ResetChunkBits;

    /// <summary>Zeroes the used part from the top down, in chunks, with the progress kept in the watermark.</summary>
    /// <remarks>
    /// Requires: no children. A preempted reset leaves a watermark that still covers all that is not yet zero, so that the
    /// next one goes on from there. Device memory is not touched (R-UT-20).
    /// </remarks>
    public static Progress Run(ref KernelState kernel, Ref<CapabilitySlot> slot)
    {
        Capability untyped = slot.Value.Capability;
        ulong used = UntypedMemory.UsedBytes(untyped);
        if (used == 0) return Progress.Done;
        if (untyped.UntypedIsDevice)
        {
            slot.Value.Word1 = UntypedMemory.WithUsedBytes(untyped, 0).Word1;
            return Progress.Done;
        }
        while (used != 0)
        {
            // All chunks up to the next look for interrupts in one piece: chunk by chunk costs as much again.
            ulong chunks = (used + ChunkBytes - 1) >> PreemptionLimits.ResetChunkBits;
            ulong first = chunks - PreemptionPoint<A>.UnitsUntilCheck(ref kernel, chunks);
            ulong start = first << PreemptionLimits.ResetChunkBits;
            A.ClearMemory(untyped.UntypedAddress + start, used - start);
            kernel.WorkUnits += chunks - first - 1;
            used = start;
            slot.Value.Word1 = UntypedMemory.WithUsedBytes(untyped, used).Word1;
            if (PreemptionPoint<A>.Check(ref kernel) == Progress.Preempted) return Progress.Preempted;
        }
        return Progress.Done;
    }
}
