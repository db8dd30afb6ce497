// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators;

/// <summary>Slot, memory and object in one transaction; what is written down about it; how it fails.</summary>
public sealed class ObjectAllocatorTests
{
    private const ulong Base = 0x4000_0000;

    private sealed class Log : IAllocationLog
    {
        public List<AllocationFailure> Failures { get; } = [];

        public void Failed(in AllocationFailure failure) => Failures.Add(failure);
    }

    private sealed class Lines : List<string>, ILineSink
    {
        public void Line(string text)
        {
            Assert.True(text.Length <= Units.Columns, $"{text.Length} columns: {text}");
            Add(text);
        }
    }

    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(100, 100 + 4096);
    private readonly ObjectTable _table = new(1000, 8);
    private readonly Log _log = new();
    private readonly UntypedAllocator _memory;
    private readonly ObjectAllocator _objects;

    public ObjectAllocatorTests()
    {
        _memory = new UntypedAllocator(_kernel, _slots, 1024, 4, new UntypedOptions { ChecksEachOperation = true });
        _kernel.AddBootUntyped(1, Base, 22);
        _kernel.AddBootUntyped(2, 0xfe00_0000, 16, isDevice: true);
        _memory.Adopt(1, Base, 22, MemoryKind.Ram);
        _memory.Adopt(2, 0xfe00_0000, 16, MemoryKind.Device);
        _objects = new ObjectAllocator(_memory, _slots, _kernel, _table, null, _log);
    }

    private ObjectRecord Must(ulong owner, ObjectType type, int sizeBits = 0, string label = "test")
    {
        Assert.Equal(AllocationError.None, _objects.Create(owner, type, sizeBits, label, out ObjectRecord record));
        return record;
    }

    [Theory]
    [InlineData(ObjectType.Tcb, 0, 11)]
    [InlineData(ObjectType.Endpoint, 0, 4)]
    [InlineData(ObjectType.Notification, 0, 5)]
    [InlineData(ObjectType.CNode, 8, 13)]
    [InlineData(ObjectType.SmallPage, 99, 12)]
    [InlineData(ObjectType.LargePage, 0, 21)]
    [InlineData(ObjectType.Untyped, 17, 17)]
    [InlineData(ObjectType.Pml4, 0, 12)]
    [Rule("AL:Z1", "AL:Z2", "AL:I3")]
    public void Exactly_one_object_of_the_right_size_is_made(ObjectType type, int sizeBits, int bytesBits)
    {
        ObjectRecord record = Must(7, type, sizeBits);
        Assert.Equal((record.Block.PhysicalAddress, bytesBits), _kernel.At(record.FirstSlot));
        Assert.Equal(type == ObjectType.Untyped ? null : type, _kernel.TypeAt(record.FirstSlot));
        Assert.Equal(1ul << bytesBits, record.Bytes);
        Assert.Equal(0ul, _objects.Statistics.WasteBytes);
    }

    [Theory]
    [InlineData((ObjectType)12, 12, AllocationError.UnknownType)]
    [InlineData((ObjectType)(1ul << 40), 12, AllocationError.UnknownType)]
    [InlineData(ObjectType.Untyped, 3, AllocationError.BadSize)]
    [InlineData(ObjectType.Untyped, 48, AllocationError.BadSize)]
    [InlineData(ObjectType.CNode, 0, AllocationError.BadSize)]
    [InlineData(ObjectType.CNode, -1, AllocationError.BadSize)]
    [InlineData(ObjectType.CNode, int.MaxValue, AllocationError.BadSize)]
    [InlineData(ObjectType.CNode, 43, AllocationError.BadSize)]
    [Rule("AL:Z3", "AL:U15")]
    public void Types_and_sizes_without_meaning_are_errors_never_sizes(ObjectType type, int sizeBits, AllocationError error)
    {
        Assert.Equal(error, _objects.Create(1, type, sizeBits, "", out _));
        Assert.Equal(AllocationStage.Size, _objects.LastFailure.Stage);
        Assert.Equal(0, _kernel.Retypes);
    }

    [Fact]
    [Rule("AL:U4", "AL:L11")]
    public void Two_hundred_and_fifty_six_objects_come_from_one_retype()
    {
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, ObjectType.SmallPage, 0);
        draft.Count = 256;
        int retypes = _kernel.Retypes;
        Assert.Equal(AllocationError.None, _objects.Create(draft, 0, "pages", null, out ObjectRecord record));
        Assert.Equal(retypes + 3, _kernel.Retypes);
        for (uint page = 0; page < 256; page++)
            Assert.Equal((record.Block.PhysicalAddress + ((ulong)page << 12), 12), _kernel.At(record.FirstSlot + page));
        draft.Count = 257;
        Assert.Equal(AllocationError.BadSize, _objects.Create(draft, 0, "pages", null, out _));
        draft.Count = 100;
        Assert.Equal(AllocationError.None, _objects.Create(draft, 0, "pages", null, out ObjectRecord odd));
        Assert.Equal(28ul << 12, _objects.Statistics.WasteBytes);
        Assert.True(_objects.Free(odd.Cookie));
        Assert.Equal(0ul, _objects.Statistics.WasteBytes);
    }

    [Fact]
    [Rule("AL:U8", "AL:U9")]
    public void Devices_become_frames_and_untypeds_and_nothing_else()
    {
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Device, ObjectType.Tcb, 0);
        Assert.Equal(AllocationError.WrongKind, _objects.Create(draft, 0, "", null, out _));
        Assert.Equal(1ul << 16, _memory.Totals(MemoryKind.Device).FreeBytes);
        draft.Type = ObjectType.SmallPage;
        ulong cleared = _kernel.ClearedBytes;
        Assert.Equal(AllocationError.None, _objects.Create(draft, 0, "", null, out ObjectRecord record));
        Assert.Equal(MemoryKind.Device, record.Block.Kind);
        Assert.Equal(cleared, _kernel.ClearedBytes);
    }

    [Fact]
    [Rule("AL:F1", "AL:I6", "AL:F2")]
    public void Freeing_takes_every_copy_along_and_a_second_time_is_an_error()
    {
        ObjectRecord record = Must(7, ObjectType.SmallPage);
        Assert.Equal(ErrorCode.None, _kernel.Copy(record.FirstSlot, 90_001));
        Assert.Equal(ErrorCode.None, _kernel.Copy(90_001, 90_002));
        Assert.Equal(ErrorCode.None, _kernel.Copy(record.FirstSlot, 90_003));
        Assert.True(_objects.Free(record.Cookie));
        Assert.False(_kernel.IsOccupied(90_001) || _kernel.IsOccupied(90_002) || _kernel.IsOccupied(90_003));
        int free = _slots.FreeCount;
        Assert.False(_objects.Free(record.Cookie));
        Assert.False(_objects.Free(0));
        Assert.Equal(free, _slots.FreeCount);
        ObjectRecord next = Must(7, ObjectType.SmallPage);
        Assert.NotEqual(record.Cookie, next.Cookie);
        Assert.False(_objects.Free(record.Cookie));
    }

    [Fact]
    [Rule("AL:A2", "AL:G2", "AL:F3")]
    public void Everything_is_listed_by_owner_with_its_label_and_goes_in_slices()
    {
        for (int index = 0; index < 10; index++) Must(7, ObjectType.SmallPage, label: $"page {index}");
        Must(9, ObjectType.Tcb, label: "thread");
        Assert.Equal((40960ul, 10), (_table.UseOf(7).Bytes, _table.UseOf(7).Objects));
        Lines lines = [];
        AllocatorDump.WriteObjects(_table, lines);
        Assert.Equal(1 + 11 + 2, lines.Count);
        Assert.Contains(lines, line => line.Contains("thread") && line.StartsWith('9'));
        Assert.Contains("7            10 allocations, 40 KiB", lines);
        Assert.False(_objects.FreeOwner(7, 4));
        Assert.Equal(6, _table.UseOf(7).Objects);
        Assert.True(_objects.FreeOwner(7));
        Assert.Equal((1, 1), (_table.Count, _table.Owners));
    }

    [Fact]
    [Rule("AL:G2")]
    public void Two_snapshots_tell_what_stayed_behind()
    {
        Must(7, ObjectType.SmallPage, label: "old");
        ObjectSnapshot before = new(_table);
        ObjectRecord gone = Must(7, ObjectType.SmallPage, label: "gone");
        Must(8, ObjectType.Endpoint, label: "a leak with a label that is much too long for the line on which it has to be printed");
        _objects.Free(gone.Cookie);
        Lines lines = [];
        Assert.Equal(1, before.WriteNew(_table, lines));
        Assert.Contains("a leak", Assert.Single(lines));
        Assert.Equal(1, before.Count);
    }

    [Fact]
    [Rule("AL:G2", "AL:A3", "AL:U9")]
    public void The_reports_fit_a_hundred_columns_and_add_up()
    {
        for (int index = 0; index < 20; index++) Must(7, ObjectType.SmallPage);
        _memory.Reserve(0xfe00_0000, 12);
        Lines lines = [];
        AllocatorDump.WriteMemory(_memory, lines);
        AllocatorDump.WriteRegions(_memory, lines);
        Assert.Contains(lines, line => line.StartsWith("RAM") && line.Contains("4 MiB") && line.Contains("80 KiB"));
        Assert.Contains(lines, line => line.Contains("0xfe00ffff") && line.Contains("device"));
        FreeHistogram histogram = new(_memory, MemoryKind.Ram);
        Assert.Equal(_memory.Totals(MemoryKind.Ram).FreeBytes, histogram.FreeBytes);
        Assert.Equal(2ul << 20, histogram.UsableBytes(21));
        Assert.InRange(histogram.UsablePerMille(21), 500, 520);
        Assert.Equal(1, histogram[21]);
    }

    [Fact]
    [Rule("AL:G1")]
    public void A_failure_says_who_what_where_why_and_what_is_left()
    {
        Must(5, ObjectType.SmallPage);
        Must(6, ObjectType.LargePage);
        _kernel.AddBootUntyped(3, 0x5000_0000, 21);
        Assert.Equal(AllocationError.None, _memory.Adopt(3, 0x5000_0000, 21, MemoryKind.Ram));
        Assert.Equal(AllocationError.None, _memory.Reserve(0x5000_0000, 12));
        Must(7, ObjectType.Endpoint);
        Must(8, ObjectType.Notification);
        RequestDraft draft = RequestDraft.Any(5, ResourceKind.Ram, ObjectType.LargePage, 0);
        draft.Max = 0x7fff_ffff;
        Assert.Equal(AllocationError.Fragmented, _objects.Create(draft, 0, "", null, out _));
        AllocationFailure failure = Assert.Single(_log.Failures);
        Assert.Equal((AllocationStage.Memory, 5ul, ObjectType.LargePage), (failure.Stage, failure.Owner, failure.Type));
        Assert.Equal((6ul, 5ul, 8ul), (failure.First.Owner, failure.Second.Owner, failure.Third.Owner));
        string[] lines = failure.Describe().Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, Units.Columns));
        Assert.StartsWith("owner 5 asked for 1 x LargePage of 2 MiB: Fragmented at Memory", lines[0]);
        Assert.Contains("0x7fffffff", lines[1]);
        Assert.Contains("largest block 1 MiB", lines[2]);
        draft.Flags = RequestFlags.Quiet;
        Assert.Equal(AllocationError.Fragmented, _objects.Create(draft, 0, "", null, out _));
        Assert.Single(_log.Failures);
        Assert.Equal((2ul, 1ul), (_objects.Statistics.Failed, _objects.Statistics.FailedQuietly));
    }

    [Fact]
    [Rule("AL:I3", "AL:A3", "AL:B7")]
    public void Each_resource_can_run_out_alone_and_everything_comes_back()
    {
        AssertExhausts(new SlotAllocator(100, 130), 1024, 1000, 8, AllocationStage.Slot, AllocationStage.Memory);
        AssertExhausts(new SlotAllocator(100, 4000), 12, 1000, 8, AllocationStage.Memory);
        AssertExhausts(new SlotAllocator(100, 4000), 1024, 20, 8, AllocationStage.Record);
        AssertExhausts(new SlotAllocator(100, 4000), 1024, 1000, 0, AllocationStage.Record);
        AssertExhausts(new SlotAllocator(100, 4000), 1024, 1000, 8, AllocationStage.Memory);
    }

    private static void AssertExhausts(SlotAllocator slots, int pairs, int records, int owners, params AllocationStage[] stages)
    {
        ModelKernel kernel = new();
        UntypedAllocator memory = new(kernel, slots, pairs, 1, new UntypedOptions { ChecksEachOperation = true });
        kernel.AddBootUntyped(1, Base, 20);
        Assert.Equal(AllocationError.None, memory.Adopt(1, Base, 20, MemoryKind.Ram));
        ObjectAllocator objects = new(memory, slots, kernel, new ObjectTable(records, owners));
        int free = slots.FreeCount;
        while (objects.Create(3, ObjectType.SmallPage, 0, "", out _) == AllocationError.None)
        {
        }

        Assert.Contains(objects.LastFailure.Stage, stages);
        Assert.True(objects.FreeOwner(3));
        memory.MergeAll();
        Assert.Equal((free, 1ul << 20, 1), (slots.FreeCount, memory.Totals(MemoryKind.Ram).FreeBytes, kernel.OccupiedSlots));
    }

    [Fact]
    [Rule("AL:I3", "AL:F2", "AL:B7", "AL:G3")]
    public void Whatever_call_fails_nothing_leaks()
    {
        for (int failIn = 0; ; failIn++)
        {
            ModelKernel kernel = new();
            SlotAllocator slots = new(100, 1000);
            UntypedAllocator memory = new(kernel, slots, 128, 1, new UntypedOptions { ChecksEachOperation = true });
            kernel.AddBootUntyped(1, Base, 18);
            memory.Adopt(1, Base, 18, MemoryKind.Ram);
            ObjectAllocator objects = new(memory, slots, kernel, new ObjectTable(64, 4));
            kernel.FailIn = failIn;
            kernel.FailsOnce = true;
            RequestDraft run = RequestDraft.Any(2, ResourceKind.Ram, ObjectType.SmallPage, 0);
            run.Count = 8;
            objects.Create(1, ObjectType.Tcb, 0, "", out ObjectRecord first);
            objects.Create(run, 0, "", null, out _);
            objects.Create(2, ObjectType.CNode, 6, "", out _);
            objects.Free(first.Cookie);
            objects.Create(1, ObjectType.Endpoint, 0, "", out _);
            objects.FreeOwner(1);
            objects.FreeOwner(2);
            bool hasFailed = kernel.FailIn < 0;
            memory.MergeAll();
            UntypedTotals totals = memory.Totals(MemoryKind.Ram);
            Assert.Equal((0ul, 1ul << 18, 0), (totals.GrantedBytes, totals.TotalBytes, objects.Table.Count));
            // Slots are lost only with a block that was set aside because the kernel would not revoke it.
            if (totals.QuarantinedBytes == 0) Assert.Equal(900, slots.FreeCount + memory.SlotsOfPieces);
            Assert.InRange(kernel.OccupiedSlots - 1, 0, 900 - slots.FreeCount);
            if (!hasFailed) return;
            Assert.True(failIn < 200, "the sweep does not end");
        }
    }
}
