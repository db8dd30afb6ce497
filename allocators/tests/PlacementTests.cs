// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators;

/// <summary>Where blocks lie: windows, alignment, colours, zones, life times, and what a chooser says.</summary>
public sealed class PlacementTests
{
    private const ulong LowBase = 0x80_0000;
    private const ulong MidBase = 0x1000_0000;
    private const ulong HighBase = 0x1_4000_0000;
    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(100, 100 + 8192);
    private readonly UntypedAllocator _memory;

    public PlacementTests()
    {
        _memory = new UntypedAllocator(_kernel, _slots, 4096, 16, new UntypedOptions { ChecksEachOperation = true });
    }

    private void Adopt(uint slot, ulong address, int bits, MemoryKind kind = MemoryKind.Ram)
    {
        _kernel.AddBootUntyped(slot, address, bits, kind != MemoryKind.Ram);
        Assert.Equal(AllocationError.None, _memory.Adopt(slot, address, bits, kind));
    }

    private static RequestDraft Ask(int bits, ulong min = 0, ulong max = ulong.MaxValue, int align = 0)
    {
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, ObjectType.Untyped, bits);
        draft.Min = min;
        draft.Max = max;
        draft.AlignBits = align;
        return draft;
    }

    private AllocationError Take(RequestDraft draft, out UntypedBlock block, IPieceChooser? chooser = null)
    {
        AllocationError error = _memory.Take(new Request(draft), chooser, out block);
        if (error == AllocationError.None) _kernel.UseWhole(block.Slot);
        return error;
    }

    private UntypedBlock Must(RequestDraft draft, IPieceChooser? chooser = null)
    {
        Assert.Equal(AllocationError.None, Take(draft, out UntypedBlock block, chooser));
        Assert.Equal((block.PhysicalAddress, draft.SizeBits), _kernel.At(block.Slot));
        return block;
    }

    [Fact]
    [Rule("AL:U19")]
    public void Scarce_memory_is_used_last_even_if_that_costs_a_merge()
    {
        Adopt(1, LowBase, 14);
        Adopt(2, MidBase, 14);
        Adopt(3, HighBase, 14);
        ulong[] zones = [.. Enumerable.Range(0, 12).Select(_ => Must(Ask(12)).PhysicalAddress & ~0x3ffful)];
        Assert.Equal([HighBase, MidBase, LowBase], zones.Distinct());
    }

    [Fact]
    [Rule("AL:U19", "AL:X3")]
    public void Scarce_memory_is_used_last_by_a_search_as_well_unless_a_rank_says_otherwise()
    {
        Adopt(1, LowBase, 14);
        Adopt(2, MidBase, 14);
        Adopt(3, HighBase, 14);
        ulong[] zones = [.. Enumerable.Range(0, 6).Select(_ => Must(Ask(12, align: 13)).PhysicalAddress & ~0x3ffful)];
        Assert.Equal([HighBase, MidBase, LowBase], zones.Distinct());
        Assert.Equal(LowBase, Must(Ask(12), new ByAddress(address => address < MidBase ? 0 : 1)).PhysicalAddress & ~0x3ffful);
    }

    [Fact]
    [Rule("AL:U19")]
    public void A_block_lies_inside_its_window_or_is_refused()
    {
        Adopt(1, MidBase, 20);
        Assert.Equal(MidBase + 0x5000, Must(Ask(12, MidBase + 0x4800, MidBase + 0x6000)).PhysicalAddress);
        Assert.Equal(AllocationError.NoPlace, Take(Ask(12, MidBase + 0x4800, MidBase + 0x6000), out _));
        Assert.Equal(AllocationError.NoPlace, Take(Ask(12, 0, MidBase - 1), out _));
        Assert.Equal(AllocationError.NoPlace, Take(Ask(12, MidBase + (1 << 20)), out _));
        Assert.Equal(AllocationError.BadWindow, Take(Ask(12, MidBase, MidBase + 0xffe), out _));
        Assert.Equal(AllocationError.BadWindow, Take(Ask(12, MidBase + 1, MidBase), out _));
        Assert.Equal(MidBase + 0xff000, Must(Ask(12, MidBase + 0xff000, ulong.MaxValue)).PhysicalAddress);
    }

    [Fact]
    [Rule("AL:U19", "AL:U15")]
    public void The_last_page_of_the_address_space_can_be_asked_for()
    {
        Adopt(1, ulong.MaxValue - 0xffff, 16);
        Assert.Equal(ulong.MaxValue - 0xfff, Must(Ask(12, ulong.MaxValue - 0xfff)).PhysicalAddress);
        Assert.Equal(AllocationError.NoPlace, Take(Ask(12, ulong.MaxValue - 0xfff), out _));
        Assert.Equal(ulong.MaxValue - 0x1fff, Must(Ask(12)).PhysicalAddress);
    }

    [Theory]
    [InlineData(12, 14)]
    [InlineData(12, 16)]
    [InlineData(4, 12)]
    [Rule("AL:U19")]
    public void More_alignment_than_the_size_asks_for(int bits, int align)
    {
        Adopt(1, MidBase, 18);
        List<ulong> got = [];
        while (Take(Ask(bits, align: align), out UntypedBlock block) == AllocationError.None) got.Add(block.PhysicalAddress);
        Assert.All(got, address => Assert.Equal(0ul, address & ((1ul << align) - 1)));
        Assert.Equal(1 << (18 - align), got.Count);
        Assert.Equal(AllocationError.BadWindow, Take(Ask(bits, align: 64), out _));
    }

    [Fact]
    [Rule("AL:U19")]
    public void Colours_hold_for_every_page_of_a_block()
    {
        Adopt(1, MidBase, 20);
        RequestDraft draft = Ask(12);
        draft.Colours = 0b1010;
        ulong[] colours = new ulong[8];
        for (int index = 0; index < 8; index++) colours[index] = Must(draft).PhysicalAddress >> 12 & 63;
        Assert.Equal(new ulong[] { 1, 3 }, colours.Distinct().Order());
        Assert.Equal(AllocationError.NoPlace, Take(draft, out _));
        RequestDraft pair = Ask(13);
        pair.Colours = 0b11_0001_0000;
        Assert.Equal(8ul, Must(pair).PhysicalAddress >> 12 & 63);
        Adopt(2, MidBase + (1 << 20), 18);
        RequestDraft large = Ask(18);
        large.Colours = ~1ul;
        Assert.Equal(AllocationError.NoPlace, Take(large, out _));
    }

    [Fact]
    [Rule("AL:X3", "AL:U11")]
    public void The_smallest_rank_wins_never_is_never_and_ties_go_the_default_way()
    {
        Adopt(1, MidBase, 16);
        Adopt(2, MidBase + 0x10000, 16);
        ByAddress chooser = new(address => address < MidBase + 0x10000 ? 5 : -5);
        Assert.Equal(MidBase + 0x10000, Must(Ask(12), chooser).PhysicalAddress);
        Assert.Equal(MidBase + 0x11000, Must(Ask(12), chooser).PhysicalAddress);
        ByAddress only = new(address => address == MidBase + 0x7000 ? 0 : long.MaxValue);
        Assert.Equal(MidBase + 0x7000, Must(Ask(12), only).PhysicalAddress);
        Assert.Equal(AllocationError.NoPlace, Take(Ask(12), out _, only));
        ByAddress indifferent = new(_ => 7);
        UntypedBlock byChooser = Must(Ask(12), indifferent);
        Assert.Equal(AllocationError.None, _memory.Free(byChooser));
        Assert.Equal(byChooser.PhysicalAddress, Must(Ask(12)).PhysicalAddress);
    }

    [Fact]
    [Rule("AL:U11")]
    public void Among_equals_the_one_with_a_busy_sibling_then_the_lowest_address()
    {
        Adopt(1, MidBase, 16);
        UntypedBlock[] pages = [.. Enumerable.Range(0, 16).Select(_ => Must(Ask(12)))];
        foreach (int index in (int[])[15, 9, 4, 5, 12]) Assert.Equal(AllocationError.None, _memory.Free(pages[index]));
        ulong[] order = [.. Enumerable.Range(0, 5).Select(_ => Must(Ask(12)).PhysicalAddress - MidBase >> 12)];
        Assert.Equal([9ul, 12, 15, 4, 5], order);
    }

    [Fact]
    [Rule("AL:U11a", "AL:X3")]
    public void A_chooser_gets_merged_memory_only_when_nothing_free_will_do()
    {
        Adopt(1, MidBase, 14);
        UntypedBlock[] pages = [.. Enumerable.Range(0, 4).Select(_ => Must(Ask(12)))];
        foreach (UntypedBlock page in pages) Assert.Equal(AllocationError.None, _memory.Free(page));
        List<bool> merges = [];
        Recording chooser = new(candidate => merges.Add(candidate.NeedsMerge));
        Must(Ask(12), chooser);
        Assert.DoesNotContain(true, merges);
        merges.Clear();
        Assert.Equal(MidBase + 0x2000, Must(Ask(13), chooser).PhysicalAddress);
        Assert.Equal([true], merges);
    }

    [Fact]
    [Rule("AL:X3")]
    public void Candidates_say_where_they_lie()
    {
        Adopt(1, MidBase, 22);
        RequestDraft draft = Ask(12);
        draft.Lifetime = MemoryLifetime.Static;
        Must(draft);
        // The block is for whom it was when it was empty, whoever comes later.
        draft.Lifetime = MemoryLifetime.Short;
        UntypedBlock later = Must(draft);
        Assert.Equal(AllocationError.None, _memory.Free(later));
        List<Candidate> seen = [];
        Must(Ask(12), new Recording(seen.Add));
        Assert.Equal(10, seen.Count);
        Candidate first = seen[0];
        Assert.Equal((MidBase + 0x1000, 12, false, false), (first.Base, first.Order, first.IsSiblingFree, first.IsBlockEmpty));
        Assert.Equal((MidBase, 22, MemoryLifetime.Static), (first.RegionBase, first.RegionBits, first.BlockLifetime));
        Candidate last = seen[^1];
        Assert.Equal((MidBase + 0x20_0000, 21, true), (last.Base, last.Order, last.IsBlockEmpty));
        Assert.Equal(MemoryZone.Below4GiB, last.Zone);
    }

    [Fact]
    [Rule("AL:X4", "AL:I8")]
    public void A_chooser_that_calls_back_is_refused_and_harms_nothing()
    {
        Adopt(1, MidBase, 16);
        UntypedBlock held = Must(Ask(12));
        List<AllocationError> errors = [];
        Recording chooser = new(_ => errors.AddRange([
            _memory.Allocate(12, out UntypedBlock _), _memory.AllocateAt(MidBase + 0x4000, 12, out UntypedBlock _), _memory.Free(held),
            _memory.Quarantine(held)]));
        Must(Ask(12), chooser);
        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal(AllocationError.Reentered, error));
        Assert.Null(UntypedCheck.Problem(_memory));
    }

    [Fact]
    [Rule("AL:U9", "AL:I5")]
    public void Device_memory_and_far_ram_are_for_those_who_say_so()
    {
        Adopt(1, MidBase, 12);
        Adopt(2, 0xfe00_0000, 12, MemoryKind.Device);
        Adopt(3, 0x100_0000_0000, 12, MemoryKind.FarRam);
        Assert.Equal(MemoryKind.Ram, Must(Ask(12)).Kind);
        Assert.Equal(AllocationError.OutOfMemory, Take(Ask(12), out _));
        RequestDraft draft = Ask(12);
        draft.Flags = RequestFlags.DeviceOk;
        Assert.Equal((MemoryKind.FarRam, MemoryKind.Device), (Must(draft).Kind, Must(draft).Kind));
        Assert.Equal(AllocationError.OutOfMemory, Take(draft, out _));
    }

    [Fact]
    [Rule("AL:U19", "AL:B5")]
    public void A_region_across_a_zones_end_is_cut_there_for_good()
    {
        Adopt(1, 0, 26);
        UntypedBlock[] high = [.. Enumerable.Range(0, 3).Select(_ => Must(Ask(24)))];
        Assert.Equal(new ulong[] { 1, 2, 3 }, high.Select(block => block.PhysicalAddress >> 24).Order());
        Assert.Equal(0ul, Must(Ask(24)).PhysicalAddress);
        Assert.Equal(AllocationError.None, _memory.Free(high[0]));
        _memory.MergeAll();
        UntypedAllocator poor = new(_kernel, new SlotAllocator(9000, 9003), 4, 4);
        _kernel.AddBootUntyped(2, 1ul << 40, 26);
        Assert.Equal(AllocationError.OutOfSlots, poor.Adopt(2, 0, 26, MemoryKind.Ram));
        Assert.Equal(0ul, poor.Totals(MemoryKind.Ram).TotalBytes);
        Assert.Equal(4, poor.FreeNodePairs);
    }

    [Fact]
    [Rule("AL:U3")]
    public void A_region_whose_address_does_not_fit_its_size_stays_whole_and_apart()
    {
        Adopt(1, 0x1000, 14, MemoryKind.Device);
        Assert.Equal(1ul << 14, _memory.Totals(MemoryKind.Device).ReservedBytes);
        Assert.Equal(AllocationError.Reserved, _memory.AllocateAt(0x2000, 12, out _));
        Assert.Equal(AllocationError.OutOfMemory, _memory.Allocate(12, MemoryKind.Device, out _));
    }

    [Fact]
    [Rule("AL:G3")]
    public void Freed_blocks_can_rest_and_are_there_when_nothing_else_is()
    {
        UntypedAllocator memory = new(_kernel, _slots, 64, 4, new UntypedOptions { ReuseDelay = 2, ChecksEachOperation = true });
        _kernel.AddBootUntyped(9, MidBase, 14);
        Assert.Equal(AllocationError.None, memory.Adopt(9, MidBase, 14, MemoryKind.Ram));
        UntypedBlock[] pages = new UntypedBlock[4];
        for (int index = 0; index < 4; index++) Assert.Equal(AllocationError.None, memory.Allocate(12, out pages[index]));
        for (int index = 0; index < 3; index++) Assert.Equal(AllocationError.None, memory.Free(pages[index]));
        Assert.Equal(3ul << 12, memory.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(AllocationError.None, memory.Allocate(12, out UntypedBlock again));
        Assert.Equal(pages[0].PhysicalAddress, again.PhysicalAddress);
        Assert.Equal(AllocationError.None, memory.Allocate(12, out again));
        Assert.Equal(AllocationError.None, memory.AllocateAt(pages[2].PhysicalAddress, 12, out again));
        Assert.Equal(AllocationError.OutOfMemory, memory.Allocate(12, out _));
    }

    [Fact]
    [Rule("AL:F2", "AL:G3")]
    public void A_quarantined_block_never_comes_back()
    {
        Adopt(1, MidBase, 13);
        UntypedBlock block = Must(Ask(12));
        Assert.Equal(AllocationError.None, _memory.Quarantine(block));
        Assert.Equal(AllocationError.BadSize, _memory.Quarantine(block));
        Assert.Equal(AllocationError.BadSize, _memory.Free(block));
        Must(Ask(12));
        Assert.Equal(AllocationError.OutOfMemory, Take(Ask(12), out _));
        Assert.Equal(4096ul, _memory.Totals(MemoryKind.Ram).QuarantinedBytes);
    }

    [Fact]
    [Rule("AL:U11a")]
    public void Idle_merging_stops_at_its_order()
    {
        Adopt(1, MidBase, 23);
        List<UntypedBlock> pages = [.. Enumerable.Range(0, 1024).Select(_ => Must(Ask(12)))];
        foreach (UntypedBlock page in pages) _memory.Free(page);
        int merges = 0;
        while (_memory.MergeIdle()) merges++;
        Assert.InRange(merges, 2, 1024);
        Assert.Equal(4, _memory.SlotsOfPieces);
        Assert.Equal(23, _memory.LargestFree(MemoryKind.Ram));
    }

    private sealed class ByAddress(Func<ulong, long> rank) : IPieceChooser
    {
        public bool RanksPieces => true;

        public long Rank(in Candidate candidate, in Request request) => rank(candidate.Base);
    }

    private sealed class Recording(Action<Candidate> see) : IPieceChooser
    {
        public bool RanksPieces => true;

        public long Rank(in Candidate candidate, in Request request)
        {
            see(candidate);
            return 0;
        }
    }
}
