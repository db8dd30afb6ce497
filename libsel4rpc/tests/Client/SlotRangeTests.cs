// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;

namespace Sel4.Tests.Rpc;

/// <summary>Slots of the grant window: all usable, none twice, stale ones noticed.</summary>
[Rule("AL:I1", "AL:L2", "AL:L3")]
public class SlotRangeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(4095)]
    [InlineData(4096)]
    public void All_slots_can_be_taken_once(int count)
    {
        SlotRange range = default;
        range.Initialize(new SlotRegion(100, 100 + (ulong)count));
        var taken = new HashSet<ulong>();
        while (range.TryAcquire(out CapabilityPointer slot))
        {
            Assert.InRange(slot.Value, 100ul, 99 + (ulong)count);
            Assert.True(taken.Add(slot.Value));
        }
        Assert.Equal(count, taken.Count);
        Assert.Equal(0, range.FreeCount);
        foreach (ulong slot in taken) Assert.True(range.Release(new CapabilityPointer(slot)));
        Assert.Equal(count, range.FreeCount);
    }

    [Fact]
    public void Slots_that_are_not_held_cannot_be_released()
    {
        SlotRange range = default;
        range.Initialize(new SlotRegion(16, 32));
        Assert.False(range.Release(new CapabilityPointer(15)));
        Assert.False(range.Release(new CapabilityPointer(16)));
        Assert.False(range.Release(new CapabilityPointer(32)));
        Assert.False(range.Release(CapabilityPointer.Null));
        Assert.True(range.TryAcquire(out CapabilityPointer slot));
        Assert.True(range.Release(slot));
        Assert.False(range.Release(slot));
    }

    [Fact]
    public void A_stamp_tells_uses_of_a_slot_apart()
    {
        SlotRange range = default;
        range.Initialize(new SlotRegion(16, 17));
        range.TryAcquire(out CapabilityPointer slot, out ushort stamp);
        Assert.True(range.IsHeld(slot, stamp));
        range.Release(slot);
        Assert.False(range.IsHeld(slot, stamp));
        range.TryAcquire(out slot);
        Assert.False(range.IsHeld(slot, stamp));
        Assert.False(range.IsHeld(CapabilityPointer.Null, 0));
    }

    [Fact]
    public void A_slot_just_given_back_is_not_the_next_one_taken()
    {
        SlotRange range = default;
        range.Initialize(new SlotRegion(0, 256));
        range.TryAcquire(out CapabilityPointer slot);
        range.Release(slot);
        range.TryAcquire(out CapabilityPointer next);
        Assert.NotEqual(slot.Value, next.Value);
    }

    [Fact]
    public void Runs_are_contiguous_and_fit_into_holes()
    {
        SlotRange range = default;
        range.Initialize(new SlotRegion(1000, 1200));
        Assert.True(range.TryAcquireRun(100, out CapabilityPointer first));
        Assert.Equal(1000ul, first.Value);
        Assert.True(range.TryAcquireRun(100, out CapabilityPointer second));
        Assert.Equal(1100ul, second.Value);
        Assert.False(range.TryAcquireRun(1, out _));
        for (ulong i = 90; i < 110; i++) range.Release(new CapabilityPointer(1000 + i));
        Assert.False(range.TryAcquireRun(21, out _));
        Assert.True(range.TryAcquireRun(20, out CapabilityPointer hole));
        Assert.Equal(1090ul, hole.Value);
    }

    [Fact]
    public void An_empty_or_inverted_window_has_no_slots()
    {
        SlotRange range = default;
        Assert.False(range.TryAcquire(out _));
        range.Initialize(new SlotRegion(20, 10));
        Assert.False(range.TryAcquire(out _));
        range.Initialize(new SlotRegion(0, 100_000));
        Assert.Equal(SlotRange.MaxSlots, range.FreeCount);
    }
}
