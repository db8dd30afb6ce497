// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;

namespace Sel4.Tests.Allocators;

/// <summary>Random traffic against the model of untyped memory: blocks are disjoint, exact, and nothing is lost (AL §14.1).</summary>
public sealed class UntypedAllocatorModelTests
{
    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1, 20_000)]
    [InlineData(2, 20_000)]
    [InlineData(3, 20_000)]
    [InlineData(4, 20_000)]
    [InlineData(5, 20_000)]
    [Rule("AL:A3", "AL:I3", "AL:F1", "AL:F6")]
    public void Random_traffic_keeps_the_books_and_never_overlaps(int seed, int steps)
    {
        Random random = new(seed);
        ModelUntypedKernel kernel = new();
        SlotAllocator slots = new(16, 16 + 3000);
        UntypedAllocator allocator = new(kernel, slots, 4000, 8);
        ulong total = 0;
        for (uint region = 0; region < 4; region++)
        {
            int bits = 16 + (int)region * 2;
            ulong address = 0x1000_0000ul * (region + 1);
            kernel.AddBootUntyped(1 + region, address, bits);
            Assert.Equal(AllocationError.None, allocator.Adopt(1 + region, address, bits, MemoryKind.Ram));
            total += 1ul << bits;
        }

        List<UntypedBlock> live = [];
        SortedList<ulong, ulong> ranges = [];
        for (int step = 0; step < steps; step++)
        {
            if (live.Count == 0 || random.Next(100) < 55) TryAllocate(random, allocator, kernel, live, ranges, $"seed {seed} step {step}");
            else FreeOne(random, allocator, live, ranges);
            Assert.Equal(total, allocator.Totals(MemoryKind.Ram).TotalBytes);
            Assert.Equal(live.Count, allocator.Totals(MemoryKind.Ram).GrantedBlocks);
            Assert.Equal(3000 - slots.FreeCount, allocator.SlotsOfPieces);
        }

        while (live.Count != 0) FreeOne(random, allocator, live, ranges);
        allocator.MergeAll();
        Assert.Equal(total, allocator.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(3000, slots.FreeCount);
        Assert.Equal(4, kernel.OccupiedSlots);
    }

    private static void TryAllocate(
        Random random, UntypedAllocator allocator, ModelUntypedKernel kernel, List<UntypedBlock> live,
        SortedList<ulong, ulong> ranges, string where)
    {
        int sizeBits = random.Next(10) < 6 ? 12 : random.Next(4, 22);
        AllocationError error;
        UntypedBlock block;
        if (random.Next(8) == 0)
        {
            ulong address = 0x1000_0000ul * (ulong)random.Next(1, 5) + ((ulong)random.Next(1 << 22) & ~((1ul << sizeBits) - 1));
            error = allocator.AllocateAt(address, sizeBits, out block);
            if (error == AllocationError.None) Assert.Equal(address, block.PhysicalAddress);
        }
        else
        {
            error = allocator.Allocate(sizeBits, out block);
            if (error != AllocationError.None)
            {
                bool isDue = allocator.LargestFree(MemoryKind.Ram) < sizeBits || error is AllocationError.OutOfSlots;
                Assert.True(isDue, $"{where}: {error} although a block was free");
            }
        }

        if (error != AllocationError.None) return;
        Assert.Equal((block.PhysicalAddress, sizeBits), kernel.At(block.Slot));
        kernel.UseWhole(block.Slot);
        ulong first = block.PhysicalAddress;
        ulong after = first + (1ul << sizeBits);
        foreach ((ulong start, ulong end) in ranges) Assert.False(first < end && start < after, $"{where}: overlap at {start:x}");
        ranges.Add(first, after);
        live.Add(block);
    }

    private static void FreeOne(Random random, UntypedAllocator allocator, List<UntypedBlock> live, SortedList<ulong, ulong> ranges)
    {
        int index = random.Next(live.Count);
        Assert.Equal(AllocationError.None, allocator.Free(live[index]));
        ranges.Remove(live[index].PhysicalAddress);
        live[index] = live[^1];
        live.RemoveAt(live.Count - 1);
    }
}
