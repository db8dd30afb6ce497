// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;
using Sel4.Policies;

namespace Sel4.Tests.Policies;

/// <summary>The samples that say where something goes, each in a simulated world.</summary>
public sealed class PlacementPolicyTests
{
    private static RequestDraft Page(MemoryLifetime lifetime = MemoryLifetime.Unknown)
    {
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, ObjectType.SmallPage, 12);
        draft.Lifetime = lifetime;
        return draft;
    }

    private static ulong Offset(ResourceWorld world, ulong cookie) => world.AddressOf(cookie) - ResourceWorld.RamBase;

    /// <summary>Free pieces at 0x3000 (4 KiB), 0x6000 (8 KiB) and 0x8000 (32 KiB).</summary>
    private static ResourceWorld Holes(params Policy[] policies)
    {
        ResourceWorld world = new(16, policies);
        ulong[] cookies = [.. Enumerable.Range(0, 8).Select(_ => world.AskPage(1))];
        Dictionary<ulong, ulong> at = cookies.ToDictionary(cookie => Offset(world, cookie));
        foreach (ulong offset in (ulong[])[0x3000, 0x6000, 0x7000])
            if (at.TryGetValue(offset, out ulong cookie)) world.Free(cookie);
        return world;
    }

    [Theory]
    [InlineData(Fit.First, 0x3000)]
    [InlineData(Fit.Best, 0x3000)]
    [InlineData(Fit.Worst, 0x8000)]
    [Rule("AL:X3")]
    public void Fits_choose_by_address_and_size(Fit fit, ulong offset)
    {
        ResourceWorld world = Holes(new FitPolicy(Fit.First));
        PolicySet judge = new([new FitPolicy(fit)], world.Decisions, new PolicyActions(1));
        Request request = new(Page());
        Assert.Equal(Sel4.Allocators.AllocationError.None, world.Memory.Take(in request, judge, out var block));
        Assert.Equal(offset, block.PhysicalAddress - ResourceWorld.RamBase);
    }

    [Fact]
    [Rule("AL:U11", "AL:X3")]
    public void The_buddy_policy_spares_pairs()
    {
        ResourceWorld world = Holes(new BuddyPolicy(), new FitPolicy(Fit.First));
        Assert.Equal(0x3000ul, Offset(world, world.AskPage(1)));
        BuddyPolicy policy = new();
        Request request = new(Page());
        Assert.Equal(1, policy.Rank(new Candidate { IsSiblingFree = true }, in request));
        Assert.Equal(0, policy.Rank(new Candidate(), in request));
    }

    [Fact]
    [Rule("AL:X3")]
    public void Memory_near_home_goes_first_and_unknown_memory_last()
    {
        string[] settings =
            ["home=2", "range=0@0x100000000-0x100001fff", "range=1@0x200000000-0x200001fff", "range=3@0x300000000-0x300001fff"];
        ResourceWorld world = new(0, PolicyCatalog.Create("numa", settings, default, out _)!);
        foreach (ulong address in (ulong[])[0x1_0000_0000, 0x2_0000_0000, 0x3_0000_0000, 0x4_0000_0000]) world.AddRam(address, 12);
        ulong[] nodes = [.. Enumerable.Range(0, 4).Select(_ => world.AddressOf(world.AskPage(1)) >> 32)];
        Assert.Equal([2ul, 3, 1, 4], nodes);
    }

    [Fact]
    [Rule("AL:U19", "AL:X2", "AL:X3")]
    public void What_devices_use_lies_low_and_nothing_else_does_while_there_is_room()
    {
        ResourceWorld world = new(13, new DmaZonePolicy(0xffff_ffff));
        world.AddRam(0x1000_0000, 13);
        Assert.Equal(0x1_0000_0000ul, world.AddressOf(world.AskPage(1)));
        RequestDraft dma = Page();
        dma.Flags = RequestFlags.Dma;
        Assert.Equal(0x1000_0000ul, world.AddressOf(world.Ask(dma)));
        Assert.Equal(0x1_0000_1000ul, world.AddressOf(world.AskPage(1)));
        Assert.Equal(0x1000_1000ul, world.AddressOf(world.AskPage(1)));
        Assert.Equal(0ul, world.Ask(dma));
    }

    [Fact]
    [Rule("AL:X3", "AL:X1")]
    public void Two_owners_with_different_colours_never_share_one()
    {
        ResourceWorld world = new(18, new ColouringPolicy(0b1100, 4));
        ulong[] colours = [.. Enumerable.Range(0, 32).Select(_ => world.AddressOf(world.AskPage(1)) >> 12 & 3)];
        Assert.Equal(new ulong[] { 2, 3 }, colours.Distinct().Order());
        Assert.Equal(0ul, world.AskPage(1));
        Assert.Equal(1ul << 17, world.Memory.Totals(Sel4.Allocators.MemoryKind.Ram).FreeBytes);
        RequestDraft large = Page();
        large.SizeBits = 13;
        Assert.Equal(0ul, world.Ask(large));
        Assert.Contains("colouring", world.Why);
    }

    [Fact]
    [Rule("AL:G3", "AL:X3")]
    public void Random_places_repeat_with_their_seed_and_differ_with_another()
    {
        ulong[] Places(ulong seed)
        {
            // Pages apart from each other, so that there is something to choose from.
            ResourceWorld world = new(0, new RandomPolicy(seed));
            for (ulong region = 0; region < 32; region++) world.AddRam(ResourceWorld.RamBase + (region << 16), 12);
            return [.. Enumerable.Range(0, 16).Select(_ => world.AddressOf(world.AskPage(1)))];
        }

        Assert.Equal(Places(7), Places(7));
        Assert.NotEqual(Places(7), Places(8));
        Assert.NotEqual(Places(7).Order(), Places(7));
        Assert.Equal(16, Places(0).Distinct().Count());
    }

    [Fact]
    [Rule("AL:X3")]
    public void Long_lives_apart_from_short_ones_keep_large_pages_whole()
    {
        // Most of what is allocated dies; what stays pins the 2 MiB around it (AL §9.3).
        static int UsablePerMille(params Policy[] policies)
        {
            ResourceWorld world = new(25, policies);
            Random random = new(3);
            List<ulong> shortLived = [];
            for (int index = 0; index < 7000; index++)
            {
                bool stays = random.Next(50) == 0;
                ulong cookie = world.Ask(Page(stays ? MemoryLifetime.Static : MemoryLifetime.Short));
                Assert.NotEqual(0ul, cookie);
                if (!stays) shortLived.Add(cookie);
            }

            foreach (ulong cookie in shortLived) world.Free(cookie);
            return new Sel4.Allocators.FreeHistogram(world.Memory, Sel4.Allocators.MemoryKind.Ram).UsablePerMille(21);
        }

        Assert.InRange(UsablePerMille(), 0, 250);
        Assert.InRange(UsablePerMille(new LifetimePolicy()), 940, 1000);
    }
}
