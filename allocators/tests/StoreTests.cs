// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators;

/// <summary>Structures that memory is kept in (AL:X7): slabs, arenas, bump regions, chains, runs of blocks.</summary>
public sealed class StoreTests
{
    private const ulong Base = 0x4000_0000;
    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(100, 100 + 8192);
    private readonly UntypedAllocator _memory;

    public StoreTests()
    {
        _memory = new UntypedAllocator(_kernel, _slots, 2048, 4, new UntypedOptions { ChecksEachOperation = true });
        _kernel.AddBootUntyped(1, Base, 20);
        Assert.Equal(AllocationError.None, _memory.Adopt(1, Base, 20, MemoryKind.Ram));
    }

    private static RequestDraft Ask(int bits) => RequestDraft.Any(1, ResourceKind.Ram, ObjectType.Untyped, bits);

    private UntypedBlock Must(IUntypedStore store, int bits)
    {
        Assert.Equal(AllocationError.None, store.Take(new Request(Ask(bits)), null, out UntypedBlock block));
        Assert.Equal((block.PhysicalAddress, bits), _kernel.At(block.Slot));
        Assert.True(store.IsGranted(block));
        _kernel.UseWhole(block.Slot);
        return block;
    }

    private void AssertAllFree(int slots)
    {
        _memory.MergeAll();
        Assert.Equal(1ul << 20, _memory.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(slots, _slots.FreeCount);
        Assert.Equal(1, _kernel.OccupiedSlots);
    }

    [Theory]
    [InlineData(4, 256)]
    [InlineData(5, 256)]
    [InlineData(6, 256)]
    [InlineData(11, 8)]
    [Rule("AL:U4", "AL:X7", "AL:F1")]
    public void A_slab_costs_one_retype_for_all_its_pieces(int bits, int pieces)
    {
        int slots = _slots.FreeCount;
        SlabStore slabs = new(_memory, _kernel, _slots, 16);
        UntypedBlock first = Must(slabs, bits);
        int retypes = _kernel.Retypes;
        List<UntypedBlock> blocks = [first];
        for (int piece = 1; piece < pieces; piece++) blocks.Add(Must(slabs, bits));
        Assert.Equal(retypes, _kernel.Retypes);
        Assert.Equal(pieces, blocks.Select(block => block.PhysicalAddress).Distinct().Count());
        blocks.Add(Must(slabs, bits));
        Assert.Equal(2, slabs.Slabs);
        Assert.Equal(1ul << 20, slabs.Totals(MemoryKind.Ram).TotalBytes);
        Assert.Equal((ulong)blocks.Count << bits, slabs.Totals(MemoryKind.Ram).GrantedBytes);
        Assert.Equal(blocks.Count, slabs.Totals(MemoryKind.Ram).GrantedBlocks);
        foreach (UntypedBlock block in blocks) Assert.Equal(AllocationError.None, slabs.Put(block));
        Assert.Equal(1, slabs.Slabs);
        Assert.Equal(AllocationError.BadSize, slabs.Put(first));
        Assert.Equal(1, slabs.Trim());
        Assert.Equal(0ul, slabs.StockedBytes);
        AssertAllFree(slots);
    }

    [Fact]
    [Rule("AL:X7", "AL:U19")]
    public void Large_blocks_windows_and_addresses_pass_by_the_slabs()
    {
        SlabStore slabs = new(_memory, _kernel, _slots, 1);
        Must(slabs, 12);
        Assert.Equal(0, slabs.Slabs);
        RequestDraft window = Ask(4);
        window.Min = Base + 0x8_0000;
        Assert.Equal(AllocationError.None, slabs.Take(new Request(window), null, out UntypedBlock block));
        Assert.Equal(Base + 0x8_0000, block.PhysicalAddress);
        Assert.Equal(AllocationError.None, slabs.TakeAt(Base + 0x4_0000, 5, out block));
        Assert.Equal(AllocationError.None, slabs.Put(block));
        Must(slabs, 4);
        Must(slabs, 5);
        Assert.Equal(1, slabs.Slabs);
        Assert.Equal(AllocationError.BadSize, slabs.Take(new Request(Ask(3)), null, out _));
    }

    [Fact]
    [Rule("AL:B7", "AL:A3")]
    public void A_slab_that_cannot_be_made_leaves_nothing_behind()
    {
        for (int failIn = 0; failIn < 16; failIn++)
        {
            int slots = _slots.FreeCount;
            SlabStore slabs = new(_memory, _kernel, _slots, 4);
            _kernel.FailIn = failIn;
            _kernel.FailsOnce = true;
            AllocationError error = slabs.Take(new Request(Ask(6)), null, out UntypedBlock block);
            _kernel.FailIn = -1;
            if (error == AllocationError.None) slabs.Put(block);
            slabs.Trim();
            _memory.MergeAll();
            Assert.Equal(1ul << 20, _memory.Totals(MemoryKind.Ram).TotalBytes);
            Assert.Equal(0ul, _memory.Totals(MemoryKind.Ram).GrantedBytes);
            Assert.Equal(slots - _memory.SlotsOfPieces, _slots.FreeCount);
            if (_memory.Totals(MemoryKind.Ram).QuarantinedBytes != 0) return;
        }
    }

    [Fact]
    [Rule("AL:F4", "AL:F1", "AL:X7")]
    public void An_arena_goes_with_one_revoke_a_chunk_whatever_was_made_from_it()
    {
        int slots = _slots.FreeCount;
        OwnerArena arena = new(_memory, _kernel, _slots, 16, 8, 512);
        List<UntypedBlock> blocks = [.. Enumerable.Range(0, 40).Select(index => Must(arena, index % 3 == 0 ? 13 : 12))];
        for (uint index = 0; index < 5; index++) Assert.Equal(ErrorCode.None, _kernel.Copy(blocks[(int)index].Slot, 50_000 + index));
        foreach (UntypedBlock block in blocks.Take(7)) Assert.Equal(AllocationError.None, arena.Put(block));
        int chunks = arena.Chunks;
        Assert.Equal((ulong)chunks << 16, arena.Bytes);
        int revokes = _kernel.Revokes;
        Assert.True(arena.Release());
        Assert.Equal(revokes + chunks, _kernel.Revokes);
        Assert.Equal((0, 0ul), (arena.Chunks, arena.Bytes));
        Assert.False(arena.IsGranted(blocks[10]));
        AssertAllFree(slots);
        Must(arena, 12);
        arena.Release();
        AssertAllFree(slots);
    }

    [Fact]
    [Rule("AL:F3")]
    public void A_large_arena_ends_in_slices_and_gives_nothing_meanwhile()
    {
        OwnerArena arena = new(_memory, _kernel, _slots, 14, 32, 512);
        for (int index = 0; index < 40; index++) Must(arena, 12);
        int slices = 0;
        while (!arena.Release(3))
        {
            slices++;
            Assert.Equal(AllocationError.OutOfMemory, arena.Take(new Request(Ask(12)), null, out _));
        }

        Assert.Equal(3, slices);
        Must(arena, 12);
    }

    [Fact]
    [Rule("AL:X7", "AL:I4")]
    public void An_arena_makes_do_with_smaller_chunks_and_trims_what_is_empty()
    {
        OwnerArena arena = new(_memory, _kernel, _slots, 19, 8, 512);
        UntypedBlock outside = Must(_memory, 19);
        UntypedBlock first = Must(arena, 12);
        UntypedBlock second = Must(arena, 18);
        Assert.Equal(1, arena.Chunks);
        Assert.Equal(AllocationError.OutOfMemory, arena.Take(new Request(Ask(19)), null, out _));
        Assert.Equal(AllocationError.None, _memory.Free(outside));
        UntypedBlock third = Must(arena, 19);
        Assert.Equal(2, arena.Chunks);
        Assert.Equal(AllocationError.None, arena.Put(third));
        Assert.Equal(1, arena.Trim());
        Assert.Equal(AllocationError.None, arena.TakeAt(third.PhysicalAddress, 14, out UntypedBlock at));
        Assert.Equal(third.PhysicalAddress, at.PhysicalAddress);
        Assert.Equal(AllocationError.Taken, arena.TakeAt(first.PhysicalAddress, 12, out _));
        Assert.True(arena.IsGranted(second));
    }

    [Fact]
    [Rule("AL:F2", "AL:I1")]
    public void A_chunk_that_the_kernel_will_not_revoke_keeps_its_slots()
    {
        OwnerArena arena = new(_memory, _kernel, _slots, 14, 4, 64);
        Must(arena, 12);
        int slots = _slots.FreeCount;
        _kernel.FailIn = 0;
        Assert.True(arena.Release());
        _kernel.FailIn = -1;
        Assert.Equal(slots, _slots.FreeCount);
        Assert.Equal(1ul << 14, _memory.Totals(MemoryKind.Ram).QuarantinedBytes);
        Must(arena, 12);
    }

    [Fact]
    [Rule("AL:U1", "AL:U2", "AL:L4", "AL:X7")]
    public void A_bump_region_comes_back_when_all_of_it_has()
    {
        Assert.Equal(AllocationError.None, _memory.Allocate(16, out UntypedBlock whole));
        int slots = _slots.FreeCount;
        BumpStore bump = new(_kernel, _slots, whole, 32);
        UntypedBlock small = Must(bump, 4);
        UntypedBlock page = Must(bump, 12);
        Assert.Equal(whole.PhysicalAddress + 0x1000, page.PhysicalAddress);
        Assert.Equal(4096ul - 16, bump.Totals(MemoryKind.Ram).ReservedBytes);
        Assert.Equal(AllocationError.Taken, bump.TakeAt(whole.PhysicalAddress + 0x1000, 12, out _));
        Assert.Equal(AllocationError.NoPlace, bump.TakeAt(whole.PhysicalAddress + 0x3000, 12, out _));
        Assert.Equal(AllocationError.NoRegion, bump.TakeAt(whole.PhysicalAddress - 0x1000, 12, out _));
        Assert.Equal(AllocationError.None, bump.TakeAt(whole.PhysicalAddress + 0x2000, 12, out UntypedBlock next));
        Assert.Equal(15, bump.LargestFree(MemoryKind.Ram));
        Assert.Equal(AllocationError.OutOfMemory, bump.Take(new Request(Ask(16)), null, out _));
        foreach (UntypedBlock block in (UntypedBlock[])[small, page, next]) Assert.Equal(AllocationError.None, bump.Put(block));
        Assert.Equal(AllocationError.BadSize, bump.Put(next));
        Assert.Equal((1ul << 16, slots), (bump.Totals(MemoryKind.Ram).FreeBytes, _slots.FreeCount));
        Assert.Equal(whole.PhysicalAddress, Must(bump, 12).PhysicalAddress);
    }

    [Fact]
    [Rule("AL:I7", "AL:X7")]
    public void What_the_first_store_lacks_comes_from_the_second()
    {
        UntypedAllocator own = new(_kernel, _slots, 64, 1);
        _kernel.AddBootUntyped(2, 0x9000_0000, 13);
        own.Adopt(2, 0x9000_0000, 13, MemoryKind.Ram);
        ChainedStore chain = new(own, _memory);
        UntypedBlock[] blocks = [.. Enumerable.Range(0, 3).Select(_ => Must(chain, 12))];
        Assert.Equal([0x9000_0000ul, 0x9000_1000ul, Base], blocks.Select(block => block.PhysicalAddress));
        Assert.Equal((20, (1ul << 20) + (1ul << 13)), (chain.LargestFree(MemoryKind.Ram) + 1, chain.Totals(MemoryKind.Ram).TotalBytes));
        Assert.Equal(AllocationError.Taken, chain.TakeAt(0x9000_0000, 12, out _));
        Assert.Equal(AllocationError.None, chain.TakeAt(Base + 0x8_0000, 12, out UntypedBlock at));
        Assert.Equal(AllocationError.OutOfMemory, chain.Take(new Request(Ask(21)), null, out _));
        foreach (UntypedBlock block in (UntypedBlock[])[.. blocks, at]) Assert.Equal(AllocationError.None, chain.Put(block));
        Assert.Equal(AllocationError.BadSize, chain.Put(at));
        Assert.Equal(0, chain.Totals(MemoryKind.Ram).GrantedBlocks);
    }

    [Fact]
    [Rule("AL:I6", "AL:I7")]
    public void A_block_of_another_store_is_nobodys_here()
    {
        SlabStore slabs = new(_memory, _kernel, _slots, 4);
        UntypedBlock piece = Must(slabs, 4);
        UntypedAllocator own = new(_kernel, _slots, 64, 1);
        ChainedStore chain = new(own, slabs);
        Assert.Equal(AllocationError.BadSize, own.Free(piece));
        Assert.Equal(AllocationError.BadSize, _memory.Free(piece));
        Assert.Equal(AllocationError.BadSize, _memory.Free(new UntypedBlock(0x7fff_ffff, 5, 0, 12, MemoryKind.Ram)));
        Assert.True(chain.IsGranted(piece));
        Assert.Equal(AllocationError.None, chain.Put(piece));
        Assert.Equal(AllocationError.BadSize, chain.Put(piece));
    }

    [Fact]
    [Rule("AL:U13", "AL:U20")]
    public void Odd_sizes_are_adjacent_blocks_and_the_tail_stays_free()
    {
        UntypedBlock[] blocks = new UntypedBlock[ContiguousBlocks.BlocksFor(100 << 10)];
        Assert.Equal(3, blocks.Length);
        Assert.Equal(AllocationError.None, ContiguousBlocks.Take(_memory, 100 << 10, Ask(0), blocks));
        Assert.Equal([16, 15, 12], blocks.Select(block => block.SizeBits));
        for (int index = 1; index < 3; index++)
            Assert.Equal(blocks[index - 1].PhysicalAddress + (1ul << blocks[index - 1].SizeBits), blocks[index].PhysicalAddress);
        Assert.Equal(100ul << 10, _memory.Totals(MemoryKind.Ram).GrantedBytes);
        Assert.Equal(AllocationError.None, ContiguousBlocks.Put(_memory, blocks));
        UntypedBlock[] one = new UntypedBlock[1];
        Assert.Equal(AllocationError.None, ContiguousBlocks.Take(_memory, 4096, Ask(0), one));
        Assert.Equal(12, one[0].SizeBits);
        Assert.Equal(AllocationError.BadSize, ContiguousBlocks.Take(_memory, 0, Ask(0), blocks));
        Assert.Equal(AllocationError.BadSize, ContiguousBlocks.Take(_memory, 100 << 10, Ask(0), one));
        Assert.Equal(AllocationError.OutOfMemory, ContiguousBlocks.Take(_memory, 2 << 20, Ask(0), blocks));
    }

    [Fact]
    [Rule("AL:U13", "AL:I3")]
    public void Scattered_blocks_come_all_or_not_at_all()
    {
        for (int page = 0; page < 128; page++)
            Assert.Equal(AllocationError.None, _memory.AllocateAt(Base + ((ulong)page << 13), 12, out _));
        UntypedBlock[] blocks = new UntypedBlock[40];
        Assert.Equal(AllocationError.Fragmented, ContiguousBlocks.TakeScattered(_memory, 12 << 10, Ask(0), blocks));
        Assert.Equal(128, _memory.Totals(MemoryKind.Ram).GrantedBlocks);
        Assert.Equal(AllocationError.None, ContiguousBlocks.TakeScattered(_memory, 4096 + 64, Ask(0), blocks));
        Assert.Equal([12, 6], blocks.Take(2).Select(block => block.SizeBits));
    }

    private sealed class Mutex : IExclusion
    {
        private readonly object _gate = new();

        public void Enter() => Monitor.Enter(_gate);

        public void Leave() => Monitor.Exit(_gate);
    }

    [Fact]
    [Rule("AL:I8", "AL:A3")]
    public void Several_threads_may_use_a_store_with_a_lock()
    {
        UntypedAllocator plain = new(_kernel, _slots, 2048, 1);
        _kernel.AddBootUntyped(7, 0x9000_0000, 20);
        plain.Adopt(7, 0x9000_0000, 20, MemoryKind.Ram);
        LockedStore store = new(plain, new Mutex());
        Parallel.For(0, 4, thread =>
        {
            Random random = new(thread);
            Queue<UntypedBlock> mine = [];
            for (int step = 0; step < 3000; step++)
            {
                if (mine.Count > 20 || (mine.Count != 0 && random.Next(2) == 0))
                    Assert.Equal(AllocationError.None, store.Put(mine.Dequeue()));
                else if (store.Take(new Request(Ask(random.Next(4, 14))), null, out UntypedBlock block) == AllocationError.None)
                    mine.Enqueue(block);
            }

            while (mine.TryDequeue(out UntypedBlock rest)) Assert.Equal(AllocationError.None, store.Put(rest));
        });
        Assert.Null(UntypedCheck.Problem(plain));
        Assert.Equal(1ul << 20, store.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Equal(20, store.LargestFree(MemoryKind.Ram));
    }
}
