// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;

namespace Sel4.Tests.Allocators;

public sealed class MappedSpaceTests
{
    private const ulong Base = 0x4000_0000;
    private readonly ModelKernel _kernel = new();
    private readonly SlotAllocator _slots = new(100, 5000);
    private readonly UntypedAllocator _memory;
    private readonly ObjectAllocator _objects;
    private readonly ModelPaging _paging;
    private readonly MappedSpace _space;

    public MappedSpaceTests()
    {
        _memory = new UntypedAllocator(_kernel, _slots, 1024, 1);
        _kernel.AddBootUntyped(1, Base, 24);
        _memory.Adopt(1, Base, 24, MemoryKind.Ram);
        _objects = new ObjectAllocator(_memory, _slots, _kernel, new ObjectTable(512, 4));
        _paging = new ModelPaging(_kernel);
        _space = new MappedSpace(_objects, _slots, _paging, 3, 256);
    }

    private ObjectRecord Frame(ObjectType type = ObjectType.SmallPage)
    {
        Assert.Equal(AllocationError.None, _objects.Create(9, type, 0, "frame", out ObjectRecord frame));
        return frame;
    }

    [Fact]
    [Rule("AL:V2", "AL:V4", "AL:V5", "AL:A3")]
    public void Structures_come_as_the_kernel_names_them_and_go_when_nothing_needs_them()
    {
        ObjectRecord frame = Frame();
        int slots = _slots.FreeCount + _memory.SlotsOfPieces;
        ulong[] addresses = [0x1000, 0x2000, 0x20_0000, 0x4000_0000, 0x80_0000_0000];
        int[] structures = [3, 3, 4, 6, 9];
        for (int index = 0; index < addresses.Length; index++)
        {
            Assert.Equal(AllocationError.None, _space.Map(addresses[index], frame.FirstSlot, 12, CapRights.All));
            Assert.Equal(structures[index], _space.Structures);
            Assert.Equal(structures[index], _paging.Structures.Count);
        }

        Assert.Equal(5, _space.Mappings);
        for (int index = addresses.Length - 1; index > 0; index--)
        {
            Assert.True(_space.Unmap(addresses[index]));
            Assert.Equal(structures[index - 1], _space.Structures);
        }

        Assert.False(_space.Unmap(addresses[4]));
        Assert.True(_space.Clear());
        Assert.Equal((0, 0, 0), (_space.Structures, _paging.Structures.Count, _paging.Frames.Count));
        Assert.Equal(slots, _slots.FreeCount + _memory.SlotsOfPieces);
        Assert.True(_kernel.IsOccupied(frame.FirstSlot));
    }

    [Fact]
    [Rule("AL:V5", "AL:V3")]
    public void An_owned_frame_goes_with_its_mapping_a_shared_one_stays()
    {
        ObjectRecord own = Frame(ObjectType.LargePage);
        ObjectRecord shared = Frame();
        Assert.Equal(AllocationError.None, _space.Map(0x20_0000, own.FirstSlot, 21, CapRights.All, own.Cookie));
        Assert.Equal(AllocationError.None, _space.Map(0x40_0000, shared.FirstSlot, 12, CapRights.Read));
        Assert.Equal(3, _space.Structures);
        Assert.True(_space.TryFind(0x3f_ffff, out ulong start, out int sizeBits));
        Assert.Equal((0x20_0000ul, 21), (start, sizeBits));
        Assert.False(_space.TryFind(0x40_1000, out _, out _));
        Assert.True(_space.Unmap(0x20_0000));
        Assert.True(_space.Unmap(0x40_0000));
        Assert.False(_objects.Table.TryGet(own.Cookie, out _));
        Assert.True(_objects.Table.TryGet(shared.Cookie, out _));
        Assert.Equal(0, _space.Structures);
    }

    [Fact]
    [Rule("AL:V3", "AL:U15")]
    public void Large_pages_only_where_all_fits()
    {
        ObjectRecord large = Frame(ObjectType.LargePage);
        ObjectRecord small = Frame();
        Assert.Equal(AllocationError.Misaligned, _space.Map(0x10_0000, large.FirstSlot, 21, CapRights.All));
        Assert.Equal(AllocationError.BadSize, _space.Map(0, large.FirstSlot, 20, CapRights.All));
        Assert.Equal(AllocationError.None, _space.Map(0x20_5000, small.FirstSlot, 12, CapRights.All));
        Assert.Equal(AllocationError.Taken, _space.Map(0x20_0000, large.FirstSlot, 21, CapRights.All));
        Assert.Equal(AllocationError.None, _space.Map(0x40_0000, large.FirstSlot, 21, CapRights.All));
        Assert.Equal(AllocationError.Taken, _space.Map(0x5f_f000, small.FirstSlot, 12, CapRights.All));
    }

    [Fact]
    [Rule("AL:V4", "AL:I3")]
    public void Whatever_fails_on_the_way_nothing_stays_behind()
    {
        ObjectRecord frame = Frame();
        int slots = _slots.FreeCount + _memory.SlotsOfPieces;
        int records = _objects.Table.Count;
        for (int failIn = 0; ; failIn++)
        {
            _paging.FailIn = failIn;
            AllocationError error = _space.Map(0x1000, frame.FirstSlot, 12, CapRights.All);
            _paging.FailIn = -1;
            if (error == AllocationError.None) break;
            Assert.Equal(AllocationError.KernelRefused, error);
            Assert.Equal((0, 0, records), (_space.Mappings, _space.Structures, _objects.Table.Count));
            Assert.Equal((0, 0), (_paging.Frames.Count, _paging.Structures.Count));
            Assert.Equal(slots, _slots.FreeCount + _memory.SlotsOfPieces);
            Assert.True(failIn < 20);
        }

        Assert.True(_space.Unmap(0x1000));
        _paging.AlwaysMisses = true;
        Assert.Equal(AllocationError.KernelRefused, _space.Map(0x1000, frame.FirstSlot, 12, CapRights.All));
        Assert.Equal(0, _space.Structures);
    }

    [Fact]
    [Rule("AL:V4")]
    public void Without_memory_for_structures_it_fails_cleanly()
    {
        ObjectRecord frame = Frame();
        while (_objects.Create(9, ObjectType.SmallPage, 0, "", out _) == AllocationError.None)
        {
        }

        Assert.NotEqual(AllocationError.None, _space.Map(0x1000, frame.FirstSlot, 12, CapRights.All));
        Assert.Equal((0, 0, 0), (_space.Mappings, _space.Structures, _paging.Structures.Count));
    }

    /// <summary>Four levels of tables as the kernel walks them.</summary>
    private sealed class ModelPaging(ModelKernel kernel) : IPagingOperations
    {
        private readonly Dictionary<(int Level, ulong Key), uint> _structures = [];

        /// <summary>Those whose object still exists: freeing the object takes the structure out of the tables.</summary>
        public Dictionary<(int Level, ulong Key), uint> Structures
        {
            get
            {
                (int, ulong)[] gone = [.. _structures.Where(entry => !kernel.IsOccupied(entry.Value)).Select(entry => entry.Key)];
                foreach ((int, ulong) key in gone) _structures.Remove(key);
                return _structures;
            }
        }

        public Dictionary<ulong, uint> Frames { get; } = [];

        public int FailIn { get; set; } = -1;

        public bool AlwaysMisses { get; set; }

        public ErrorCode CopyFrame(uint frameSlot, uint copySlot, CapRights rights) =>
            IsRefused() ? ErrorCode.NotEnoughMemory : kernel.Copy(frameSlot, copySlot);

        public MapOutcome MapFrame(uint copySlot, ulong address, CapRights rights)
        {
            if (IsRefused()) return new MapOutcome(ErrorCode.InvalidArgument, 0);
            int lowest = (kernel.At(copySlot).SizeBits - 12) / 9;
            for (int level = 2; level >= lowest; level--)
                if (AlwaysMisses || Find(level, address) == 0) return new MapOutcome(ErrorCode.FailedLookup, 21 + (9 * level));
            if (!Frames.TryAdd(address, copySlot)) return new MapOutcome(ErrorCode.DeleteFirst, 0);
            return default;
        }

        public MapOutcome MapStructure(uint slot, ObjectType type, ulong address)
        {
            if (IsRefused()) return new MapOutcome(ErrorCode.InvalidArgument, 0);
            int level = type == ObjectType.PageTable ? 0 : type == ObjectType.PageDirectory ? 1 : 2;
            Assert.Equal(type, kernel.TypeAt(slot));
            Assert.True(level == 2 || Find(level + 1, address) != 0, "a structure below nothing");
            if (Structures.TryAdd((level, address >> (21 + (9 * level))), slot)) return default;
            return new MapOutcome(ErrorCode.DeleteFirst, 0);
        }

        public ErrorCode Delete(uint slot)
        {
            ulong[] gone = [.. Frames.Where(entry => entry.Value == slot).Select(entry => entry.Key)];
            foreach (ulong address in gone) Frames.Remove(address);
            return kernel.Delete(slot);
        }

        /// <summary>The slot of a structure that is still there: one whose object is gone counts as missing.</summary>
        private uint Find(int level, ulong address)
        {
            (int, ulong) key = (level, address >> (21 + (9 * level)));
            return Structures.GetValueOrDefault(key);
        }

        private bool IsRefused() => FailIn >= 0 && FailIn-- == 0;
    }
}
