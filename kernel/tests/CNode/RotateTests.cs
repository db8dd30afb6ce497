// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.CNode;

/// <summary>Rotate: source to pivot, pivot to destination (ABI §13).</summary>
public sealed class RotateTests : CapabilityTest
{
    private const int Source = 20;
    private const int Pivot = 21;
    private const int Target = 22;
    private const int Occupied = 23;
    private const int Empty = 24;
    private const int EndpointSlot = 25;

    public RotateTests()
    {
        World.Make(ObjectType.CNode, 2, Source);
        World.Make(ObjectType.CNode, 3, Pivot);
        World.Make(ObjectType.Tcb, 0, Occupied);
        World.Make(ObjectType.Endpoint, 0, EndpointSlot);
    }

    [Fact]
    [Rule("R-SYS-05", "R-SYS-06")]
    public void Fewer_than_eight_words_or_two_roots_are_truncated()
    {
        ulong[] message = [Target, 64, 0, Pivot, 64, 0, Source, 64];
        Ref<CapabilitySlot> root = World.Slot(CapabilityWorld.CNode);
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message.AsSpan(0, 7), root, root));
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, root));
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message));
    }

    [Fact]
    [Rule("R-CSP-15", "R-CNODE-24")]
    public void A_bad_source_is_reported_before_a_bad_pivot_and_both_as_source()
    {
        LookupFailure failure = LookupFailure.GuardMismatch(64, 0, 56);
        Refused(SyscallError.Range(1, 64), () => Rotate(Source, 0, 1 << 8, 64, Target));
        Refused(Lookup(failure, true), () => Rotate(1 << 8, 64, Pivot, 0, Target));
        Refused(Lookup(failure, true), () => Rotate(Source, 64, 1 << 8, 64, Target));
        Refused(SyscallError.Range(1, 64), () => Rotate(Source, 64, Pivot, 65, Target));
    }

    [Fact]
    [Rule("R-CNODE-24", "R-CSP-10")]
    public void The_first_root_is_the_pivots_and_the_second_the_sources()
    {
        ulong[] message = [Target, 64, 0, Pivot, 64, 0, Source, 64];
        Ref<CapabilitySlot> root = World.Slot(CapabilityWorld.CNode);
        Ref<CapabilitySlot> wrong = World.Slot(EndpointSlot);
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, wrong, root));
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, root, wrong));

        // With roots whose numbering differs, only the right pairing finds the right slots.
        World.Make(ObjectType.CNode, 4, 30);
        World.MoveInto(Source, 30, 5);
        message = [Target, 64, 0, Pivot, 64, 0, 5, 4];
        Expect.None(World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, root, World.Slot(30)));
        Assert.Equal((3ul, 2ul), (World.At(Target).CNodeRadix, World.At(Pivot).CNodeRadix));
    }

    [Fact]
    [Rule("R-CNODE-21")]
    public void A_pivot_that_is_source_or_destination_is_illegal()
    {
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Source, 64, Target));
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Target, 64, Target));
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Source, 64, Source));
        // Also when the pivot is empty or the destination occupied.
        Refused(SyscallError.IllegalOperation, () => Rotate(Empty, 64, Empty, 64, Occupied));
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Occupied, 64, Occupied));
    }

    [Fact]
    [Rule("R-CNODE-22")]
    public void An_occupied_destination_is_reported_before_empty_slots()
    {
        Refused(SyscallError.DeleteFirst, () => Rotate(Source, 64, Pivot, 64, Occupied));
        Refused(SyscallError.DeleteFirst, () => Rotate(Empty, 64, Pivot, 64, Occupied));
        Refused(SyscallError.DeleteFirst, () => Rotate(Source, 64, Empty, 64, Occupied));
    }

    [Fact]
    [Rule("R-CNODE-23")]
    public void An_empty_source_is_told_as_source_and_an_empty_pivot_as_destination()
    {
        Refused(Missing(64, true), () => Rotate(Empty, 64, Empty + 1 + 5, 64, Target));
        Refused(Missing(64, true), () => Rotate(Empty, 64, Pivot, 64, Target));
        Refused(Missing(64, false), () => Rotate(Source, 64, Empty, 64, Target));

        World.Make(ObjectType.CNode, 4, 30);
        ulong[] message = [Target, 64, 0, 3, 4, 0, Source, 64];
        Ref<CapabilitySlot> root = World.Slot(CapabilityWorld.CNode);
        Refused(Missing(4, false), () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, World.Slot(30), root));
        message = [Target, 64, 0, Pivot, 64, 0, 3, 4];
        Refused(Missing(4, true), () => World.InvokeOnce(root, InvocationLabel.CNodeRotate, message, root, World.Slot(30)));
    }

    [Fact]
    [Rule("R-CNODE-25", "R-CNODE-08")]
    public void Data_that_cannot_be_applied_is_illegal_for_either()
    {
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Pivot, 64, Target, sourceData: Guard(0, 63)));
        Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, Pivot, 64, Target, pivotData: Guard(0, 63)));
    }

    [Fact]
    [Rule("R-CNODE-26")]
    public void Endpoint_and_notification_capabilities_cannot_be_rotated()
    {
        World.Make(ObjectType.Notification, 0, 31);
        foreach (int slot in (int[])[EndpointSlot, 31])
        {
            Refused(SyscallError.IllegalOperation, () => Rotate(slot, 64, Pivot, 64, Target));
            Refused(SyscallError.IllegalOperation, () => Rotate(Source, 64, slot, 64, Target));
        }
    }

    [Fact]
    [Rule("R-CNODE-19", "R-CNODE-25")]
    public void Source_goes_to_pivot_and_pivot_to_destination_each_with_its_own_word()
    {
        Expect.None(Rotate(Source, 64, Pivot, 64, Target, pivotData: Guard(1, 10), sourceData: Guard(2, 20)));
        AssertEmpty(Source);
        Assert.Equal((3ul, 10ul, 1ul), (World.At(Target).CNodeRadix, World.At(Target).CNodeGuardSize, World.At(Target).CNodeGuard));
        Assert.Equal((2ul, 20ul, 2ul), (World.At(Pivot).CNodeRadix, World.At(Pivot).CNodeGuardSize, World.At(Pivot).CNodeGuard));

        // A word of 0 clears the guard.
        Expect.None(Rotate(Pivot, 64, Target, 64, Source));
        Assert.Equal((0ul, 0ul), (World.At(Source).CNodeGuardSize, World.At(Target).CNodeGuardSize));
    }

    [Fact]
    [Rule("R-CNODE-20")]
    public void With_source_as_destination_the_two_are_exchanged()
    {
        Expect.None(Rotate(Source, 64, Pivot, 64, Source, pivotData: Guard(1, 10), sourceData: Guard(2, 20)));
        Assert.Equal((3ul, 10ul), (World.At(Source).CNodeRadix, World.At(Source).CNodeGuardSize));
        Assert.Equal((2ul, 20ul), (World.At(Pivot).CNodeRadix, World.At(Pivot).CNodeGuardSize));
    }

    [Theory]
    [Rule("R-DER-13", "R-CNODE-20")]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(0, 2)]
    [InlineData(2, 0)]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    public void Neighbours_in_the_derivation_list_are_exchanged_without_losing_their_places(int first, int second)
    {
        // An original CNode with three copies of it: slots 40, then 43, 42, 41 in derivation order.
        World.Make(ObjectType.CNode, 2, 40);
        for (int i = 1; i <= 3; i++) Expect.None(World.Copy(40, 40 + i));
        Expect.None(Rotate(40 + first, 64, 40 + second, 64, 40 + first));
        World.CheckInvariants();
        int original = first == 0 ? 40 + second : second == 0 ? 40 + first : 40;
        Expect.None(World.Revoke(original));
        for (int slot = 40; slot <= 43; slot++) Assert.Equal(slot == original, World.At(slot).Tag == CapabilityTag.CNode);
    }

    [Fact]
    [Rule("R-DER-13")]
    public void A_rotated_parent_keeps_its_children()
    {
        World.Make(ObjectType.Untyped, 12, 40);
        World.Make(ObjectType.Endpoint, 0, 41, untyped: 40);
        Expect.None(Rotate(40, 64, Pivot, 64, Target));
        World.CheckInvariants();
        Assert.Equal(CapabilityTag.Untyped, World.At(Pivot).Tag);
        Expect.None(World.Revoke(Pivot));
        AssertEmpty(41);
    }

    private SyscallError Rotate(
        int source, ulong sourceDepth, int pivot, ulong pivotDepth, int target, ulong pivotData = 0, ulong sourceData = 0) =>
        World.OnRoot(InvocationLabel.CNodeRotate,
            (ulong)target, 64, pivotData, (ulong)pivot, pivotDepth, sourceData, (ulong)source, sourceDepth);
}
