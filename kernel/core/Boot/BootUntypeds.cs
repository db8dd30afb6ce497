// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Hands free memory out as untyped capabilities (boot sheet §8): devices first, then RAM, each ascending.</summary>
public static class BootUntypeds<A> where A : struct, IArch
{
    private const int MinBits = AbiConstants.MinUntypedBits;
    private const int MaxBits = AbiConstants.MaxUntypedBits;

    /// <summary>Makes the capabilities and their entries in BootInfo, which has been zeroed.</summary>
    public static void Provide(ref BootDescription description, ulong window)
    {
        ref RootTaskPlan plan = ref description.Plan;
        ulong first = plan.NextSlot;
        for (int index = 0; index < description.Devices.Count; index++)
            ProvideDevices(ref plan, window, description.Devices.StartOf(index), description.Devices.EndOf(index));
        for (int index = 0; index < description.Free.Count; index++)
            ProvideRegion(ref plan, window, description.Free.StartOf(index), description.Free.EndOf(index), isDevice: false);
        BootInfoWriter.WriteRegion(ref plan, BootInfoLayout.Untyped, first, plan.NextSlot);
    }

    /// <summary>log2 of the largest naturally aligned block that starts at <paramref name="start"/>; −1 when none fits (§8.2).</summary>
    public static int BlockBits(ulong start, ulong end)
    {
        if (start >= end) return -1;
        int bits = BitOperations.Log2(end - start);
        int alignment = BitOperations.TrailingZeroCount(start);
        if (alignment < bits) bits = alignment;
        if (bits > MaxBits) bits = MaxBits;
        return bits < MinBits ? -1 : bits;
    }

    /// <summary>The first MiB is a block of its own even where no RAM follows it (§8.3), so that drivers find VGA and BIOS there.</summary>
    private static void ProvideDevices(ref RootTaskPlan plan, ulong window, ulong start, ulong end)
    {
        if (start < BootMemory.LowMemoryEnd && end > BootMemory.LowMemoryEnd)
        {
            ProvideRegion(ref plan, window, start, BootMemory.LowMemoryEnd, isDevice: true);
            start = BootMemory.LowMemoryEnd;
        }
        ProvideRegion(ref plan, window, start, end, isDevice: true);
    }

    private static void ProvideRegion(ref RootTaskPlan plan, ulong window, ulong start, ulong end, bool isDevice)
    {
        const ulong UnitMask = (1ul << MinBits) - 1;
        start = (start + UnitMask) & ~UnitMask;
        for (int bits = BlockBits(start, end); bits >= 0; bits = BlockBits(start, end))
        {
            ProvideBlock(ref plan, window, start, bits, isDevice);
            start += 1ul << bits;
        }
    }

    private static void ProvideBlock(ref RootTaskPlan plan, ulong window, ulong start, int bits, bool isDevice)
    {
        if (plan.UntypedCount == AbiConstants.MaxBootUntypeds)
        {
            plan.DroppedUntypeds++;
            return;
        }
        BootInfoWriter.WriteUntyped(ref plan, plan.UntypedCount, start, bits, isDevice);
        plan.UntypedCount++;
        // Fully used and without children: the first Retype resets it, and zeroes it if it is RAM (§8.4).
        RootCSpace<A>.Append(ref plan, Capability.NewUntyped(window + start, (ulong)bits, isDevice, 1ul << (bits - MinBits)));
    }
}
