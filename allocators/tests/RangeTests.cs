// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;

namespace Sel4.Tests.Allocators;

/// <summary>Virtual addresses, and resources that are numbers.</summary>
public sealed class RangeTests
{
    [Fact]
    [Rule("AL:V1")]
    public void Reservations_wrap_around_so_that_nothing_is_out_of_reach()
    {
        VirtualRanges space = new(0x10000, 0x20000, 64);
        List<ulong> pages = [];
        while (space.Reserve(0x1000, 12, 0, 1, "page", out ulong page) == AllocationError.None) pages.Add(page);
        Assert.Equal(16, pages.Count);
        Assert.Equal(pages.Order(), pages);
        Assert.True(space.Free(0x13000));
        Assert.True(space.Free(0x1f000));
        Assert.Equal(AllocationError.None, space.Reserve(0x1000, 12, 0, 1, "page", out ulong first));
        Assert.Equal(0x13000ul, first);
        Assert.Equal(AllocationError.None, space.Reserve(0x1000, 12, 0, 1, "page", out ulong last));
        Assert.Equal(0x1f000ul, last);
        Assert.Equal(AllocationError.OutOfMemory, space.Reserve(0x1000, 12, 0, 1, "page", out _));
    }

    [Fact]
    [Rule("AL:V1", "AL:L3")]
    public void A_freed_range_is_not_used_again_at_once()
    {
        VirtualRanges space = new(0x10000, 0x20000, 64);
        space.Reserve(0x1000, 12, 0, 1, "", out ulong first);
        space.Free(first);
        space.Reserve(0x1000, 12, 0, 1, "", out ulong second);
        Assert.NotEqual(first, second);
    }

    [Fact]
    [Rule("AL:V1", "AL:V3")]
    public void Guards_belong_to_the_reservation_and_alignment_is_that_of_the_usable_part()
    {
        VirtualRanges space = new(0x1000, 0x40_0000_0000, 64);
        Assert.Equal(AllocationError.None, space.Reserve(0x20_0000, 21, 0x1000, 7, "stack", out ulong address));
        Assert.Equal(0ul, address & 0x1f_ffff);
        Assert.True(space.TryFind(address - 1, out TakenRange range));
        Assert.True(space.TryFind(address + 0x20_0fff, out _));
        Assert.Equal((7ul, "stack"), (range.Owner, range.Label));
        Assert.Equal(AllocationError.Taken, space.ReserveAt(address + 0x20_0000, 0x1000, 1, ""));
        Assert.True(space.Free(address + 5));
        Assert.Equal(0ul, space.ReservedBytes);
    }

    [Fact]
    [Rule("AL:V1", "AL:U15", "AL:I4")]
    public void Each_refusal_has_its_reason()
    {
        VirtualRanges space = new(0x10000, 0x20000, 2);
        Assert.Equal(AllocationError.BadSize, space.Reserve(0, 12, 0, 1, "", out _));
        Assert.Equal(AllocationError.BadSize, space.Reserve(0x800, 12, 0, 1, "", out _));
        Assert.Equal(AllocationError.BadSize, space.Reserve(0x1000, 11, 0, 1, "", out _));
        Assert.Equal(AllocationError.BadSize, space.Reserve(0xffff_ffff_ffff_f000, 12, 0x2000, 1, "", out _));
        Assert.Equal(AllocationError.Misaligned, space.ReserveAt(0x10800, 0x1000, 1, ""));
        Assert.Equal(AllocationError.NoRegion, space.ReserveAt(0x30000, 0x1000, 1, ""));
        Assert.Equal(AllocationError.Straddles, space.ReserveAt(0x1f000, 0x2000, 1, ""));
        Assert.Equal(AllocationError.Straddles, space.ReserveAt(0xffff_ffff_ffff_f000, 0x2000, 1, ""));
        Assert.Equal(AllocationError.None, space.ReserveAt(0x14000, 0x1000, 1, ""));
        Assert.Equal(AllocationError.Taken, space.ReserveAt(0x13000, 0x2000, 1, ""));
        Assert.Equal(AllocationError.Taken, space.ReserveAt(0x12000, 0x8000, 1, ""));
        Assert.Equal(AllocationError.Fragmented, space.Reserve(0xc000, 12, 0, 1, "", out _));
        Assert.Equal(AllocationError.OutOfMemory, space.Reserve(0x10000, 12, 0, 1, "", out _));
        Assert.Equal(AllocationError.None, space.ReserveAt(0x10000, 0x1000, 1, ""));
        Assert.Equal(AllocationError.OutOfNodes, space.ReserveAt(0x18000, 0x1000, 1, ""));
        Assert.False(space.Free(0x18000));
    }

    [Fact]
    [Rule("AL:A1", "AL:A2")]
    public void Interrupts_and_ports_have_owners_reserves_and_runs()
    {
        NumberPool ports = new("port", 0, 0xffff, 32);
        Assert.Equal(AllocationError.None, ports.Reserve(0x20, 0x21, "interrupt controller"));
        Assert.Equal(AllocationError.Reserved, ports.AllocateAt(0x20, 0x20, 5, "hostile"));
        Assert.Equal(AllocationError.Taken, ports.AllocateAt(0x1f, 0x30, 5, "hostile"));
        Assert.False(ports.Release(0x20));
        Assert.Equal(AllocationError.None, ports.AllocateAt(0x60, 0x64, 5, "keyboard"));
        Assert.Equal(AllocationError.None, ports.AllocateAt(0x70, 0x71, 6, "clock"));
        Assert.Equal(AllocationError.None, ports.AllocateAt(0xffff, 0xffff, 5, "last"));
        Assert.True(ports.TryFind(0x62, out TakenRange range));
        Assert.Equal((5ul, "keyboard", 0x60ul, 0x64ul), (range.Owner, range.Label, range.First, range.Last));
        Assert.False(ports.Release(0x61));
        Assert.Equal(2, ports.ReleaseOwner(5));
        Assert.Equal(0, ports.ReleaseOwner(5));
        Assert.Equal((4ul, 0x1_0000ul - 4), (ports.Taken, ports.Free));
        NumberPool vectors = new("interrupt", 0, 107, 32);
        vectors.Allocate(1, "one", out _);
        Assert.Equal(AllocationError.None, vectors.AllocateRun(8, 8, 2, "msi", out ulong first));
        Assert.Equal(8ul, first);
        Assert.Equal(AllocationError.OutOfMemory, vectors.AllocateRun(108, 1, 2, "too many", out _));
    }

    [Fact]
    [Rule("AL:V1")]
    public void The_whole_of_64_bits_can_be_managed()
    {
        RangeMap map = new(0, ulong.MaxValue, 4);
        Assert.Equal(AllocationError.None, map.TakeAt(ulong.MaxValue, ulong.MaxValue, 1, ""));
        Assert.Equal(AllocationError.None, map.TakeAt(0, 0, 1, ""));
        Assert.Equal(AllocationError.None, map.TakeAt(1, ulong.MaxValue - 1, 1, ""));
        Assert.Equal(AllocationError.Taken, map.TakeAt(5, 5, 1, ""));
        Assert.True(map.Free(1));
        Assert.Equal(AllocationError.None, map.Take(1ul << 63, 1ul << 62, 1, "", out ulong first));
        Assert.Equal(1ul << 62, first);
    }

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1)]
    [InlineData(2)]
    [Rule("AL:V1", "AL:A3")]
    public void Random_traffic_agrees_with_an_array(int seed)
    {
        Random random = new(seed);
        const int Size = 256;
        int[] model = new int[Size];
        RangeMap map = new(1000, 1000 + Size - 1, 40);
        Dictionary<ulong, int> live = [];
        for (int step = 1; step < 40_000; step++)
        {
            int length = random.Next(1, 24);
            ulong first;
            AllocationError error;
            int kind = random.Next(10);
            if (kind < 4) error = map.Take((ulong)length, 1ul << random.Next(4), (ulong)step, "", out first);
            else if (kind < 6)
            {
                first = 1000 + (ulong)random.Next(Size - length);
                error = map.TakeAt(first, first + (ulong)length - 1, (ulong)step, "");
                bool isFree = model.AsSpan((int)first - 1000, length).IndexOfAnyExcept(0) < 0;
                Assert.True(isFree == (error == AllocationError.None) || error == AllocationError.OutOfNodes);
            }
            else
            {
                if (live.Count == 0) continue;
                ulong freed = live.Keys.ElementAt(random.Next(live.Count));
                Assert.True(map.Free(freed));
                Array.Clear(model, (int)freed - 1000, live[freed]);
                live.Remove(freed);
                continue;
            }

            if (error == AllocationError.Fragmented)
            {
                int run = 0;
                int longest = 0;
                foreach (int owner in model) longest = Math.Max(longest, run = owner == 0 ? run + 1 : 0);
                Assert.True(longest < length + 7, $"seed {seed} step {step}: {longest} are free in a row, {length} were wanted");
            }

            if (error != AllocationError.None) continue;
            for (int index = (int)first - 1000; index < (int)first - 1000 + length; index++)
            {
                Assert.Equal(0, model[index]);
                model[index] = step;
            }

            live.Add(first, length);
            Assert.Equal((ulong)live.Values.Sum(), map.TakenLength);
            int probe = random.Next(Size);
            Assert.Equal(model[probe], map.TryFind(1000 + (ulong)probe, out TakenRange range) ? (int)range.Owner : 0);
        }
    }

    [Fact]
    [Rule("AL:B9")]
    public void Adopting_regions_is_not_quadratic_in_any_order()
    {
        foreach (Func<int, int> order in (Func<int, int>[])[n => n, n => 799 - n, n => n * 331 % 800])
        {
            long Cost(int count)
            {
                AddressTree tree = new(800);
                for (int index = 0; index < count; index++) Assert.True(tree.TryAdd((ulong)order(index), (uint)index));
                return tree.Steps;
            }

            Assert.InRange(Cost(800), 1, 800 * 40);
            Assert.InRange((double)Cost(800) / Cost(400), 1.0, 3.0);
        }
    }
}
