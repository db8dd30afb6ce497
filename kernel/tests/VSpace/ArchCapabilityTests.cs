// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;
using Sel4.Tests;
using Arch = Kernel.X64.X64<Kernel.Sim.SimMachine>;

namespace Kernel.Tests.VSpace;

/// <summary>Copies, rights, sizes and kinship of architecture capabilities (ABI §16, §21).</summary>
public sealed class ArchCapabilityTests
{
    private const ulong Address = 0xffff_8000_4000_0000;

    private static readonly Capability s_frame = Capability.NewFrame(Address, 0, 3, false, 1, 7, 0x1000);

    [Fact]
    [Rule("ABI-21.1")]
    public void A_copy_of_a_frame_is_unmapped_and_otherwise_the_same()
    {
        Assert.True(Arch.Derive(s_frame, out Capability copy).IsNone);
        Assert.Equal(Capability.NewFrame(Address, 0, 3, false, 0, 0, 0), copy);
    }

    [Fact]
    [Rule("ABI-21.1")]
    public void What_is_not_mapped_or_controls_ports_cannot_be_copied()
    {
        Capability[] sources =
        [
            Capability.NewPageTable(Address, false, 0, 0), Capability.NewPageDirectory(Address, false, 0, 0),
            Capability.NewPdpt(Address, false, 0, 0), Capability.NewPml4(Address, false, 0), Capability.NewIoPortControl(),
        ];
        foreach (Capability source in sources)
        {
            Assert.Equal(ErrorCode.IllegalOperation, Arch.Derive(source, out Capability copy).Code);
            Assert.True(copy.IsNull);
        }
    }

    [Fact]
    [Rule("ABI-21.1")]
    public void Everything_else_is_copied_as_it_is()
    {
        Capability[] sources =
        [
            Capability.NewPageTable(Address, true, 1, 0x20_0000), Capability.NewPageDirectory(Address, true, 1, 0),
            Capability.NewPdpt(Address, true, 1, 0), Capability.NewPml4(Address, true, 1), Capability.NewAsidControl(),
            Capability.NewAsidPool(Address, 512), Capability.NewIoPort(1, 2),
        ];
        foreach (Capability source in sources)
        {
            Assert.True(Arch.Derive(source, out Capability copy).IsNone);
            Assert.Equal(source, copy);
            Assert.Equal(source, Arch.MaskRights(source, CapRights.None));
        }
    }

    [Theory]
    [Rule("R-VS-11")]
    [InlineData(3, 15, 3)]
    [InlineData(3, 2, 2)]
    [InlineData(3, 14, 2)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(2, 15, 2)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 15, 1)]
    public void Rights_of_frames_only_shrink(ulong present, ulong mask, ulong result) =>
        Assert.Equal(result, Arch.MaskRights(s_frame.WithFrameRights(present), (CapRights)mask).FrameRights);

    [Fact]
    public void Kinship_is_sameness_but_for_port_control()
    {
        Capability table = Capability.NewPageTable(Address, false, 0, 0);
        Assert.True(Arch.SameObject(s_frame, s_frame.WithFrameRights(1).WithFrameMapKind(0)));
        Assert.False(Arch.SameObject(s_frame, s_frame.WithFrameSizeClass(1)));
        Assert.False(Arch.SameObject(s_frame, s_frame.WithFrameAddress(Address + 0x1000)));
        Assert.False(Arch.SameObject(s_frame, table));
        Assert.True(Arch.SameObject(table, Capability.NewPageTable(Address, true, 5, 0)));
        Assert.True(Arch.SameObject(Capability.NewIoPort(1, 2), Capability.NewIoPort(1, 2)));
        Assert.False(Arch.SameRegion(Capability.NewIoPort(1, 9), Capability.NewIoPort(1, 2)));
        Assert.True(Arch.SameRegion(Capability.NewIoPortControl(), Capability.NewIoPort(1, 2)));
        Assert.False(Arch.SameObject(Capability.NewIoPortControl(), Capability.NewIoPort(1, 2)));
        Assert.False(Arch.SameRegion(Capability.NewAsidControl(), Capability.NewAsidPool(Address, 0)));
        Assert.True(Arch.SameRegion(Capability.NewAsidControl(), Capability.NewAsidControl()));
    }

    /// <summary>Window addresses of high device memory wrap around; the one at zero is an object like any other.</summary>
    [Fact]
    public void A_device_page_at_window_address_zero_belongs_to_its_untyped()
    {
        Capability untyped = Capability.NewUntyped(0, 39, isDevice: true, 0);
        Assert.True(CapabilityRelation<Arch>.SameRegion(untyped, Arch.CreateObject(0, ObjectType.SmallPage, isDevice: true)));
        Assert.False(CapabilityRelation<Arch>.SameRegion(untyped, Capability.NewIoPort(0, 0)));
        Assert.False(CapabilityRelation<Arch>.SameRegion(untyped, Capability.NewAsidControl()));
    }

    [Theory]
    [InlineData(ObjectType.SmallPage, 12)]
    [InlineData(ObjectType.LargePage, 21)]
    [InlineData(ObjectType.HugePage, 30)]
    [InlineData(ObjectType.PageTable, 12)]
    [InlineData(ObjectType.PageDirectory, 12)]
    [InlineData(ObjectType.Pdpt, 12)]
    [InlineData(ObjectType.Pml4, 12)]
    public void New_objects_have_their_size_all_rights_and_no_mapping(ObjectType type, int bits)
    {
        Capability made = Arch.CreateObject(Address, type, isDevice: false);
        Assert.Equal(bits, Arch.ObjectSizeBits(made));
        Assert.Equal(Address, Arch.ObjectAddress(made));
        Assert.Equal(bits, ObjectSize.Bits(type, 0));
        if (!Arch.IsFrameType(type))
        {
            Assert.Equal(0ul, made.Word1);
            return;
        }
        Assert.Equal(3ul, made.FrameRights);
        Assert.Equal(0ul, made.FrameMapKind);
        Assert.False(made.FrameIsDevice);
        Assert.True(Arch.CreateObject(Address, type, isDevice: true).FrameIsDevice);
    }

    [Fact]
    public void Control_capabilities_and_ports_have_no_memory()
    {
        foreach (Capability capability in new[] { Capability.NewAsidControl(), Capability.NewIoPort(1, 2), Capability.NewIoPortControl() })
        {
            Assert.Equal(0ul, Arch.ObjectAddress(capability));
            Assert.Equal(0, Arch.ObjectSizeBits(capability));
        }
    }
}
