// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators;

/// <summary>Random traffic against the model of untyped memory: blocks are disjoint, exact, and nothing is lost (AL §14.1).</summary>
/// <remarks>A million steps take seconds. <c>SEL4_ALLOCATOR_STEPS</c> sets another number for each of the seeds, and
/// <c>SEL4_ALLOCATOR_SEEDS</c> how many seeds there are.</remarks>
public sealed class UntypedAllocatorModelTests
{
    private const int Steps = 200_000;
    private const int Slots = 3000;
    private const int CheckEvery = 5000;

    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(16, 16 + Slots);
    private readonly List<UntypedBlock> _live = [];
    private readonly HashSet<ulong> _starts = [];
    private readonly UntypedAllocator _allocator;
    private ulong _total;

    public UntypedAllocatorModelTests()
    {
        _allocator = new UntypedAllocator(_kernel, _slots, 4000, 8);
    }

    /// <summary>Five, or as many as <c>SEL4_ALLOCATOR_SEEDS</c> says.</summary>
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, FromEnvironment("SEL4_ALLOCATOR_SEEDS", 5))];

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out int number) ? number : otherwise;

    [Theory]
    [Trait("Kind", "random")]
    [MemberData(nameof(Seeds))]
    [Rule("AL:A3", "AL:I3", "AL:F1", "AL:F6", "AL:U19")]
    public void Random_traffic_keeps_the_books_and_never_overlaps(int seed)
    {
        Random random = new(seed);
        for (uint region = 0; region < 4; region++)
        {
            int bits = 16 + ((int)region * 2);
            ulong address = 0x4000_0000ul * (region + 1);
            _kernel.AddBootUntyped(1 + region, address, bits);
            Assert.Equal(AllocationError.None, _allocator.Adopt(1 + region, address, bits, MemoryKind.Ram));
            _total += 1ul << bits;
        }

        int steps = FromEnvironment("SEL4_ALLOCATOR_STEPS", Steps);
        for (int step = 0; step < steps; step++)
        {
            // Phases that fill, hold, and empty the memory.
            int share = (step / 2000 % 3) switch { 0 => 70, 1 => 50, _ => 30 };
            if (_live.Count == 0 || random.Next(100) < share) TryAllocate(random, $"seed {seed} step {step}");
            else FreeOne(random);
            UntypedTotals totals = _allocator.Totals(MemoryKind.Ram);
            Assert.True(totals.TotalBytes == _total && totals.GrantedBlocks == _live.Count, $"seed {seed} step {step}: the books");
            Assert.True(Slots - _slots.FreeCount == _allocator.SlotsOfPieces, $"seed {seed} step {step}: slots");
            if (step % CheckEvery == 0) Assert.Null(UntypedCheck.Problem(_allocator));
        }

        while (_live.Count != 0) FreeOne(random);
        _allocator.MergeAll();
        Assert.Equal(_total, _allocator.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(Slots, _slots.FreeCount);
        Assert.Equal(4, _kernel.OccupiedSlots);
        Assert.Null(UntypedCheck.Problem(_allocator));
    }

    private void TryAllocate(Random random, string where)
    {
        int sizeBits = random.Next(10) < 6 ? 12 : random.Next(4, 22);
        AllocationError error;
        UntypedBlock block;
        int kind = random.Next(16);
        if (kind < 2)
        {
            ulong address = (0x4000_0000ul * (ulong)random.Next(1, 5)) + ((ulong)random.Next(1 << 22) & ~((1ul << sizeBits) - 1));
            error = _allocator.AllocateAt(address, sizeBits, out block);
            Assert.True(error != AllocationError.None || address == block.PhysicalAddress, where);
        }
        else if (kind < 4)
        {
            RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, ObjectType.Untyped, sizeBits);
            draft.Min = (0x4000_0000ul * (ulong)random.Next(1, 5)) + (ulong)random.Next(1 << 20);
            draft.Max = draft.Min + (1ul << random.Next(sizeBits, 32));
            draft.AlignBits = random.Next(16);
            draft.Lifetime = (MemoryLifetime)random.Next(4);
            error = _allocator.Take(new Request(draft), null, out block);
            bool isInside = block.PhysicalAddress >= draft.Min && block.PhysicalAddress + ((1ul << sizeBits) - 1) <= draft.Max;
            bool isAligned = (block.PhysicalAddress & ((1ul << draft.AlignBits) - 1)) == 0;
            Assert.True(error != AllocationError.None || (isInside && isAligned), where);
        }
        else
        {
            error = _allocator.Allocate(sizeBits, out block);
            if (error != AllocationError.None)
            {
                bool isDue = _allocator.LargestFree(MemoryKind.Ram) < sizeBits || error is AllocationError.OutOfSlots;
                Assert.True(isDue, $"{where}: {error} although a block was free");
            }
        }

        if (error != AllocationError.None) return;
        // The model refuses to use memory twice, so two blocks that overlap are found here at the latest.
        Assert.True((block.PhysicalAddress, sizeBits) == _kernel.At(block.Slot) && _starts.Add(block.PhysicalAddress), where);
        _kernel.UseWhole(block.Slot);
        _live.Add(block);
    }

    private void FreeOne(Random random)
    {
        int index = random.Next(_live.Count);
        UntypedBlock block = _live[index];
        if (_allocator.Free(block) != AllocationError.None) Assert.Fail("a block could not be freed");
        _starts.Remove(block.PhysicalAddress);
        _live[index] = _live[^1];
        _live.RemoveAt(_live.Count - 1);
    }
}
