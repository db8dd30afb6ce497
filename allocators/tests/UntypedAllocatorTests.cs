// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators;
using Sel4.Allocators.Bench;

namespace Sel4.Tests.Allocators;

public sealed class UntypedAllocatorTests
{
    private const ulong RamBase = 0x100_0000;
    private const ulong DeviceBase = 0xfe00_0000;
    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(100, 100 + 4096);

    private UntypedAllocator Make(int ramBits = 20, int nodePairs = 4096)
    {
        UntypedAllocator allocator = new(_kernel, _slots, nodePairs, 16);
        _kernel.AddBootUntyped(1, RamBase, ramBits);
        _kernel.AddBootUntyped(2, DeviceBase, 24, isDevice: true);
        Assert.Equal(AllocationError.None, allocator.Adopt(1, RamBase, ramBits, MemoryKind.Ram));
        Assert.Equal(AllocationError.None, allocator.Adopt(2, DeviceBase, 24, MemoryKind.Device));
        return allocator;
    }

    [Theory]
    [InlineData(3)]
    [InlineData(48)]
    [InlineData(-1)]
    [InlineData(64)]
    [Rule("AL:U15")]
    public void A_size_outside_the_limits_is_refused(int sizeBits)
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.BadSize, allocator.Allocate(sizeBits, out _));
        Assert.Equal(AllocationError.BadSize, allocator.AllocateAt(DeviceBase, sizeBits, out _));
        Assert.Equal(0, _kernel.Retypes);
    }

    [Fact]
    [Rule("AL:U15", "AL:I4")]
    public void At_an_address_each_reason_is_distinct()
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.NoRegion, allocator.AllocateAt(0x8000_0000, 12, out _));
        Assert.Equal(AllocationError.NoRegion, allocator.AllocateAt(RamBase - 4096, 12, out _));
        Assert.Equal(AllocationError.NoRegion, allocator.AllocateAt(RamBase + (1 << 20), 12, out _));
        Assert.Equal(AllocationError.Misaligned, allocator.AllocateAt(DeviceBase + 0x800, 12, out _));
        Assert.Equal(AllocationError.Straddles, allocator.AllocateAt(DeviceBase, 25, out _));
        Assert.Equal(AllocationError.None, allocator.AllocateAt(DeviceBase + 0x5000, 12, out UntypedBlock block));
        Assert.Equal(DeviceBase + 0x5000, block.PhysicalAddress);
        Assert.Equal(AllocationError.Taken, allocator.AllocateAt(DeviceBase + 0x5000, 12, out _));
        Assert.Equal(AllocationError.Taken, allocator.AllocateAt(DeviceBase + 0x4000, 13, out _));
        Assert.Equal(AllocationError.None, allocator.Reserve(DeviceBase + 0x10000, 12));
        Assert.Equal(AllocationError.Reserved, allocator.AllocateAt(DeviceBase + 0x10000, 12, out _));
        Assert.Equal((DeviceBase + 0x5000, 12), _kernel.At(block.Slot));
    }

    [Fact]
    [Rule("AL:I6")]
    public void Freeing_twice_changes_nothing_and_says_so()
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.None, allocator.Allocate(12, out UntypedBlock block));
        Assert.Equal(AllocationError.None, allocator.Free(block));
        UntypedTotals before = allocator.Totals(MemoryKind.Ram);
        Assert.Equal(AllocationError.BadSize, allocator.Free(block));
        Assert.Equal(AllocationError.BadSize, allocator.Free(default));
        Assert.Equal(before.FreeBytes, allocator.Totals(MemoryKind.Ram).FreeBytes);
    }

    [Fact]
    [Rule("AL:I5", "AL:U9")]
    public void Anywhere_never_gives_device_memory()
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.OutOfMemory, allocator.Allocate(24, out _));
        Assert.Equal(AllocationError.None, allocator.Allocate(20, out UntypedBlock block));
        Assert.Equal(MemoryKind.Ram, block.Kind);
        Assert.Equal(AllocationError.OutOfMemory, allocator.Allocate(4, out _));
    }

    [Fact]
    [Rule("AL:U18")]
    public void Not_enough_bytes_and_no_block_of_the_size_are_told_apart()
    {
        UntypedAllocator allocator = Make();
        UntypedBlock[] blocks = new UntypedBlock[256];
        for (int index = 0; index < 256; index++) Assert.Equal(AllocationError.None, allocator.Allocate(12, out blocks[index]));
        Assert.Equal(AllocationError.OutOfMemory, allocator.Allocate(12, out _));
        for (int index = 0; index < 256; index++)
            if ((blocks[index].PhysicalAddress >> 12 & 1) == 0) Assert.Equal(AllocationError.None, allocator.Free(blocks[index]));
        Assert.Equal(AllocationError.Fragmented, allocator.Allocate(13, out _));
        Assert.Equal(12, allocator.LargestFree(MemoryKind.Ram));
    }

    [Fact]
    [Rule("AL:U12")]
    public void Successive_blocks_ascend()
    {
        UntypedAllocator allocator = Make();
        ulong previous = 0;
        for (int index = 0; index < 64; index++)
        {
            Assert.Equal(AllocationError.None, allocator.Allocate(12, out UntypedBlock block));
            if (index != 0) Assert.Equal(previous + 4096, block.PhysicalAddress);
            previous = block.PhysicalAddress;
        }
    }

    [Fact]
    [Rule("AL:U5")]
    public void A_pair_costs_one_retype()
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.None, allocator.Allocate(12, out _));
        Assert.Equal(8, _kernel.Retypes);
    }

    [Fact]
    [Rule("AL:U7", "AL:U11a")]
    public void Allocating_and_freeing_one_frame_in_a_steady_state_clears_no_more_than_the_frame()
    {
        UntypedAllocator allocator = Make();
        Assert.Equal(AllocationError.None, allocator.Allocate(12, out UntypedBlock block));
        _kernel.UseWhole(block.Slot);
        Assert.Equal(AllocationError.None, allocator.Free(block));
        int retypes = _kernel.Retypes;
        for (int round = 0; round < 100; round++)
        {
            ulong cleared = _kernel.ClearedBytes;
            Assert.Equal(AllocationError.None, allocator.Allocate(12, out block));
            _kernel.UseWhole(block.Slot);
            Assert.Equal(AllocationError.None, allocator.Free(block));
            Assert.InRange(_kernel.ClearedBytes - cleared, 0ul, 4096ul);
        }

        Assert.Equal(retypes, _kernel.Retypes);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(4)]
    [InlineData(19)]
    [Rule("AL:F6", "AL:A3")]
    public void Split_and_merge_return_to_the_same_books(int sizeBits)
    {
        UntypedAllocator allocator = Make();
        int slots = _slots.FreeCount;
        int nodes = allocator.FreeNodePairs;
        int occupied = _kernel.OccupiedSlots;
        List<UntypedBlock> blocks = [];
        while (blocks.Count < 64 && allocator.Allocate(sizeBits, out UntypedBlock block) == AllocationError.None) blocks.Add(block);
        foreach (UntypedBlock block in blocks) Assert.Equal(AllocationError.None, allocator.Free(block));
        Assert.True(allocator.MergeAll());
        Assert.Equal(slots, _slots.FreeCount);
        Assert.Equal(nodes, allocator.FreeNodePairs);
        Assert.Equal(occupied, _kernel.OccupiedSlots);
        Assert.Equal(0, allocator.SlotsOfPieces);
        Assert.Equal(1ul << 20, allocator.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(AllocationError.None, allocator.Allocate(20, out _));
    }

    [Fact]
    [Rule("AL:B5", "AL:B7")]
    public void Without_slots_nothing_is_asked_of_the_kernel()
    {
        UntypedAllocator allocator = Make();
        while (_slots.FreeCount > 15) Assert.True(_slots.TryAllocate(out _));
        Assert.Equal(AllocationError.OutOfSlots, allocator.Allocate(12, out _));
        Assert.Equal(0, _kernel.Retypes);
        Assert.Equal(15, _slots.FreeCount);
        Assert.Equal(AllocationError.None, allocator.Allocate(13, out _));
        Assert.Equal(1, _slots.FreeCount);
    }

    [Fact]
    [Rule("AL:B7")]
    public void Without_nodes_nothing_is_asked_of_the_kernel()
    {
        UntypedAllocator allocator = Make(nodePairs: 2 + 7);
        Assert.Equal(AllocationError.OutOfNodes, allocator.Allocate(12, out _));
        Assert.Equal(0, _kernel.Retypes);
        Assert.Equal(AllocationError.None, allocator.Allocate(13, out _));
    }

    [Fact]
    [Rule("AL:L11", "AL:U5")]
    public void Without_adjacent_slots_two_calls_make_a_pair()
    {
        UntypedAllocator allocator = Make();
        List<uint> taken = [];
        while (_slots.TryAllocate(out uint slot)) taken.Add(slot);
        for (int index = 0; index < taken.Count; index += 2) _slots.Free(taken[index]);
        Assert.Equal(AllocationError.None, allocator.Allocate(18, out UntypedBlock block));
        Assert.Equal(4, _kernel.Retypes);
        Assert.Equal((RamBase, 18), _kernel.At(block.Slot));
    }

    [Fact]
    [Rule("AL:F2")]
    public void A_refused_retype_quarantines_the_block_and_the_next_is_tried()
    {
        UntypedAllocator allocator = Make();
        _kernel.AddBootUntyped(3, 0x4000_0000, 20);
        Assert.Equal(AllocationError.None, allocator.Adopt(3, 0x4000_0000, 20, MemoryKind.Ram));
        int free = _slots.FreeCount;
        _kernel.FailIn = 0;
        Assert.Equal(AllocationError.KernelRefused, allocator.Allocate(12, out _));
        Assert.Equal(free, _slots.FreeCount);
        Assert.Equal(2ul << 20, allocator.Totals(MemoryKind.Ram).QuarantinedBytes);
        _kernel.FailIn = -1;
        _kernel.AddBootUntyped(4, 0x5000_0000, 20);
        Assert.Equal(AllocationError.None, allocator.Adopt(4, 0x5000_0000, 20, MemoryKind.Ram));
        Assert.Equal(AllocationError.None, allocator.Allocate(12, out UntypedBlock block));
        Assert.Equal(0x5000_0000ul, block.PhysicalAddress);
        Assert.Equal(3ul << 20, allocator.Totals(MemoryKind.Ram).TotalBytes);
    }

    [Fact]
    [Rule("AL:F2", "AL:A3")]
    public void Every_call_that_fails_leaves_the_books_balanced()
    {
        for (int failIn = 0; failIn < 24; failIn++)
        {
            ModelKernel kernel = new();
            SlotAllocator slots = new(100, 400);
            UntypedAllocator allocator = new(kernel, slots, 256, 4);
            kernel.AddBootUntyped(1, RamBase, 20);
            allocator.Adopt(1, RamBase, 20, MemoryKind.Ram);
            kernel.FailIn = failIn;
            List<UntypedBlock> blocks = [];
            for (int n = 0; n < 4; n++)
                if (allocator.Allocate(12, out UntypedBlock block) == AllocationError.None) blocks.Add(block);
            foreach (UntypedBlock block in blocks) allocator.Free(block);
            Assert.Equal(1ul << 20, allocator.Totals(MemoryKind.Ram).TotalBytes);
            Assert.Equal(0ul, allocator.Totals(MemoryKind.Ram).GrantedBytes);
            Assert.Equal(300 - slots.FreeCount, allocator.SlotsOfPieces);
        }
    }

    [Fact]
    [Rule("AL:U14")]
    public void All_pages_of_a_device_region_in_random_order_then_one_large_frame()
    {
        UntypedAllocator allocator = Make();
        Random random = new(7);
        int[] order = [.. Enumerable.Range(0, 512)];
        random.Shuffle(order);
        List<UntypedBlock> blocks = [];
        foreach (int page in order)
        {
            ulong address = DeviceBase + 0x20_0000 + (4096ul * (ulong)page);
            Assert.Equal(AllocationError.None, allocator.AllocateAt(address, 12, out UntypedBlock block));
            blocks.Add(block);
        }

        Assert.Equal(AllocationError.Taken, allocator.AllocateAt(DeviceBase + 0x20_0000, 21, out _));
        foreach (UntypedBlock block in blocks) Assert.Equal(AllocationError.None, allocator.Free(block));
        Assert.Equal(AllocationError.None, allocator.AllocateAt(DeviceBase + 0x20_0000, 21, out _));
    }
}
