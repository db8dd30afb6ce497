// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;

namespace Sel4.Tests.Allocators;

public sealed class TwoLevelSlotsTests
{
    private sealed class Maker : ILeafMaker
    {
        public HashSet<uint> Made { get; } = [];

        public bool Refuses { get; set; }

        public bool TryMake(uint leaf)
        {
            if (Refuses) return false;
            Assert.True(Made.Add(leaf), $"leaf {leaf} exists already");
            return true;
        }

        public void Remove(uint leaf) => Assert.True(Made.Remove(leaf), $"leaf {leaf} does not exist");
    }

    private readonly Maker _maker = new();

    private TwoLevelSlots Make(int rootBits = 2, int leafBits = 3, uint first = 0) =>
        new(CSpaceShape.TwoLevel(rootBits, leafBits), first, 1u << rootBits, _maker);

    [Fact]
    [Rule("AL:L6", "AL:L8", "AL:L2")]
    public void From_no_leaf_to_all_leaves_and_back_every_slot_is_usable()
    {
        TwoLevelSlots slots = Make();
        Assert.False(slots.TryAllocate(out _));
        HashSet<uint> taken = [];
        for (int leaf = 0; leaf < 4; leaf++)
        {
            Assert.True(slots.TryGrow());
            for (int slot = 0; slot < 8; slot++)
            {
                Assert.True(slots.TryAllocate(out uint got));
                Assert.True(taken.Add(got) && got < 32);
            }

            Assert.False(slots.TryAllocate(out _));
            Assert.Equal((leaf + 1, 8 * (leaf + 1), 0), (slots.Leaves, slots.Count, slots.FreeCount));
        }

        Assert.False(slots.TryGrow());
        foreach (uint slot in taken) Assert.True(slots.Free(slot));
        Assert.Equal(32, slots.FreeCount);
        Assert.Equal(3, slots.Trim());
        Assert.Single(_maker.Made);
        Assert.Equal((1, 8, 8), (slots.Leaves, slots.Count, slots.FreeCount));
        Assert.Equal(0, slots.Trim());
        Assert.True(slots.TryGrow());
        Assert.Equal(16, slots.FreeCount);
    }

    [Fact]
    [Rule("AL:L8")]
    public void A_leaf_that_cannot_be_made_leaves_nothing_behind()
    {
        TwoLevelSlots slots = Make();
        for (int attempt = 0; attempt < 10; attempt++)
        {
            _maker.Refuses = true;
            Assert.False(slots.TryGrow());
        }

        _maker.Refuses = false;
        for (int leaf = 0; leaf < 4; leaf++) Assert.True(slots.TryGrow());
        Assert.Equal(new uint[] { 0, 1, 2, 3 }, _maker.Made.Order());
    }

    [Fact]
    [Rule("AL:L10", "AL:L5")]
    public void The_initial_cnode_can_be_the_first_leaf_and_its_addresses_stay()
    {
        TwoLevelSlots slots = Make();
        Assert.True(slots.AdoptLeaf(0, 5, 8));
        Assert.False(slots.AdoptLeaf(0, 5, 8));
        uint[] got = [.. Enumerable.Range(0, 3).Select(_ => slots.TryAllocate(out uint slot) ? slot : 99)];
        Assert.Equal(new uint[] { 5, 6, 7 }, got.Order());
        Assert.True(slots.TryGrow());
        Assert.True(slots.TryAllocate(out uint next));
        Assert.Equal(1u, next >> 3);
        foreach (uint slot in got) Assert.True(slots.Free(slot));
        Assert.True(slots.Free(next));
        slots.Trim();
        Assert.True(slots.TryAllocateRun(3, out _));
    }

    [Fact]
    [Rule("AL:I1", "AL:I6")]
    public void What_is_not_out_cannot_be_freed()
    {
        TwoLevelSlots slots = Make();
        Assert.False(slots.Free(3));
        Assert.True(slots.TryGrow());
        Assert.False(slots.Free(3));
        Assert.False(slots.Free(1000));
        Assert.True(slots.TryAllocate(out uint slot));
        Assert.True(slots.Free(slot));
        Assert.False(slots.Free(slot));
        Assert.Equal(8, slots.FreeCount);
    }

    [Fact]
    [Rule("AL:L11")]
    public void A_run_lies_in_one_leaf_whichever_has_one()
    {
        TwoLevelSlots slots = Make();
        slots.TryGrow();
        slots.TryGrow();
        Assert.True(slots.TryAllocateRun(5, out uint first));
        Assert.True(slots.TryAllocateRun(5, out uint second));
        Assert.NotEqual(first >> 3, second >> 3);
        Assert.False(slots.TryAllocateRun(4, out _));
        Assert.False(slots.TryAllocateRun(9, out _));
        Assert.True(slots.TryAllocateRun(3, out _));
        Assert.True(slots.TryAllocateRun(3, out _));
        Assert.Equal(0, slots.FreeCount);
    }

    [Fact]
    [Rule("AL:L9")]
    public void A_million_slots_fit()
    {
        TwoLevelSlots slots = Make(8, 12);
        while (slots.TryGrow())
        {
        }

        Assert.Equal(1 << 20, slots.FreeCount);
        for (int count = 0; count < 1 << 20; count++) Assert.True(slots.TryAllocate(out _));
        Assert.False(slots.TryAllocate(out _));
        Assert.True(slots.Free(777_777));
        Assert.True(slots.TryAllocate(out uint again));
        Assert.Equal(777_777u, again);
    }

    [Fact]
    [Rule("AL:I2", "AL:L5")]
    public void Retype_and_copy_name_the_same_slot_differently()
    {
        CSpaceShape two = CSpaceShape.TwoLevel(8, 12);
        uint slot = (5u << 12) | 77;
        Assert.Equal((5ul, 52, 77u), (two.Destination(slot).Index, two.Destination(slot).Depth, two.Destination(slot).Offset));
        Assert.Equal(((ulong)slot, 64), (two.Slot(slot).Index, two.Slot(slot).Depth));
        Assert.Equal((5ul, 52), (two.RootSlot(5).Index, two.RootSlot(5).Depth));
        Assert.Equal((0ul, 0, 5u), (two.RootDestination(5).Index, two.RootDestination(5).Depth, two.RootDestination(5).Offset));
        Assert.Equal((5u, 5u << 12), (two.LeafOf(slot), two.FirstOf(5)));
        CSpaceShape one = CSpaceShape.OneLevel(12);
        Assert.Equal((0ul, 0, 77u), (one.Destination(77).Index, one.Destination(77).Depth, one.Destination(77).Offset));
        Assert.Equal((77ul, 64), (one.Slot(77).Index, one.Slot(77).Depth));
        Assert.Throws<ArgumentOutOfRangeException>(() => CSpaceShape.TwoLevel(20, 13));
        Assert.Throws<ArgumentOutOfRangeException>(() => CSpaceShape.TwoLevel(8, 0));
    }

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1)]
    [InlineData(2)]
    [Rule("AL:L2", "AL:L6", "AL:A3")]
    public void Random_traffic_agrees_with_a_set(int seed)
    {
        Random random = new(seed);
        TwoLevelSlots slots = Make(4, 6);
        HashSet<uint> live = [];
        for (int step = 0; step < 50_000; step++)
        {
            int kind = random.Next(100);
            if (kind < 45 && slots.TryAllocate(out uint slot)) Assert.True(live.Add(slot));
            else if (kind < 50 && slots.TryAllocateRun(5, out uint first))
                for (uint index = first; index < first + 5; index++) Assert.True(live.Add(index) && index >> 6 == first >> 6);
            else if (kind < 52) slots.TryGrow();
            else if (kind < 53) slots.Trim();
            else if (live.Count != 0)
            {
                uint freed = live.ElementAt(random.Next(Math.Min(live.Count, 20)));
                Assert.True(slots.Free(freed) && live.Remove(freed));
            }

            Assert.Equal(slots.Count, slots.FreeCount + live.Count);
            Assert.Equal(_maker.Made.Count, slots.Leaves);
        }
    }
}
