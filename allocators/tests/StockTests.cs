// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;

namespace Sel4.Tests.Allocators;

/// <summary>The circle of slots, memory and CNodes, cut by stock that is there before an operation begins (AL:B3, AL:B5).</summary>
public sealed class StockTests
{
    private const ulong Base = 0x1_0000_0000;
    private const int LeafBits = 8;
    private readonly ModelKernel _kernel = new();
    private readonly TwoLevelSlots _slots;
    private readonly UntypedAllocator _memory;
    private readonly AllocatorStock _stock;
    private readonly ObjectAllocator _objects;

    public StockTests()
    {
        CSpaceShape shape = CSpaceShape.TwoLevel(8, LeafBits);
        LeafCNodes leaves = new(_kernel, shape);
        _slots = new TwoLevelSlots(shape, 1, 256, leaves);
        // Slots 16 to 15 + W of the initial CNode, and no more: the least that it can start with.
        _memory = new UntypedAllocator(
            _kernel, _slots, AllocatorStock.WantedPairs + 1, 2, new UntypedOptions { MoreNodePairs = 1 << 15 });
        leaves.Attach(_memory);
        _stock = new AllocatorStock(_memory, _slots, _slots, 256);
        _objects = new ObjectAllocator(_memory, _slots, _kernel, new ObjectTable(20_000, 8), _stock);
        Assert.True(_slots.AdoptLeaf(0, 16, 16 + AllocatorStock.Wanted));
        _kernel.AddBootUntyped(1, Base, 26);
        Assert.Equal(AllocationError.None, _memory.Adopt(1, Base, 26, MemoryKind.Ram));
    }

    [Fact]
    [Rule("AL:B5", "AL:B1", "AL:B2", "AL:B3", "AL:A1", "AL:L7")]
    public void From_the_least_stock_it_grows_to_whatever_is_needed_and_back()
    {
        Assert.True(_stock.IsFull);
        for (int count = 0; count < 12_000; count++)
        {
            Assert.Equal(AllocationError.None, _objects.Create(1, ObjectType.SmallPage, 0, "page", out _));
            int least = AllocatorStock.Wanted - UntypedAllocator.WorstCaseSlots - 1;
            Assert.True(_slots.FreeCount >= least, "one operation took more than its worst case");
        }

        Assert.InRange(_slots.Leaves, 12_000 >> LeafBits, 255);
        Assert.Equal(_slots.Leaves - 1, _kernel.OccupiedLeaves);
        Assert.Null(UntypedCheck.Problem(_memory));
        Assert.True(_objects.FreeOwner(1));
        _stock.Shrink();
        Assert.InRange(_slots.Leaves, 1, 2);
        Assert.Equal((1ul << 26) - ((ulong)(_slots.Leaves - 1) << (LeafBits + 5)), _memory.Totals(MemoryKind.Ram).FreeBytes);
    }

    [Theory]
    [InlineData(ObjectType.Endpoint, 0, 1)]
    [InlineData(ObjectType.SmallPage, 0, 1)]
    [InlineData(ObjectType.CNode, 10, 1)]
    [InlineData(ObjectType.LargePage, 0, 1)]
    [InlineData(ObjectType.SmallPage, 0, 200)]
    [Rule("AL:B5")]
    public void Every_operation_can_start_from_the_stock_w(ObjectType type, int sizeBits, int count)
    {
        Sel4.Allocators.Policies.RequestDraft draft = Sel4.Allocators.Policies.RequestDraft.Any(
            1, Sel4.Allocators.Policies.ResourceKind.Ram, type, 0);
        draft.Count = count;
        Assert.Equal(AllocatorStock.Wanted, _slots.FreeCount);
        Assert.Equal(AllocationError.None, _objects.Create(draft, sizeBits, "", null, out ObjectRecord record));
        Assert.True(_objects.Free(record.Cookie));
        _stock.Fill();
        Assert.True(_stock.IsFull);
    }

    [Fact]
    [Rule("AL:B7", "AL:L8")]
    public void When_growing_fails_freeing_still_works_and_all_comes_back()
    {
        int made = 0;
        while (_objects.Create(1, ObjectType.LargePage, 0, "", out _) == AllocationError.None) made++;
        Assert.InRange(made, 28, 31);
        while (_objects.Create(2, ObjectType.SmallPage, 0, "", out _) == AllocationError.None) made++;
        Assert.Equal(0ul, _memory.Totals(MemoryKind.Ram).FreeBytes >> 12);
        Assert.True(_objects.FreeOwner(2) && _objects.FreeOwner(1));
        Assert.Equal(AllocationError.None, _objects.Create(3, ObjectType.LargePage, 0, "", out _));
    }

    [Fact]
    [Rule("AL:B6", "AL:B8")]
    public void Bookkeeping_grows_by_chunks_that_never_move_32_bytes_a_node()
    {
        Assert.Equal(32, System.Runtime.CompilerServices.Unsafe.SizeOf<UntypedNode>());
        Assert.Equal(AllocationError.None, _objects.Create(1, ObjectType.SmallPage, 0, "first", out ObjectRecord first));
        ulong before = _memory.BookkeepingBytes;
        for (int count = 0; count < 8000; count++)
            Assert.Equal(AllocationError.None, _objects.Create(1, ObjectType.SmallPage, 0, "page", out _));
        Assert.True(_memory.BookkeepingBytes > before);
        Assert.InRange((double)_memory.BookkeepingBytes / (8000 * 4096), 0, 0.017);
        Assert.True(_memory.IsGranted(first.Block));
        Assert.True(_objects.Free(first.Cookie));
    }

    [Fact]
    [Rule("AL:B7", "AL:L8", "AL:G3", "AL:A3")]
    public void Whatever_call_fails_while_it_grows_nothing_leaks()
    {
        for (int failIn = 0; ; failIn += 3)
        {
            StockTests world = new();
            world._kernel.FailIn = failIn;
            world._kernel.FailsOnce = true;
            for (int count = 0; count < 300; count++) world._objects.Create(1, ObjectType.Endpoint, 0, "", out _);
            bool hasFailed = world._kernel.FailIn < 0;
            world._kernel.FailIn = -1;
            Assert.True(world._objects.FreeOwner(1));
            world._stock.Shrink();
            UntypedTotals totals = world._memory.Totals(MemoryKind.Ram);
            Assert.Null(UntypedCheck.Problem(world._memory));
            ulong leaves = (ulong)(world._slots.Leaves - 1) << (LeafBits + 5);
            Assert.Equal((1ul << 26) - leaves, totals.FreeBytes + totals.QuarantinedBytes);
            if (!hasFailed) return;
            Assert.True(failIn < 3000, "the sweep does not end");
        }
    }
}
