// SPDX-License-Identifier: BSD-2-Clause

using System.Diagnostics;
using System.Globalization;
using Sel4.Abi;

namespace Sel4.Allocators.Bench;

/// <summary>How fast the bookkeeping is by itself: the kernel does nothing here and takes no time.</summary>
internal static class Speed
{
    private sealed class Nothing : IUntypedOperations
    {
        public ErrorCode Split(uint untypedSlot, int sizeBits, uint firstSlot, int count) => ErrorCode.None;

        public ErrorCode Revoke(uint slot) => ErrorCode.None;
    }

    /// <summary>Pairs of allocate and free in a second with so many blocks live.</summary>
    public static double PairsPerSecond(int bits, int live, int pairs)
    {
        SlotAllocator slots = new(16, 16 + SlotAllocator.MaxSlots);
        UntypedAllocator memory = new(new Nothing(), slots, 1 << 18, 1);
        memory.Adopt(1, 1ul << 40, 38, MemoryKind.Ram);
        UntypedBlock[] blocks = new UntypedBlock[live];
        for (int index = 0; index < live; index++)
            if (memory.Allocate(bits, out blocks[index]) != AllocationError.None) return double.NaN;
        Random random = new(1);
        Stopwatch watch = new();
        for (int round = 0; round < 2; round++)
        {
            // The first round is for warming up.
            watch.Restart();
            for (int pair = 0; pair < pairs; pair++)
            {
                int index = random.Next(live);
                memory.Free(blocks[index]);
                memory.Allocate(bits, out blocks[index]);
            }

            watch.Stop();
        }

        return pairs / watch.Elapsed.TotalSeconds;
    }

    /// <summary>The same in empty memory of 2^38 bytes that is merged each time: splits all the way down, and up again.</summary>
    public static double ColdPairsPerSecond(int bits, int pairs)
    {
        UntypedAllocator memory = new(new Nothing(), new SlotAllocator(16, 4096), 256, 1);
        memory.Adopt(1, 1ul << 40, 38, MemoryKind.Ram);
        Stopwatch watch = new();
        for (int round = 0; round < 2; round++)
        {
            watch.Restart();
            for (int pair = 0; pair < pairs; pair++)
            {
                memory.Allocate(bits, out UntypedBlock block);
                memory.Free(block);
                memory.MergeAll();
            }

            watch.Stop();
        }

        return pairs / watch.Elapsed.TotalSeconds;
    }

    /// <summary>Nanoseconds for taking and freeing a slot (AL:L12).</summary>
    public static double SlotNanoseconds(int live)
    {
        SlotAllocator slots = new(16, 16 + SlotAllocator.MaxSlots);
        for (int index = 0; index < live; index++) slots.TryAllocate(out _);
        const int Pairs = 5_000_000;
        Stopwatch watch = new();
        for (int round = 0; round < 2; round++)
        {
            watch.Restart();
            for (int pair = 0; pair < Pairs; pair++)
            {
                slots.TryAllocate(out uint slot);
                slots.Free(slot);
            }

            watch.Stop();
        }

        return watch.Elapsed.TotalNanoseconds / Pairs;
    }

    public static string Format(double pairsPerSecond) => double.IsNaN(pairsPerSecond)
        ? "no room" : (pairsPerSecond / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + " M";
}
