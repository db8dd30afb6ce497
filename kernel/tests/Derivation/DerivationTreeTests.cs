// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Derivation;

/// <summary>Who descends from whom, seen through Revoke (ABI §21.2).</summary>
[Rule("ABI-21.2")]
public sealed class DerivationTreeTests : CapabilityTest
{
    private const int Untyped = CapabilityWorld.Untyped;
    private const int Original = 20;
    private const int Copy = 21;
    private const int CopyOfCopy = 22;
    private const int Badged = 23;
    private const int BadgedCopy = 24;
    private const int OtherBadged = 25;
    private const int SameBadge = 26;

    [Fact]
    [Rule("R-CNODE-31", "R-DER-11")]
    public void Revoking_an_empty_slot_or_a_childless_capability_succeeds_and_changes_nothing()
    {
        World.Make(ObjectType.Endpoint, 0, Original);
        ulong[] before = World.Snapshot();
        Expect.None(World.Revoke(Copy));
        Expect.None(World.Revoke(Original));
        Assert.Equal(before, World.Snapshot());
    }

    [Fact]
    [Rule("R-DER-03")]
    public void Revoking_a_copy_removes_nothing_for_its_copies_are_siblings()
    {
        World.Make(ObjectType.Endpoint, 0, Original);
        Expect.None(World.Copy(Original, Copy));
        Expect.None(World.Copy(Copy, CopyOfCopy));
        Refused(SyscallError.None, () => World.Revoke(Copy));
    }

    [Theory]
    [Rule("R-DER-02", "R-DER-10")]
    [InlineData(ObjectType.Endpoint)]
    [InlineData(ObjectType.Notification)]
    [InlineData(ObjectType.Tcb)]
    [InlineData(ObjectType.CNode)]
    [InlineData(ObjectType.SmallPage)]
    [Rule("RPC:K10")]
    public void Revoking_the_original_removes_all_copies_and_keeps_itself(ObjectType type)
    {
        World.Make(type, 4, Original);
        Expect.None(World.Copy(Original, Copy));
        Expect.None(World.Copy(Copy, CopyOfCopy));
        CapabilityTag tag = World.At(Original).Tag;
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, CopyOfCopy);
        Assert.Equal(tag, World.At(Original).Tag);
    }

    [Theory]
    [Rule("R-DER-04", "R-DER-06")]
    [InlineData(ObjectType.Endpoint)]
    [InlineData(ObjectType.Notification)]
    public void A_badged_capability_is_the_original_of_its_copies_alone(ObjectType type)
    {
        MakeFamily(type);
        Expect.None(World.Revoke(Badged));
        AssertEmpty(BadgedCopy);
        CapabilityTag tag = World.At(Original).Tag;
        Assert.Equal([tag, tag, tag, tag, tag, tag], Tags(Original, Copy, CopyOfCopy, Badged, OtherBadged, SameBadge));
    }

    [Fact]
    [Rule("R-DER-05")]
    public void Revoking_the_unbadged_original_removes_badged_ones_too()
    {
        MakeFamily(ObjectType.Endpoint);
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, CopyOfCopy, Badged, BadgedCopy, OtherBadged, SameBadge);
    }

    [Fact]
    [Rule("R-DER-07")]
    public void Equal_badges_minted_apart_do_not_contain_each_other()
    {
        MakeFamily(ObjectType.Endpoint);
        Refused(SyscallError.None, () => World.Revoke(SameBadge));
        Expect.None(World.Revoke(Badged));
        Assert.Equal(CapabilityTag.Endpoint, World.At(SameBadge).Tag);
    }

    [Theory]
    [Rule("R-DER-07", "R-DER-12")]
    [InlineData(true)]
    [InlineData(false)]
    public void Copies_of_a_deleted_badged_original_do_not_join_another_family_of_the_badge(bool secondIsDeleted)
    {
        // In the derivation list the later minted one stands first.
        World.Make(ObjectType.Endpoint, 0, Original);
        Expect.None(World.Mint(Original, Badged, 5));
        Expect.None(World.Copy(Badged, BadgedCopy));
        Expect.None(World.Mint(Original, SameBadge, 5));
        Expect.None(World.Copy(SameBadge, OtherBadged));
        Expect.None(World.Delete(secondIsDeleted ? SameBadge : Badged));
        World.CheckInvariants();
        Expect.None(World.Revoke(secondIsDeleted ? Badged : SameBadge));
        int orphan = secondIsDeleted ? OtherBadged : BadgedCopy;
        int revoked = secondIsDeleted ? BadgedCopy : OtherBadged;
        AssertEmpty(revoked);
        Assert.Equal(5ul, World.At(orphan).EndpointBadge);
        Expect.None(World.Revoke(Original));
        AssertEmpty(orphan);
    }

    [Fact]
    [Rule("R-DER-04")]
    public void A_badge_minted_from_a_copy_starts_a_family_below_the_original()
    {
        World.Make(ObjectType.Endpoint, 0, Original);
        Expect.None(World.Copy(Original, Copy));
        Expect.None(World.Mint(Copy, Badged, 9));
        Expect.None(World.Copy(Badged, BadgedCopy));
        Refused(SyscallError.None, () => World.Revoke(Copy));
        Expect.None(World.Revoke(Badged));
        AssertEmpty(BadgedCopy);
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, Badged);
    }

    [Fact]
    [Rule("R-DER-08")]
    public void A_copied_untyped_is_a_child_and_the_source_is_used_up()
    {
        World.Make(ObjectType.Untyped, 12, Original);
        Expect.None(World.Copy(Original, Copy));
        Assert.Equal(4096ul, UntypedMemory.UsedBytes(World.At(Original)));
        Assert.Equal(0ul, UntypedMemory.UsedBytes(World.At(Copy)));
        Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Original, ObjectType.Endpoint, 0, Badged));
        Refused(SyscallError.RevokeFirst, () => World.Copy(Original, CopyOfCopy));

        World.Make(ObjectType.Endpoint, 0, Badged, 1, Copy);
        Refused(SyscallError.RevokeFirst, () => World.Copy(Copy, CopyOfCopy));
        // The object is a descendant of both.
        Expect.None(World.Delete(Copy));
        Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Original, ObjectType.Endpoint, 0, Copy));
        Expect.None(World.Revoke(Original));
        AssertEmpty(Badged);
        World.Make(ObjectType.Endpoint, 0, Badged, 1, Original);
    }

    [Fact]
    [Rule("R-DER-01", "R-DER-09")]
    public void Revoking_an_untyped_removes_objects_inside_directly_and_through_child_untypeds()
    {
        World.Make(ObjectType.Untyped, 14, Original);
        World.Make(ObjectType.Untyped, 12, Copy, 1, Original);
        World.Make(ObjectType.Endpoint, 0, Badged, 1, Copy);
        Expect.None(World.Mint(Badged, BadgedCopy, 3));
        World.Make(ObjectType.Tcb, 0, OtherBadged, 1, Original);
        World.Make(ObjectType.Endpoint, 0, SameBadge);
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, Badged, BadgedCopy, OtherBadged);
        Assert.Equal([CapabilityTag.Untyped, CapabilityTag.Endpoint], Tags(Original, SameBadge));
    }

    [Fact]
    [Rule("R-DER-12")]
    public void Children_of_a_deleted_capability_move_up()
    {
        World.Make(ObjectType.Untyped, 14, Original);
        World.Make(ObjectType.Untyped, 12, Copy, 1, Original);
        World.Make(ObjectType.Endpoint, 0, Badged, 1, Copy);
        Expect.None(World.Mint(Badged, BadgedCopy, 3));
        Expect.None(World.Delete(Copy));
        Expect.None(World.Delete(Badged));
        Assert.Equal(3ul, World.At(BadgedCopy).EndpointBadge);
        Refused(SyscallError.NotEnoughMemory(4096 * 3), () => World.Retype(Original, ObjectType.Untyped, 14, Copy));
        Expect.None(World.Revoke(Original));
        AssertEmpty(BadgedCopy);
    }

    [Fact]
    [Rule("R-DER-15", "R-DEL-12")]
    public void Interrupt_handlers_are_children_of_interrupt_control()
    {
        MappingDatabase<TestArch>.InsertRoot(World.Slot(Original), Capability.NewIrqControl());
        for (int i = 0; i < 3; i++)
        {
            World.Kernel.Irqs[40 + i].Kind = 1;
            MappingDatabase<TestArch>.Insert(
                ref World.Kernel, Capability.NewIrqHandler(40 + (ulong)i), World.Slot(Original), World.Slot(Copy + i));
        }
        Expect.None(World.Copy(Copy, 40));
        World.CheckInvariants();
        // A handler is an original, so its copies can be revoked without it.
        Expect.None(World.Revoke(Copy));
        AssertEmpty(40);
        Assert.Empty(World.Machine.ReleasedInterrupts);
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, Copy + 1, Copy + 2);
        Assert.Equal([40, 41, 42], World.Machine.ReleasedInterrupts.Order());
    }

    [Fact]
    [Rule("R-CNODE-28")]
    public void Port_ranges_are_children_of_port_control()
    {
        MappingDatabase<TestArch>.InsertRoot(World.Slot(Original), Capability.NewIoPortControl());
        MappingDatabase<TestArch>.Insert(ref World.Kernel, Capability.NewIoPort(0x60, 0x64), World.Slot(Original), World.Slot(Copy));
        MappingDatabase<TestArch>.Insert(ref World.Kernel, Capability.NewIoPort(0x70, 0x71), World.Slot(Original), World.Slot(Badged));
        Expect.None(World.Copy(Copy, CopyOfCopy));
        Expect.None(World.Revoke(Copy));
        AssertEmpty(CopyOfCopy);
        Expect.None(World.Revoke(Original));
        AssertEmpty(Copy, Badged);
        Assert.Equal([false, true, true], World.Machine.Finalized.Select(entry => entry.IsFinal));
    }

    [Fact]
    [Rule("R-DER-17", "R-DEL-15")]
    public void Revoking_the_original_of_a_CSpace_root_takes_it_from_the_thread()
    {
        Expect.None(World.Revoke(CapabilityWorld.CNode));
        Assert.True(Slots.Of(World.Caller, TcbSlot.CSpaceRoot).Value.IsEmpty);
        Assert.Equal(CapabilityTag.CNode, World.At(CapabilityWorld.CNode).Tag);
    }

    [Fact]
    [Rule("R-DER-09")]
    public void Revoking_an_untyped_that_lies_in_a_CNode_made_from_itself_removes_it_as_well()
    {
        World.Make(ObjectType.Untyped, 14, Original);
        World.Make(ObjectType.CNode, 4, Copy, 1, Original);
        World.Make(ObjectType.Endpoint, 0, Badged, 3, Original);
        Ref<CapabilitySlot> inside = World.Inside(Copy, 5);
        World.MoveInto(Original, Copy, 5);
        World.MoveInto(Badged, Copy, 9);
        World.CheckInvariants();
        Expect.None(World.Invoke(World.Slot(Copy), InvocationLabel.CNodeRevoke, [5, 4]));
        Assert.True(inside.Value.IsEmpty);
        AssertEmpty(Original, Copy, Badged, Badged + 1, Badged + 2);
        // All of it went back to the untyped above.
        Assert.False(MappingDatabase<TestArch>.HasChildren(World.Slot(Untyped)));
    }

    private void MakeFamily(ObjectType type)
    {
        World.Make(type, 0, Original);
        Expect.None(World.Copy(Original, Copy));
        Expect.None(World.Copy(Copy, CopyOfCopy));
        Expect.None(World.Mint(Original, Badged, 5));
        Expect.None(World.Copy(Badged, BadgedCopy));
        Expect.None(World.Mint(Original, OtherBadged, 6));
        Expect.None(World.Mint(Original, SameBadge, 5));
        World.CheckInvariants();
    }
}
