// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Untyped;

/// <summary>What Retype makes, and where.</summary>
public sealed class RetypeEffectTests : CapabilityTest
{
    private const int Untyped = 20;
    private const int First = 30;

    public RetypeEffectTests() => World.Make(ObjectType.Untyped, 16, Untyped);

    [Theory]
    [Rule("R-UT-01", "R-UT-15", "R-UT-23", "R-UT-25", "R-UT-26")]
    [InlineData(ObjectType.Untyped, 10, 10)]
    [InlineData(ObjectType.Tcb, 0, 11)]
    [InlineData(ObjectType.Endpoint, 0, 4)]
    [InlineData(ObjectType.Notification, 0, 5)]
    [InlineData(ObjectType.CNode, 6, 11)]
    [InlineData(ObjectType.Pdpt, 0, 12)]
    [InlineData(ObjectType.Pml4, 0, 12)]
    [InlineData(ObjectType.SmallPage, 0, 12)]
    [InlineData(ObjectType.PageTable, 0, 12)]
    [InlineData(ObjectType.PageDirectory, 0, 12)]
    public void Objects_fill_slots_and_memory_in_order_until_exactly_full(ObjectType type, int sizeBits, int objectBits)
    {
        int fit = 1 << (16 - objectBits);
        int count = Math.Min(fit, 200);
        ulong start = World.At(Untyped).UntypedAddress;
        World.Make(type, sizeBits, First, count, Untyped);
        for (int i = 0; i < count; i++)
        {
            Capability made = World.At(First + i);
            Assert.True(ObjectRegion<TestArch>.Find(made, out ulong address, out int bits));
            Assert.Equal((start + ((ulong)i << objectBits), objectBits), (address, bits));
        }
        Assert.Equal((ulong)count << objectBits, UntypedMemory.UsedBytes(World.At(Untyped)));
        if (count == fit) Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Untyped, ObjectType.Endpoint, 0, First + count));
    }

    [Fact]
    [Rule("R-UT-23", "R-CNODE-41")]
    public void New_capabilities_have_all_rights_no_badge_and_no_guard()
    {
        World.Make(ObjectType.Endpoint, 0, First, 1, Untyped);
        World.Make(ObjectType.Notification, 0, First + 1, 1, Untyped);
        World.Make(ObjectType.CNode, 3, First + 2, 1, Untyped);
        World.Make(ObjectType.SmallPage, 0, First + 3, 1, Untyped);
        Capability endpoint = World.At(First);
        Assert.True(endpoint.EndpointCanSend && endpoint.EndpointCanReceive && endpoint.EndpointCanGrant && endpoint.EndpointCanGrantReply);
        Assert.Equal(0ul, endpoint.EndpointBadge);
        Capability notification = World.At(First + 1);
        Assert.True(notification.NotificationCanSend && notification.NotificationCanReceive);
        Assert.Equal(0ul, notification.NotificationBadge);
        Capability cnode = World.At(First + 2);
        Assert.Equal((3ul, 0ul, 0ul), (cnode.CNodeRadix, cnode.CNodeGuardSize, cnode.CNodeGuard));
        for (int i = 0; i < 8; i++) Assert.True(World.Inside(First + 2, i).Value.IsEmpty);
        Assert.Equal((3ul, 0ul), (World.At(First + 3).FrameRights, World.At(First + 3).FrameMappedAsid));
    }

    [Fact]
    [Rule("R-UT-04")]
    public void The_size_of_fixed_types_is_ignored()
    {
        World.Make(ObjectType.Endpoint, 63, First, 1, Untyped);
        World.Make(ObjectType.Tcb, 5, First + 1, 1, Untyped);
        Assert.Equal([CapabilityTag.Endpoint, CapabilityTag.Tcb], Tags(First, First + 1));
    }

    [Fact]
    [Rule("R-UT-06")]
    public void Depth_0_takes_the_root_itself_and_ignores_the_index()
    {
        World.Make(ObjectType.CNode, 4, First, 1, Untyped);
        Expect.None(World.Invoke(World.Slot(Untyped), InvocationLabel.UntypedRetype,
            [(ulong)ObjectType.Endpoint, 0, ulong.MaxValue, 0, 7, 2], World.Slot(First)));
        Assert.Equal(CapabilityTag.Endpoint, World.Inside(First, 7).Value.Tag);
        Assert.Equal(CapabilityTag.Endpoint, World.Inside(First, 8).Value.Tag);
        Expect.None(World.Invoke(World.Slot(Untyped), InvocationLabel.UntypedRetype,
            [(ulong)ObjectType.Notification, 0, First, 64, 0, 1], World.Slot(CapabilityWorld.CNode)));
        Assert.Equal(CapabilityTag.Notification, World.Inside(First, 0).Value.Tag);
    }

    [Fact]
    [Rule("R-UT-15")]
    public void Objects_are_aligned_to_their_size_and_the_gap_is_lost()
    {
        World.Make(ObjectType.Endpoint, 0, First, 1, Untyped);
        World.Make(ObjectType.SmallPage, 0, First + 1, 1, Untyped);
        World.Make(ObjectType.Endpoint, 0, First + 2, 1, Untyped);
        ulong start = World.At(Untyped).UntypedAddress;
        Assert.Equal(start + 4096, World.At(First + 1).FrameAddress);
        Assert.Equal(start + 8192, World.At(First + 2).EndpointAddress);
        Assert.Equal(8192ul + 16, UntypedMemory.UsedBytes(World.At(Untyped)));
    }

    [Fact]
    [Rule("R-UT-13")]
    public void Memory_is_not_reused_while_any_child_is_left()
    {
        World.Make(ObjectType.Tcb, 0, First, 2, Untyped);
        Expect.None(World.Delete(First));
        World.Make(ObjectType.Tcb, 0, First, 1, Untyped);
        Assert.Equal(World.At(Untyped).UntypedAddress + 4096, World.At(First).TcbAddress);
    }

    [Fact]
    [Rule("R-UT-14", "R-DER-18")]
    public void Without_children_the_next_retype_starts_again()
    {
        World.Make(ObjectType.SmallPage, 0, First, 16, Untyped);
        Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Untyped, ObjectType.Endpoint, 0, First + 20));
        for (int i = 0; i < 15; i++) Expect.None(World.Delete(First + i));
        Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Untyped, ObjectType.Endpoint, 0, First));
        Expect.None(World.Delete(First + 15));
        World.Make(ObjectType.SmallPage, 0, First, 16, Untyped);
        Assert.Equal(World.At(Untyped).UntypedAddress, World.At(First).FrameAddress);
    }

    [Fact]
    [Rule("R-DER-18", "R-UT-13")]
    public void A_copy_of_a_child_keeps_the_memory_in_use()
    {
        World.Make(ObjectType.SmallPage, 0, First, 16, Untyped);
        Expect.None(World.Copy(First, First + 50));
        for (int i = 0; i < 16; i++) Expect.None(World.Delete(First + i));
        Refused(SyscallError.NotEnoughMemory(0), () => World.Retype(Untyped, ObjectType.Endpoint, 0, First));
        Expect.None(World.Delete(First + 50));
        World.Make(ObjectType.Endpoint, 0, First, 1, Untyped);
    }

    [Fact]
    [Rule("R-UT-24")]
    public void A_child_untyped_is_retyped_on_its_own()
    {
        World.Make(ObjectType.Untyped, 12, First, 2, Untyped);
        ulong used = UntypedMemory.UsedBytes(World.At(Untyped));
        World.Make(ObjectType.Endpoint, 0, First + 10, 5, First);
        Assert.Equal(used, UntypedMemory.UsedBytes(World.At(Untyped)));
        Expect.None(World.Revoke(First));
        AssertEmpty(First + 10, First + 14);
        Assert.Equal(CapabilityTag.Untyped, World.At(First + 1).Tag);
        World.Make(ObjectType.SmallPage, 0, First + 10, 1, First);
    }

    [Fact]
    [Rule("R-UT-18")]
    public void What_is_made_from_device_memory_is_device_memory()
    {
        const int Device = CapabilityWorld.DeviceUntyped;
        World.Make(ObjectType.Untyped, 13, First, 1, Device);
        World.Make(ObjectType.SmallPage, 0, First + 1, 1, Device);
        World.Make(ObjectType.SmallPage, 0, First + 2, 1, First);
        Assert.True(World.At(First).UntypedIsDevice);
        Assert.True(World.At(First + 1).FrameIsDevice);
        Assert.True(World.At(First + 2).FrameIsDevice);
        World.Make(ObjectType.SmallPage, 0, First + 3, 1, Untyped);
        Assert.False(World.At(First + 3).FrameIsDevice);
    }

    [Fact]
    [Rule("R-UT-27", "R-UT-22")]
    public unsafe void Other_objects_keep_their_contents()
    {
        World.Make(ObjectType.SmallPage, 0, First, 1, Untyped);
        ulong* page = (ulong*)World.At(First).FrameAddress;
        for (int i = 0; i < 512; i++) page[i] = ulong.MaxValue;
        World.Make(ObjectType.Tcb, 0, First + 1, 4, Untyped);
        World.Make(ObjectType.SmallPage, 0, First + 5, 4, Untyped);
        for (int i = 0; i < 512; i++) Assert.Equal(ulong.MaxValue, page[i]);
    }

    [Fact]
    [Rule("R-UT-09")]
    public void The_fan_out_limit_itself_is_allowed()
    {
        World.Make(ObjectType.CNode, 9, First, 1, CapabilityWorld.Untyped);
        Expect.None(World.Invoke(World.Slot(Untyped), InvocationLabel.UntypedRetype,
            [(ulong)ObjectType.Endpoint, 0, 0, 0, 256, 256], World.Slot(First)));
        Assert.True(World.Inside(First, 255).Value.IsEmpty);
        Assert.Equal(CapabilityTag.Endpoint, World.Inside(First, 511).Value.Tag);
    }
}
