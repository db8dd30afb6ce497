// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.VSpace;

/// <summary>Map and Unmap of page tables, page directories and PDPTs (ABI §17.5).</summary>
public sealed class TableTests : IDisposable
{
    private const ulong Empty = VSpaceWorld.Empty;

    private readonly VSpaceWorld _space = new();

    private RootTaskWorld World => _space.World;

    [Theory]
    [InlineData(ObjectType.PageTable, InvocationLabel.X86PageDirectoryMap)]
    [InlineData(ObjectType.PageTable, InvocationLabel.X86PageMap)]
    [InlineData(ObjectType.PageDirectory, InvocationLabel.X86PdptUnmap)]
    [InlineData(ObjectType.Pdpt, InvocationLabel.X86PageTableMap)]
    public void Methods_of_other_tables_are_illegal(ObjectType type, InvocationLabel label) =>
        World.Call(World.Make(type), label, []).MustBe(ErrorCode.IllegalOperation);

    [Fact]
    [Rule("R-VS-22")]
    public void A_pml4_has_no_methods()
    {
        foreach (InvocationLabel label in Enum.GetValues<InvocationLabel>())
            World.Call(InitialSlot.VSpace, label, [0, 0, 0], InitialSlot.VSpace).MustBe(ErrorCode.IllegalOperation);
    }

    [Theory]
    [InlineData(ObjectType.PageTable)]
    [InlineData(ObjectType.PageDirectory)]
    [InlineData(ObjectType.Pdpt)]
    public void Map_refuses_in_the_order_of_the_abi(ObjectType type)
    {
        ulong table = World.Make(type);
        InvocationLabel map = Label(type);
        World.Call(table, map, [Empty], InitialSlot.VSpace).MustBe(ErrorCode.TruncatedMessage);
        World.Call(table, map, [Empty, 0]).MustBe(ErrorCode.TruncatedMessage);
        _space.MapTable(table, ulong.MaxValue, InitialSlot.CNode).MustBe(ErrorCode.InvalidCapability, 1);
        _space.MapTable(table, Empty, World.Make(ObjectType.Pml4)).MustBe(ErrorCode.InvalidCapability, 1);
        _space.MapTable(table, 0x8000_0000_0000).MustBe(ErrorCode.InvalidArgument, 0);
        _space.MapTable(table, ulong.MaxValue).MustBe(ErrorCode.InvalidArgument, 0);
        Assert.False(World.At(table).PageTableIsMapped);
    }

    [Fact]
    [Rule("R-VS-18")]
    public void A_mapped_table_is_refused_before_anything_else_is_looked_at()
    {
        ulong table = _space.BuildTables(Empty).PageTable;
        _space.MapTable(table, ulong.MaxValue, InitialSlot.CNode).MustBe(ErrorCode.InvalidCapability, 0);
    }

    [Fact]
    [Rule("R-ASID-07")]
    public void Numbers_are_checked_as_for_pages()
    {
        ulong table = World.Make(ObjectType.Pdpt);
        ulong space = _space.MakeSpace();
        ulong entry = World.Plan.AsidPool + (8 * World.At(space).Pml4MappedAsid);
        RawMemory.WriteWord(entry, World.Plan.VSpace);
        _space.MapTable(table, Empty, space).MustBe(ErrorCode.InvalidCapability, 1);
        RawMemory.WriteWord(entry, 0);
        _space.MapTable(table, Empty, space).MustLackRoot();
    }

    [Fact]
    [Rule("R-VS-01")]
    public void A_missing_parent_is_named_by_its_bits()
    {
        ulong pageTable = World.Make(ObjectType.PageTable);
        ulong directory = World.Make(ObjectType.PageDirectory);
        _space.MapTable(pageTable, Empty).MustMiss(39);
        _space.MapTable(directory, Empty).MustMiss(39);
        _space.MakeTable(ObjectType.Pdpt, Empty);
        _space.MapTable(pageTable, Empty).MustMiss(30);
    }

    [Fact]
    [Rule("R-VS-19")]
    public void An_occupied_entry_must_be_deleted_first()
    {
        _space.BuildTables(Empty);
        foreach (ObjectType type in new[] { ObjectType.PageTable, ObjectType.PageDirectory, ObjectType.Pdpt })
            _space.MapTable(World.Make(type), Empty).MustBe(ErrorCode.DeleteFirst);
        const ulong HugePlace = 0x200_4000_0000;
        _space.BuildTables(HugePlace, 30);
        _space.MapPage(_space.MakeDevicePage(ObjectType.HugePage), HugePlace).MustSucceed();
        _space.MapTable(World.Make(ObjectType.PageDirectory), HugePlace).MustBe(ErrorCode.DeleteFirst);
        _space.MapTable(World.Make(ObjectType.PageTable), HugePlace).MustMiss(30);
        _space.MakeTable(ObjectType.PageDirectory, HugePlace + 0x4000_0000);
        _space.MapPage(_space.MakeDevicePage(ObjectType.LargePage), HugePlace + 0x4000_0000).MustSucceed();
        _space.MapTable(World.Make(ObjectType.PageTable), HugePlace + 0x4000_0000).MustBe(ErrorCode.DeleteFirst);
    }

    [Theory]
    [InlineData(ObjectType.Pdpt, 39)]
    [InlineData(ObjectType.PageDirectory, 30)]
    [InlineData(ObjectType.PageTable, 21)]
    public void Address_bits_below_the_reach_of_the_table_are_dropped(ObjectType type, int bits)
    {
        if (type != ObjectType.Pdpt) _space.MakeTable(ObjectType.Pdpt, Empty);
        if (type == ObjectType.PageTable) _space.MakeTable(ObjectType.PageDirectory, Empty);
        ulong table = _space.MakeTable(type, Empty | 0xfff);
        Capability capability = World.At(table);
        Assert.True(capability.PageTableIsMapped);
        Assert.Equal(Empty & ~((1ul << bits) - 1), capability.PageTableMappedAddress);
        Assert.Equal(1ul, capability.PageTableMappedAsid);
    }

    [Fact]
    public void Unmapping_an_unmapped_table_succeeds() =>
        _space.UnmapTable(World.Make(ObjectType.PageTable)).MustSucceed();

    [Fact]
    [Rule("R-VS-20")]
    public void A_table_with_a_copy_must_be_revoked_first()
    {
        ulong table = _space.BuildTables(Empty).PageTable;
        ulong copy = World.Copy(table);
        _space.UnmapTable(table).MustBe(ErrorCode.RevokeFirst);
        _space.UnmapTable(copy).MustBe(ErrorCode.RevokeFirst);
        World.Delete(copy);
        _space.UnmapTable(table).MustSucceed();
    }

    [Theory]
    [Rule("R-VS-21", "R-VS-23")]
    [InlineData(ObjectType.PageTable)]
    [InlineData(ObjectType.PageDirectory)]
    [InlineData(ObjectType.Pdpt)]
    public void Unmapping_a_table_hides_all_below_it_at_once(ObjectType type)
    {
        VSpaceWorld.Tables tables = _space.BuildTables(Empty);
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, Empty).MustSucceed();
        Assert.NotNull(World.Hardware.Access(Empty));
        ulong table = type switch
        {
            ObjectType.PageTable => tables.PageTable,
            ObjectType.PageDirectory => tables.PageDirectory,
            _ => tables.Pdpt,
        };
        _space.UnmapTable(table).MustSucceed();
        Assert.Null(World.Hardware.Access(Empty));
        Assert.Null(World.Hardware.Access(Empty + 0x1000));
        Assert.False(World.At(table).PageTableIsMapped);
        Assert.True(World.Machine.Memory.IsZero(World.Physical(World.At(table).PageTableAddress), 4096));
        // The page's own bookkeeping stays until somebody unmaps it, which then goes softly.
        Assert.NotEqual(0ul, World.At(frame).FrameMapKind);
        _space.UnmapPage(frame).MustSucceed();
        _space.MapTable(table, Empty).MustSucceed();
        Assert.Null(World.Hardware.Access(Empty));
    }

    [Fact]
    public void A_table_behind_a_table_that_went_is_unmapped_softly()
    {
        VSpaceWorld.Tables tables = _space.BuildTables(Empty);
        _space.UnmapTable(tables.Pdpt).MustSucceed();
        _space.UnmapTable(tables.PageTable).MustSucceed();
        _space.UnmapTable(tables.PageDirectory).MustSucceed();
        Assert.False(World.At(tables.PageTable).PageTableIsMapped);
        Assert.False(World.At(tables.PageDirectory).PageTableIsMapped);
    }

    [Fact]
    public void A_stale_table_does_not_take_its_successor_out()
    {
        VSpaceWorld.Tables tables = _space.BuildTables(Empty);
        _space.UnmapTable(tables.PageDirectory).MustSucceed();
        ulong directory = _space.MakeTable(ObjectType.PageDirectory, Empty);
        ulong successor = _space.MakeTable(ObjectType.PageTable, Empty);
        _space.UnmapTable(tables.PageTable).MustSucceed();
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, Empty).MustSucceed();
        Assert.NotNull(_space.Walk(Empty));
        Assert.True(World.At(successor).PageTableIsMapped && World.At(directory).PageTableIsMapped);
    }

    [Fact]
    public void Deleting_the_last_capability_takes_the_table_out_but_not_an_earlier_one()
    {
        VSpaceWorld.Tables tables = _space.BuildTables(Empty);
        _space.MapPage(World.Make(ObjectType.SmallPage), Empty).MustSucceed();
        ulong copy = World.Copy(tables.PageTable);
        Assert.NotNull(World.Hardware.Access(Empty));
        World.Delete(tables.PageTable);
        Assert.NotNull(World.Hardware.Access(Empty));
        World.Delete(copy);
        Assert.Null(World.Hardware.Access(Empty));
    }

    [Theory]
    [InlineData(ObjectType.PageTable)]
    [InlineData(ObjectType.PageDirectory)]
    [InlineData(ObjectType.Pdpt)]
    [InlineData(ObjectType.Pml4)]
    public void Tables_without_a_place_cannot_be_copied(ObjectType type)
    {
        ulong table = World.Make(type);
        World.CopyTo(World.NewSlot(), table).MustBe(ErrorCode.IllegalOperation);
        if (type == ObjectType.Pml4) World.Call(InitialSlot.AsidPool, InvocationLabel.X86AsidPoolAssign, [], table).MustSucceed();
        else _space.BuildTables(Empty);
        ulong placed = type switch
        {
            ObjectType.Pml4 => table,
            _ => FindMapped(type),
        };
        World.CopyTo(World.NewSlot(), placed).MustSucceed();
    }

    /// <summary>The accessors of one table type serve for all three (see <c>Tables</c>).</summary>
    [Fact]
    public void The_three_table_capabilities_have_their_fields_in_the_same_places()
    {
        const ulong Address = 0xffff_8123_4567_8000;
        Capability[] tables =
        [
            Capability.NewPageTable(Address, isMapped: true, 0xabc, 0x1234_5678_9000),
            Capability.NewPageDirectory(Address, isMapped: true, 0xabc, 0x1234_5678_9000),
            Capability.NewPdpt(Address, isMapped: true, 0xabc, 0x1234_5678_9000),
        ];
        foreach (Capability table in tables)
        {
            Assert.Equal(Address, table.PageTableAddress);
            Assert.True(table.PageTableIsMapped);
            Assert.Equal(0xabcul, table.PageTableMappedAsid);
            Assert.Equal(0x1234_5678_9000ul, table.PageTableMappedAddress);
            Assert.Equal(table.Tag, table.WithPageTableIsMapped(false).WithPageTableMappedAsid(1).WithPageTableMappedAddress(0).Tag);
        }
    }

    public void Dispose() => _space.Dispose();

    private ulong FindMapped(ObjectType type)
    {
        CapabilityTag tag = type switch
        {
            ObjectType.PageTable => CapabilityTag.PageTable,
            ObjectType.PageDirectory => CapabilityTag.PageDirectory,
            _ => CapabilityTag.Pdpt,
        };
        ulong slot = World.BootInfo(BootInfoLayout.Empty);
        while (World.At(slot).Tag != tag || !World.At(slot).PageTableIsMapped) slot++;
        return slot;
    }

    private static InvocationLabel Label(ObjectType type) => type switch
    {
        ObjectType.PageTable => InvocationLabel.X86PageTableMap,
        ObjectType.PageDirectory => InvocationLabel.X86PageDirectoryMap,
        _ => InvocationLabel.X86PdptMap,
    };
}
