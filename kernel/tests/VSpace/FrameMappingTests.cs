// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.VSpace;

/// <summary>What mapped pages look like to the user, and what becomes of mappings (ABI §16, §17.3, §17.4).</summary>
public sealed class FrameMappingTests : IDisposable
{
    private const ulong Empty = VSpaceWorld.Empty;
    private const ulong HugePlace = 0x100_4000_0000;

    private readonly VSpaceWorld _space = new();

    private RootTaskWorld World => _space.World;

    [Theory]
    [InlineData(ObjectType.SmallPage, 12)]
    [InlineData(ObjectType.LargePage, 21)]
    [InlineData(ObjectType.HugePage, 30)]
    public void A_page_of_each_size_appears_where_it_was_mapped(ObjectType type, int bits)
    {
        _space.BuildTables(HugePlace, bits);
        ulong frame = _space.MakeDevicePage(type);
        _space.MapPage(frame, HugePlace).MustSucceed();
        ulong physical = _space.AddressOf(frame);
        Assert.Equal(0ul, physical & ((1ul << bits) - 1));
        Assert.Equal(new Translation(physical, bits, IsWritable: true, IsUser: true, 0), _space.Walk(HugePlace));
        Assert.Equal(physical + (1ul << bits) - 1, _space.Walk(HugePlace + (1ul << bits) - 1)?.PhysicalAddress);
    }

    [Theory]
    [Rule("ABI-16")]
    [Rule("R-VS-11", "R-VS-12")]
    [InlineData(15, 3, true, true)]
    [InlineData(15, 2, true, false)]
    [InlineData(15, 1, false, false)]
    [InlineData(15, 0, false, false)]
    [InlineData(2, 3, true, false)]
    [InlineData(2, 2, true, false)]
    [InlineData(2, 1, false, false)]
    [InlineData(1, 3, false, false)]
    [InlineData(0, 15, false, false)]
    [InlineData(15, 0xffff_ffff_ffff_fff3, true, true)]
    public void A_mapping_has_the_rights_of_capability_and_argument(ulong capRights, ulong argument, bool canRead, bool canWrite)
    {
        _space.BuildTables(Empty);
        ulong frame = World.Copy(World.Make(ObjectType.SmallPage), (CapRights)capRights);
        _space.MapPage(frame, Empty, argument).MustSucceed();
        Translation? seen = _space.Walk(Empty);
        Assert.NotNull(seen);
        Assert.Equal(canRead, seen.Value.CanUserRead);
        Assert.Equal(canWrite, seen.Value.CanUserWrite);
    }

    [Theory]
    [InlineData(ObjectType.SmallPage, 12)]
    [InlineData(ObjectType.LargePage, 21)]
    [InlineData(ObjectType.HugePage, 30)]
    public void Attributes_choose_the_memory_type(ObjectType type, int bits)
    {
        _space.BuildTables(HugePlace, bits);
        ulong frame = _space.MakeDevicePage(type);
        for (ulong attributes = 0; attributes < 16; attributes++)
        {
            _space.MapPage(frame, HugePlace, attributes: attributes | 0xff00).MustSucceed();
            Translation? seen = _space.Walk(HugePlace);
            Assert.Equal((int)(attributes & 7), seen?.MemoryType);
            Assert.Equal(_space.AddressOf(frame), seen?.PhysicalAddress);
        }
    }

    [Fact]
    [Rule("R-VS-07", "R-VS-23")]
    public void Mapping_again_at_the_same_place_changes_rights_at_once()
    {
        ulong frame = _space.MakeMappedPage();
        Assert.True(World.Hardware.Access(Empty)?.CanUserWrite);
        World.Hardware.ClearRecord();
        _space.MapPage(frame, Empty, (ulong)CapRights.Read).MustSucceed();
        Assert.Equal([Empty], World.Hardware.InvalidatedPages);
        Assert.False(World.Hardware.Access(Empty)?.CanUserWrite);
        _space.MapPage(frame, Empty).MustSucceed();
        Assert.True(World.Hardware.Access(Empty)?.CanUserWrite);
    }

    [Theory]
    [Rule("R-VS-08", "R-VS-16", "R-VS-23")]
    [InlineData(ObjectType.SmallPage, 12)]
    [InlineData(ObjectType.LargePage, 21)]
    [InlineData(ObjectType.HugePage, 30)]
    public void Another_page_of_the_same_size_replaces_the_mapping_silently(ObjectType type, int bits)
    {
        _space.BuildTables(HugePlace, bits);
        ulong first = _space.MakeDevicePage(type);
        ulong second = _space.MakeDevicePage(type);
        _space.MapPage(first, HugePlace).MustSucceed();
        ulong inside = HugePlace + (1ul << bits) - 8;
        Assert.NotNull(World.Hardware.Access(inside));
        _space.MapPage(second, HugePlace).MustSucceed();
        Assert.Equal(_space.AddressOf(second), World.Hardware.Access(inside)?.PhysicalAddress & ~((1ul << bits) - 1));
        // The displaced capability believes in its mapping; unmapping it leaves the other alone.
        Assert.NotEqual(0ul, World.At(first).FrameMapKind);
        _space.UnmapPage(first).MustSucceed();
        Assert.Equal(0ul, World.At(first).FrameMapKind);
        Assert.Equal(_space.AddressOf(second), _space.Walk(HugePlace)?.PhysicalAddress);
    }

    [Fact]
    [Rule("R-VS-13")]
    public void Unmapping_an_unmapped_page_succeeds()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        _space.UnmapPage(frame).MustSucceed();
        _space.UnmapPage(frame).MustSucceed();
    }

    [Fact]
    [Rule("R-VS-23", "R-VS-24")]
    public void An_unmapped_page_is_gone_at_once_and_can_be_mapped_elsewhere()
    {
        ulong frame = _space.MakeMappedPage();
        Assert.NotNull(World.Hardware.Access(Empty));
        _space.UnmapPage(frame).MustSucceed();
        Assert.Null(World.Hardware.Access(Empty));
        _space.MapPage(frame, Empty + 0x1000).MustSucceed();
        Assert.NotNull(World.Hardware.Access(Empty + 0x1000));
    }

    [Fact]
    public void Mapping_where_nothing_was_invalidates_nothing()
    {
        _space.BuildTables(Empty);
        ulong frame = World.Make(ObjectType.SmallPage);
        World.Hardware.ClearRecord();
        _space.MapPage(frame, Empty).MustSucceed();
        Assert.Empty(World.Hardware.InvalidatedPages);
        Assert.Equal(0, World.Hardware.TlbFlushes);
        Assert.Empty(World.Hardware.RootWrites);
    }

    [Fact]
    public void Changes_to_an_address_space_that_is_not_active_invalidate_nothing()
    {
        ulong other = _space.MakeSpace();
        _space.BuildTables(Empty, space: other);
        ulong frame = World.Make(ObjectType.SmallPage);
        World.Hardware.ClearRecord();
        _space.MapPage(frame, Empty, space: other).MustSucceed();
        _space.MapPage(frame, Empty, 2, space: other).MustSucceed();
        _space.UnmapPage(frame).MustSucceed();
        Assert.Empty(World.Hardware.InvalidatedPages);
        Assert.Null(_space.Walk(Empty, other));
    }

    [Fact]
    [Rule("R-VS-14", "R-VS-15", "R-VS-25")]
    public void Two_capabilities_of_a_frame_have_mappings_of_their_own()
    {
        ulong first = _space.MakeMappedPage();
        ulong second = World.Copy(first);
        Assert.Equal(0ul, World.At(second).FrameMapKind);
        ulong other = _space.MakeSpace();
        _space.BuildTables(Empty, space: other);
        _space.MapPage(second, Empty, space: other).MustSucceed();
        Assert.Equal(_space.Walk(Empty)?.PhysicalAddress, _space.Walk(Empty, other)?.PhysicalAddress);
        _space.UnmapPage(first).MustSucceed();
        Assert.Null(_space.Walk(Empty));
        Assert.NotNull(_space.Walk(Empty, other));
    }

    [Fact]
    [Rule("R-VS-17")]
    public void The_physical_address_is_known_mapped_or_not_and_for_devices()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        ulong physical = World.Physical(World.At(frame).FrameAddress);
        Assert.Equal(physical, _space.AddressOf(frame));
        _space.BuildTables(Empty);
        _space.MapPage(frame, Empty).MustSucceed();
        Assert.Equal(physical, _space.AddressOf(frame));
        ulong device = World.BootInfo(BootInfoLayout.Untyped);
        Assert.Equal(0ul, _space.AddressOf(World.MakeFrom(device, ObjectType.SmallPage)));
    }

    [Fact]
    public void Device_addresses_up_to_2_to_the_47_are_reported_right()
    {
        ulong untyped = World.BootInfo(BootInfoLayout.Untyped);
        while (World.At(untyped + 1).UntypedIsDevice) untyped++;
        ulong entry = BootInfoLayout.UntypedList + (16 * (untyped - World.BootInfo(BootInfoLayout.Untyped)));
        Assert.Equal(1ul << 46, World.BootInfo((int)entry));
        Assert.Equal(1ul << 46, _space.AddressOf(World.MakeFrom(untyped, ObjectType.HugePage)));
    }

    [Fact]
    [Rule("R-DEL-09")]
    public void Deleting_a_frame_capability_unmaps_it_although_copies_remain()
    {
        ulong frame = _space.MakeMappedPage();
        World.Copy(frame);
        Assert.NotNull(World.Hardware.Access(Empty));
        World.Delete(frame);
        Assert.Null(World.Hardware.Access(Empty));
    }

    [Fact]
    public void Moving_a_frame_capability_keeps_its_mapping()
    {
        ulong frame = _space.MakeMappedPage();
        ulong slot = World.NewSlot();
        World.Call(InitialSlot.CNode, InvocationLabel.CNodeMove, [slot, 64, frame, 64], InitialSlot.CNode).MustSucceed();
        Assert.NotNull(_space.Walk(Empty));
        _space.UnmapPage(slot).MustSucceed();
        Assert.Null(_space.Walk(Empty));
    }

    [Fact]
    [Rule("R-VS-02")]
    public void Following_the_reported_bits_ends_in_a_mapping()
    {
        ulong frame = World.Make(ObjectType.SmallPage);
        for (int step = 0; ; step++)
        {
            WorldAnswer answer = _space.MapPage(frame, Empty);
            if (answer.Error == ErrorCode.None) break;
            Assert.True(step < 3);
            ObjectType missing = answer.Words[2] switch
            {
                39 => ObjectType.Pdpt,
                30 => ObjectType.PageDirectory,
                _ => ObjectType.PageTable,
            };
            _space.MakeTable(missing, Empty);
        }
        Assert.NotNull(_space.Walk(Empty));
    }

    [Fact]
    public void New_pages_of_ram_are_zero()
    {
        ulong untyped = World.FindUntyped(14);
        ulong address = World.Physical(World.At(untyped).UntypedAddress);
        World.Machine.Memory.Slice(address, 1 << 14).Fill(0xee);
        World.MakeFrom(untyped, ObjectType.SmallPage);
        Assert.True(World.Machine.Memory.IsZero(address, 1 << 14));
    }

    public void Dispose() => _space.Dispose();
}
