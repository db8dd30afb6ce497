// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.CNode;

/// <summary>Copy and Mint: what comes out, and what cannot be copied (ABI §21.1).</summary>
public sealed class CopyMintTests : CapabilityTest
{
    private const int Source = 20;
    private const int Target = 21;
    private const int Other = 22;

    [Fact]
    [Rule("R-CNODE-05")]
    public void A_badge_cannot_be_changed()
    {
        MakeBadged(ObjectType.Endpoint, 7);
        Refused(SyscallError.IllegalOperation, () => World.Mint(Source, Target, 8));
        Refused(SyscallError.IllegalOperation, () => World.Mint(Source, Target, 7));
    }

    [Theory]
    [Rule("R-CNODE-05", "R-CNODE-06")]
    [InlineData(ObjectType.Endpoint)]
    [InlineData(ObjectType.Notification)]
    public void A_badge_cannot_be_removed(ObjectType type)
    {
        MakeBadged(type, 7);
        Refused(SyscallError.IllegalOperation, () => World.Mint(Source, Target, 0));
    }

    [Fact]
    [Rule("R-CNODE-08")]
    public void A_guard_that_does_not_fit_the_word_is_refused()
    {
        World.Make(ObjectType.CNode, 4, Source);
        Refused(SyscallError.IllegalOperation, () => World.Mint(Source, Target, Guard(0, 61)));
        Refused(SyscallError.IllegalOperation, () => World.Mint(Source, Target, Guard(0, 63)));
        Expect.None(World.Mint(Source, Target, Guard(5, 60)));
        Assert.Equal((60ul, 5ul), (World.At(Target).CNodeGuardSize, World.At(Target).CNodeGuard));
    }

    [Fact]
    [Rule("R-CNODE-27")]
    public void An_untyped_with_children_is_not_copied()
    {
        World.Make(ObjectType.Endpoint, 0, Source);
        Refused(SyscallError.RevokeFirst, () => World.Copy(CapabilityWorld.Untyped, Target));
        Refused(SyscallError.RevokeFirst, () => World.Mint(CapabilityWorld.Untyped, Target, 1));
    }

    [Fact]
    [Rule("R-CNODE-28")]
    public void Control_reply_and_zombie_capabilities_are_not_copied()
    {
        World.Make(ObjectType.Tcb, 0, Other);
        Capability[] uncopyable =
        [
            Capability.NewIrqControl(), Capability.NewIoPortControl(),
            Capability.NewReply(World.At(Other).TcbAddress, false, true),
        ];
        foreach (Capability capability in uncopyable)
        {
            MappingDatabase<TestArch>.InsertRoot(World.Slot(Source), capability);
            ulong[] before = World.Snapshot();
            Expect.Illegal(World.Copy(Source, Target));
            Expect.Illegal(World.Mint(Source, Target, 0));
            Assert.Equal(before, World.Snapshot());
            MappingDatabase<TestArch>.Remove(World.Slot(Source));
        }

        World.Make(ObjectType.CNode, 4, Source);
        MakeZombie(Source);
        Refused(SyscallError.IllegalOperation, () => World.Copy(Source, Target));
        Expect.None(World.Delete(Source));
    }

    [Theory]
    [Rule("R-CNODE-29")]
    [InlineData(ObjectType.PageTable)]
    [InlineData(ObjectType.PageDirectory)]
    [InlineData(ObjectType.Pdpt)]
    [InlineData(ObjectType.Pml4)]
    public void Paging_structures_that_are_not_in_use_are_not_copied(ObjectType type)
    {
        World.Make(type, 0, Source);
        Refused(SyscallError.IllegalOperation, () => World.Copy(Source, Target));
        Expect.None(World.Move(Source, Target));
    }

    /// <summary>Types whose rights and data word Copy and Mint ignore give the same capability again.</summary>
    [Fact]
    [Rule("ABI-21.1", "R-CNODE-02")]
    public void Rights_and_data_are_ignored_where_a_type_has_none()
    {
        World.Make(ObjectType.Tcb, 0, Source);
        Capability thread = World.At(Source);
        World.Delete(Source);
        Capability[] plain = [thread, Capability.NewDomain(), Capability.NewIrqHandler(5)];
        foreach (Capability capability in plain)
        {
            MappingDatabase<TestArch>.InsertRoot(World.Slot(Source), capability);
            Expect.None(World.Copy(Source, Target, CapRights.None));
            Expect.None(World.Mint(Source, Other, 0xdead, CapRights.None));
            Assert.Equal(capability, World.At(Target));
            Assert.Equal(capability, World.At(Other));
            foreach (int slot in (int[])[Target, Other, Source]) MappingDatabase<TestArch>.Remove(World.Slot(slot));
        }
    }

    /// <summary>The badge 0 is no badge: nothing is fixed by it, and another mint can give one.</summary>
    [Theory]
    [Rule("ABI-21.1")]
    [InlineData(ObjectType.Endpoint)]
    [InlineData(ObjectType.Notification)]
    public void Minting_with_badge_0_gives_an_unbadged_copy(ObjectType type)
    {
        World.Make(type, 0, Source);
        Expect.None(World.Mint(Source, Target, 0));
        Expect.None(World.Mint(Target, Other, 9));
        Refused(SyscallError.IllegalOperation, () => World.Mint(Other, Target + 5, 9));
    }

    [Theory]
    [Rule("R-CNODE-01", "R-CNODE-02")]
    [InlineData(CapRights.All)]
    [InlineData(CapRights.Read)]
    [InlineData(CapRights.Write)]
    [InlineData(CapRights.Grant)]
    [InlineData(CapRights.GrantReply)]
    [InlineData(CapRights.None)]
    [InlineData((CapRights)0xfffffff0)]
    public void Copy_gives_the_rights_that_both_source_and_argument_have(CapRights rights)
    {
        World.Make(ObjectType.Endpoint, 0, Source);
        Expect.None(World.Copy(Source, Target, rights));
        Assert.Equal(rights & CapRights.All, EndpointRights(Target));
        Assert.Equal(World.At(Source).EndpointAddress, World.At(Target).EndpointAddress);
        Assert.Equal(CapRights.All, EndpointRights(Source));

        Expect.None(World.Copy(Target, Other, CapRights.All));
        Assert.Equal(rights & CapRights.All, EndpointRights(Other));
    }

    [Fact]
    [Rule("R-CNODE-01", "R-CNODE-02")]
    public void Notification_capabilities_have_read_and_write_alone()
    {
        World.Make(ObjectType.Notification, 0, Source);
        Expect.None(World.Copy(Source, Target, CapRights.Read | CapRights.Grant));
        Assert.True(World.At(Target).NotificationCanReceive);
        Assert.False(World.At(Target).NotificationCanSend);
        Expect.None(World.Copy(Target, Other, CapRights.Write));
        Assert.False(World.At(Other).NotificationCanReceive || World.At(Other).NotificationCanSend);
    }

    [Theory]
    [Rule("R-CNODE-03", "R-CNODE-04")]
    [InlineData(ObjectType.Endpoint, 1ul)]
    [InlineData(ObjectType.Endpoint, ulong.MaxValue)]
    [InlineData(ObjectType.Notification, 1ul << 63)]
    public void Mint_sets_a_badge_of_64_bits_and_copy_keeps_it(ObjectType type, ulong badge)
    {
        MakeBadged(type, badge);
        Assert.Equal(badge, BadgeAt(Source));
        Expect.None(World.Copy(Source, Target));
        Assert.Equal(badge, BadgeAt(Target));
    }

    [Fact]
    [Rule("R-CNODE-04")]
    public void Mint_with_badge_zero_copies_without_badge()
    {
        World.Make(ObjectType.Endpoint, 0, Source);
        Expect.None(World.Mint(Source, Target, 0, CapRights.Write));
        Assert.Equal((0ul, CapRights.Write), (BadgeAt(Target), EndpointRights(Target)));
    }

    [Fact]
    [Rule("R-CNODE-07")]
    public void Mint_of_a_CNode_sets_its_guard_and_keeps_only_the_bits_of_the_guard()
    {
        World.Make(ObjectType.CNode, 4, Source);
        Expect.None(World.Mint(Source, Target, Guard(0xff5, 3)));
        Assert.Equal((3ul, 5ul), (World.At(Target).CNodeGuardSize, World.At(Target).CNodeGuard));
        Expect.None(World.Mint(Target, Other, 0));
        Assert.Equal((0ul, 0ul), (World.At(Other).CNodeGuardSize, World.At(Other).CNodeGuard));
    }

    [Fact]
    [Rule("R-CNODE-09")]
    public void Mint_ignores_the_word_for_types_without_data()
    {
        World.Make(ObjectType.Tcb, 0, Source);
        Expect.None(World.Mint(Source, Target, 0x1234));
        Assert.Equal(World.At(Source).Word1, World.At(Target).Word1);
        World.Make(ObjectType.SmallPage, 0, Other);
        Expect.None(World.Mint(Other, Other + 1, 0x1234));
    }

    [Fact]
    [Rule("R-CNODE-01")]
    public void A_copied_frame_is_unmapped_and_its_rights_only_shrink()
    {
        World.Make(ObjectType.SmallPage, 0, Source);
        World.Slot(Source).Value.Capability = World.At(Source).WithFrameMappedAsid(3).WithFrameMappedAddress(0x5000);
        Expect.None(World.Copy(Source, Target, CapRights.Read));
        Capability copy = World.At(Target);
        Assert.Equal((0ul, 0ul, 2ul), (copy.FrameMappedAsid, copy.FrameMappedAddress, copy.FrameRights));
        Assert.Equal(3ul, World.At(Source).FrameMappedAsid);
    }

    [Theory]
    [Rule("R-CNODE-01")]
    [InlineData(CapabilityTag.Domain)]
    [InlineData(CapabilityTag.IrqHandler)]
    [InlineData(CapabilityTag.IoPort)]
    [InlineData(CapabilityTag.AsidControl)]
    public void Capabilities_without_rights_are_copied_as_they_are(CapabilityTag tag)
    {
        World.Kernel.Irqs[5].Kind = 1;
        Capability capability = tag switch
        {
            CapabilityTag.Domain => Capability.NewDomain(),
            CapabilityTag.IrqHandler => Capability.NewIrqHandler(5),
            CapabilityTag.IoPort => Capability.NewIoPort(0x60, 0x64),
            _ => Capability.NewAsidControl(),
        };
        if (tag != CapabilityTag.IrqHandler) World.Kernel.Irqs[5].Kind = 0;
        MappingDatabase<TestArch>.InsertRoot(World.Slot(Source), capability);
        Expect.None(World.Copy(Source, Target, CapRights.None));
        Assert.Equal((capability.Word0, capability.Word1), (World.At(Target).Word0, World.At(Target).Word1));
    }

    private void MakeBadged(ObjectType type, ulong badge)
    {
        World.Make(type, 0, Source + 10);
        Expect.None(World.Mint(Source + 10, Source, badge));
    }

    private void MakeZombie(int slot)
    {
        World.Machine.IsInterruptPending = static () => true;
        World.Kernel.WorkUnits = PreemptionLimits.UnitsBetweenPolls - 1;
        SyscallError error = World.InvokeOnce(World.Slot(CapabilityWorld.CNode), InvocationLabel.CNodeDelete, [(ulong)slot, 64]);
        Assert.Equal(SyscallError.PreemptedCode, error.CodeByte);
        Assert.Equal(CapabilityTag.Zombie, World.At(slot).Tag);
        World.Machine.IsInterruptPending = null;
    }

    private ulong BadgeAt(int slot) =>
        World.At(slot).Tag == CapabilityTag.Endpoint ? World.At(slot).EndpointBadge : World.At(slot).NotificationBadge;

    private CapRights EndpointRights(int slot)
    {
        Capability endpoint = World.At(slot);
        return (endpoint.EndpointCanSend ? CapRights.Write : 0) | (endpoint.EndpointCanReceive ? CapRights.Read : 0)
            | (endpoint.EndpointCanGrant ? CapRights.Grant : 0) | (endpoint.EndpointCanGrantReply ? CapRights.GrantReply : 0);
    }
}
