// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;

namespace Sel4.Tests.Allocators;

public sealed class SlotAllocatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4096)]
    [InlineData(8191)]
    [InlineData(SlotAllocator.MaxSlots)]
    [Rule("AL:L1", "AL:L2")]
    public void Every_slot_of_the_range_is_handed_out_exactly_once(int count)
    {
        SlotAllocator slots = new(16, 16 + (uint)count);
        HashSet<uint> seen = [];
        for (int n = 0; n < count; n++)
        {
            Assert.True(slots.TryAllocate(out uint slot));
            Assert.InRange(slot, 16u, 15u + (uint)count);
            Assert.True(seen.Add(slot));
        }

        Assert.False(slots.TryAllocate(out _));
        Assert.Equal(0, slots.FreeCount);
    }

    [Fact]
    public void A_range_beyond_three_levels_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SlotAllocator(0, SlotAllocator.MaxSlots + 1));

    [Fact]
    [Rule("AL:I1", "AL:I6")]
    public void Freeing_a_free_or_foreign_slot_is_refused_and_changes_nothing()
    {
        SlotAllocator slots = new(100, 200);
        Assert.True(slots.TryAllocate(out uint slot));
        Assert.False(slots.Free(99));
        Assert.False(slots.Free(200));
        Assert.False(slots.Free(slot + 1));
        Assert.Equal(99, slots.FreeCount);
        Assert.True(slots.Free(slot));
        Assert.False(slots.Free(slot));
        Assert.Equal(100, slots.FreeCount);
    }

    [Fact]
    [Rule("AL:L3")]
    public void A_freed_slot_is_not_reused_at_once()
    {
        SlotAllocator slots = new(0, 1000);
        Assert.True(slots.TryAllocate(out uint first));
        Assert.True(slots.Free(first));
        Assert.True(slots.TryAllocate(out uint second));
        Assert.NotEqual(first, second);
    }

    [Fact]
    [Rule("AL:L11")]
    public void Runs_are_adjacent_free_and_found_after_the_cursor_wrapped()
    {
        SlotAllocator slots = new(0, 256);
        Assert.True(slots.TryAllocateRun(200, out uint first));
        Assert.Equal(0u, first);
        Assert.False(slots.TryAllocateRun(57, out _));
        Assert.True(slots.TryAllocateRun(56, out uint second));
        Assert.Equal(200u, second);
        for (uint slot = 10; slot < 20; slot++) Assert.True(slots.Free(slot));
        Assert.False(slots.TryAllocateRun(11, out _));
        Assert.True(slots.TryAllocateRun(10, out uint third));
        Assert.Equal(10u, third);
        Assert.False(slots.TryAllocateRun(0, out _));
        Assert.False(slots.TryAllocateRun(-1, out _));
    }

    [Fact]
    public void A_reserved_slot_is_never_handed_out()
    {
        SlotAllocator slots = new(0, 64);
        Assert.True(slots.Reserve(7));
        Assert.False(slots.Reserve(7));
        Assert.False(slots.Reserve(64));
        for (int n = 0; n < 63; n++)
        {
            Assert.True(slots.TryAllocate(out uint slot));
            Assert.NotEqual(7u, slot);
        }

        Assert.False(slots.TryAllocate(out _));
    }

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [Rule("AL:L1", "AL:I1")]
    public void Random_traffic_agrees_with_a_set(int seed)
    {
        Random random = new(seed);
        SlotAllocator slots = new(5, 5 + 777);
        HashSet<uint> taken = [];
        for (int step = 0; step < 50_000; step++)
        {
            if (random.Next(100) < 52)
            {
                int length = random.Next(20) == 0 ? random.Next(1, 9) : 1;
                if (slots.TryAllocateRun(length, out uint first))
                {
                    for (uint slot = first; slot < first + length; slot++)
                    {
                        Assert.InRange(slot, 5u, 5u + 776u);
                        Assert.True(taken.Add(slot), $"seed {seed} step {step}: slot {slot} handed out twice");
                    }
                }
                else
                {
                    Assert.True(length > 1 || taken.Count == 777, $"seed {seed} step {step}: refused with {777 - taken.Count} free");
                }
            }
            else if (taken.Count != 0)
            {
                uint slot = taken.ElementAt(random.Next(taken.Count));
                Assert.True(slots.Free(slot));
                taken.Remove(slot);
            }

            Assert.Equal(777 - taken.Count, slots.FreeCount);
        }
    }

    [Fact]
    [Rule("AL:L12")]
    public void A_slot_costs_the_same_wherever_the_free_ones_are()
    {
        SlotAllocator slots = new(0, SlotAllocator.MaxSlots);
        while (slots.TryAllocate(out _))
        {
        }

        // One free slot, each time far from the last: looking at slots one by one would take minutes.
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        uint place = 7;
        for (int round = 0; round < 300_000; round++)
        {
            place = (place + 99_991) % SlotAllocator.MaxSlots;
            Assert.True(slots.Free(place));
            if (!slots.TryAllocate(out uint slot) || slot != place) Assert.Fail($"slot {slot} instead of {place}");
        }

        Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    [Rule("AL:L13")]
    public void Parent_and_child_never_hand_out_the_same_slot()
    {
        SlotAllocator parent = new(32, 288);
        SlotAllocator child = new(288, 4096);
        HashSet<uint> taken = [];
        while (parent.TryAllocate(out uint slot)) Assert.True(taken.Add(slot));
        while (child.TryAllocate(out uint slot)) Assert.True(taken.Add(slot));
        Assert.Equal(4096 - 32, taken.Count);
        Assert.False(child.Free(40));
        Assert.False(parent.Free(288));
    }
}
