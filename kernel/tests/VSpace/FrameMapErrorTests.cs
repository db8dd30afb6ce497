// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.VSpace;

/// <summary>Every refusal of X86_Page_Map, in the order of ABI §17.4; after each nothing has changed.</summary>
public sealed class FrameMapErrorTests : IDisposable
{
    private const ulong Empty = VSpaceWorld.Empty;

    private readonly VSpaceWorld _space = new();

    private RootTaskWorld World => _space.World;

    [Fact]
    public void Unknown_labels_are_illegal_even_without_arguments()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        World.Call(frame, InvocationLabel.X86PageTableMap, []).MustBe(ErrorCode.IllegalOperation);
        World.CallLabel(frame, 999, []).MustBe(ErrorCode.IllegalOperation);
    }

    [Fact]
    public void Two_words_or_no_capability_are_too_little()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        World.Call(frame, InvocationLabel.X86PageMap, [Empty, 3], InitialSlot.VSpace).MustBe(ErrorCode.TruncatedMessage);
        World.Call(frame, InvocationLabel.X86PageMap, [Empty, 3, 0]).MustBe(ErrorCode.TruncatedMessage);
    }

    [Theory]
    [Rule("R-VS-03", "R-ASID-05")]
    [InlineData(InitialSlot.Null)]
    [InlineData(InitialSlot.CNode)]
    [InlineData(InitialSlot.AsidPool)]
    public void An_address_space_that_is_no_pml4_is_refused_before_the_address(ulong root)
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, ulong.MaxValue, space: root).MustBe(ErrorCode.InvalidCapability, 1);
    }

    [Fact]
    [Rule("R-VS-03", "R-ASID-05")]
    public void A_pml4_without_number_is_refused()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        ulong root = World.Make(ObjectType.Pml4);
        _space.MapPage(frame, Empty, space: root).MustBe(ErrorCode.InvalidCapability, 1);
    }

    [Fact]
    [Rule("R-VS-06")]
    public void A_mapped_frame_is_refused_elsewhere()
    {
        ulong frame = _space.MakeMappedPage();
        ulong other = _space.MakeSpace();
        _space.MapPage(frame, Empty, space: other).MustBe(ErrorCode.InvalidCapability, 1);
        _space.MapPage(frame, Empty + 0x1000).MustBe(ErrorCode.InvalidArgument, 0);
        // The other space is judged before the other address, and both before alignment.
        _space.MapPage(frame, Empty + 8, space: other).MustBe(ErrorCode.InvalidCapability, 1);
        _space.MapPage(frame, Empty + 8).MustBe(ErrorCode.InvalidArgument, 0);
        Assert.Equal(_space.AddressOf(frame), _space.Walk(Empty)?.PhysicalAddress);
        Assert.Null(_space.Walk(Empty + 0x1000));
    }

    [Theory]
    [Rule("R-VS-04", "R-VS-26")]
    [InlineData(0x7fff_ffff_f000)]
    [InlineData(0x7fff_ffff_f001)]
    [InlineData(0x8000_0000_0000)]
    [InlineData(0xffff_8000_0000_0000)]
    [InlineData(0xffff_ffff_ffff_f000)]
    [InlineData(0xffff_ffff_ffff_ffff)]
    public void Addresses_outside_user_space_are_refused_before_alignment_and_tables(ulong address)
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.MapPage(frame, address).MustBe(ErrorCode.InvalidArgument, 0);
    }

    [Fact]
    [Rule("R-VS-04")]
    public void The_page_size_counts_at_the_end_of_user_space()
    {
        ulong large = _space.MakeDevicePage(ObjectType.LargePage);
        ulong huge = _space.MakeDevicePage(ObjectType.HugePage);
        _space.MapPage(large, 0x7fff_ffe0_0000).MustBe(ErrorCode.InvalidArgument, 0);
        _space.MapPage(large, 0x7fff_ffc0_0000).MustMiss(39);
        _space.MapPage(huge, 0x7fff_c000_0000).MustBe(ErrorCode.InvalidArgument, 0);
        _space.MapPage(huge, 0x7fff_8000_0000).MustMiss(39);
        // The last small page that can be mapped (§17.2).
        _space.MapPage(World.Make(ObjectType.SmallPage), 0x7fff_ffff_e000).MustMiss(39);
    }

    [Fact]
    [Rule("R-ASID-07")]
    public void A_number_that_leads_nowhere_fails_the_lookup_before_alignment()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        ulong space = _space.MakeSpace();
        World.State.AsidPools[0] = 0;
        _space.MapPage(frame, Empty + 1, space: space).MustLackRoot();
    }

    [Fact]
    public void A_number_that_leads_to_another_pml4_is_refused()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        ulong space = _space.MakeSpace();
        ulong asid = World.At(space).Pml4MappedAsid;
        RawMemory.WriteWord(World.Plan.AsidPool + (8 * asid), World.Plan.VSpace);
        _space.MapPage(frame, Empty + 1, space: space).MustBe(ErrorCode.InvalidCapability, 1);
    }

    [Theory]
    [Rule("R-VS-05")]
    [InlineData(ObjectType.SmallPage, 0x800)]
    [InlineData(ObjectType.LargePage, 0x10_0000)]
    [InlineData(ObjectType.HugePage, 0x20_0000)]
    public void Crooked_addresses_are_refused_before_tables(ObjectType type, ulong offset)
    {
        ulong frame = _space.MakeDevicePage(type);
        _space.MapPage(frame, 0x100_0000_0000 + offset).MustBe(ErrorCode.AlignmentError);
    }

    [Fact]
    [Rule("R-VS-01")]
    public void Each_missing_table_is_named_by_its_bits()
    {
        ulong small = World.Make(ObjectType.SmallPage);
        ulong large = _space.MakeDevicePage(ObjectType.LargePage);
        ulong huge = _space.MakeDevicePage(ObjectType.HugePage);
        const ulong Place = 0x100_4000_0000;
        _space.MapPage(small, Place).MustMiss(39);
        _space.MapPage(large, Place).MustMiss(39);
        _space.MapPage(huge, Place).MustMiss(39);
        _space.MakeTable(ObjectType.Pdpt, Place);
        _space.MapPage(small, Place).MustMiss(30);
        _space.MapPage(large, Place).MustMiss(30);
        _space.MakeTable(ObjectType.PageDirectory, Place);
        _space.MapPage(small, Place).MustMiss(21);
        Assert.False(World.At(small).FrameMapKind != 0);
    }

    [Fact]
    [Rule("R-VS-10")]
    public void A_large_page_in_the_way_counts_as_a_missing_table()
    {
        const ulong Place = 0x100_4000_0000;
        _space.BuildTables(Place, 30);
        ulong huge = _space.MakeDevicePage(ObjectType.HugePage);
        _space.MapPage(huge, Place).MustSucceed();
        _space.MapPage(_space.MakeDevicePage(ObjectType.LargePage), Place + 0x20_0000).MustMiss(30);
        _space.MapPage(World.Make(ObjectType.SmallPage), Place + 0x1000).MustMiss(30);
        _space.UnmapPage(huge).MustSucceed();
        _space.MakeTable(ObjectType.PageDirectory, Place);
        _space.MapPage(_space.MakeDevicePage(ObjectType.LargePage), Place).MustSucceed();
        _space.MapPage(World.Make(ObjectType.SmallPage), Place + 0x1000).MustMiss(21);
    }

    [Fact]
    [Rule("R-VS-09")]
    public void A_table_where_a_big_page_should_go_must_be_deleted_first()
    {
        const ulong Place = 0x100_4000_0000;
        _space.BuildTables(Place);
        ulong large = _space.MakeDevicePage(ObjectType.LargePage);
        ulong huge = _space.MakeDevicePage(ObjectType.HugePage);
        _space.MapPage(large, Place).MustBe(ErrorCode.DeleteFirst);
        _space.MapPage(huge, Place).MustBe(ErrorCode.DeleteFirst);
        Assert.Equal(0ul, World.At(large).FrameMapKind);
    }

    [Fact]
    public void A_refused_map_invalidates_nothing()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        World.Hardware.ClearRecord();
        _space.MapPage(frame, Empty).MustMiss(39);
        Assert.Empty(World.Hardware.InvalidatedPages);
        Assert.Equal(0, World.Hardware.TlbFlushes);
    }

    public void Dispose() => _space.Dispose();
}
