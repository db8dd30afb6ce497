// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.CNode;

/// <summary>Move and Mutate: the capability changes its slot and keeps everything else.</summary>
public sealed class MoveMutateTests : CapabilityTest
{
    private const int Source = 20;
    private const int Target = 21;
    private const int Parent = 30;

    [Theory]
    [Rule("R-CNODE-16")]
    [InlineData(ObjectType.Endpoint, 0ul)]
    [InlineData(ObjectType.Endpoint, 7ul)]
    [InlineData(ObjectType.Notification, 0ul)]
    [InlineData(ObjectType.Notification, 7ul)]
    public void Mutate_never_works_on_what_has_badges(ObjectType type, ulong badge)
    {
        World.Make(type, 0, Parent);
        Expect.None(World.Mint(Parent, Source, badge));
        Refused(SyscallError.IllegalOperation, () => World.Mutate(Source, Target, 0));
        Refused(SyscallError.IllegalOperation, () => World.Mutate(Source, Target, 7));
        Refused(SyscallError.IllegalOperation, () => World.Mutate(Parent, Target, 7));
    }

    [Fact]
    [Rule("R-CNODE-08")]
    public void Mutate_refuses_a_guard_that_does_not_fit()
    {
        World.Make(ObjectType.CNode, 4, Source);
        Refused(SyscallError.IllegalOperation, () => World.Mutate(Source, Target, Guard(0, 61)));
    }

    [Fact]
    [Rule("R-CNODE-17")]
    public void Mutate_of_a_CNode_moves_it_with_another_guard()
    {
        World.Make(ObjectType.CNode, 4, Source);
        ulong address = World.At(Source).CNodeAddress;
        Expect.None(World.Mutate(Source, Target, Guard(2, 10)));
        AssertEmpty(Source);
        Capability moved = World.At(Target);
        Assert.Equal((address, 4ul, 10ul, 2ul), (moved.CNodeAddress, moved.CNodeRadix, moved.CNodeGuardSize, moved.CNodeGuard));
        Expect.None(World.Mutate(Target, Source, 0));
        Assert.Equal((0ul, 0ul), (World.At(Source).CNodeGuardSize, World.At(Source).CNodeGuard));
    }

    [Theory]
    [Rule("R-CNODE-14", "R-CNODE-15", "R-CNODE-18", "R-DER-13")]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_type_moves_and_keeps_words_and_place(bool mutate)
    {
        World.Make(ObjectType.Tcb, 0, 40);
        foreach (Capability capability in Samples())
        {
            Ref<CapabilitySlot> source = World.Slot(Source);
            MappingDatabase<TestArch>.InsertRoot(source, capability);
            source.Value.MdbNextAndFlags &= ~CapabilitySlot.FirstBadgedFlag;
            Expect.None(mutate && capability.Tag != CapabilityTag.Reply ? World.Mutate(Source, Target, 9) : World.Move(Source, Target));
            AssertEmpty(Source);
            Ref<CapabilitySlot> target = World.Slot(Target);
            Assert.Equal((capability.Word0, capability.Word1), (target.Value.Word0, target.Value.Word1));
            Assert.Equal(CapabilitySlot.RevocableFlag, target.Value.MdbNextAndFlags);
            MappingDatabase<TestArch>.Remove(target);
        }
    }

    [Fact]
    [Rule("R-CNODE-14", "R-DER-13")]
    public void A_moved_original_still_revokes_its_copies_and_a_moved_copy_is_still_revoked()
    {
        World.Make(ObjectType.Endpoint, 0, Source);
        Expect.None(World.Copy(Source, 31));
        Expect.None(World.Mint(Source, 32, 5));
        Expect.None(World.Move(Source, Target));
        Expect.None(World.Move(31, 41));
        Expect.None(World.Move(32, 42));
        World.CheckInvariants();
        Expect.None(World.Revoke(Target));
        AssertEmpty(41, 42);
        Assert.Equal(CapabilityTag.Endpoint, World.At(Target).Tag);
    }

    [Fact]
    [Rule("R-CNODE-40")]
    public void Any_copy_of_a_CNode_capability_allows_every_method()
    {
        World.Make(ObjectType.Endpoint, 0, Source);
        Expect.None(World.Copy(CapabilityWorld.CNode, Parent, CapRights.None));
        Expect.None(World.Invoke(World.Slot(Parent), InvocationLabel.CNodeMove, [Target, 64, Source, 64], World.Slot(Parent)));
        Assert.Equal(CapabilityTag.Endpoint, World.At(Target).Tag);
        Expect.None(World.Invoke(World.Slot(Parent), InvocationLabel.CNodeDelete, [Target, 64]));
        AssertEmpty(Target);
    }

    private Capability[] Samples() =>
    [
        Capability.NewIrqControl(), Capability.NewIoPortControl(), Capability.NewAsidControl(), Capability.NewDomain(),
        Capability.NewIoPort(1, 2), Capability.NewReply(World.At(40).TcbAddress, false, true),
        Capability.NewFrame(World.DeviceAddress, 0, 2, true, 1, 5, 0x7000), Capability.NewPageTable(World.DeviceAddress, false, 0, 0),
        Capability.NewPml4(World.DeviceAddress, true, 4), Capability.NewUntyped(World.DeviceAddress, 12, true, 3),
    ];
}
