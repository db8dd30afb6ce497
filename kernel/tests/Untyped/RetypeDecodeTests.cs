// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Untyped;

/// <summary>Everything that Retype refuses, in the order of ABI §12; each row is tested against the next.</summary>
[Rule("RPC:K11")]
public sealed class RetypeDecodeTests : CapabilityTest
{
    private const int Small = 20;
    private const int Node = 21;
    private const int EndpointSlot = 22;
    private const int Empty = 30;
    private const ulong NodeSlots = 16;

    public RetypeDecodeTests()
    {
        World.Make(ObjectType.Untyped, 12, Small);
        World.Make(ObjectType.CNode, 4, Node);
        World.Make(ObjectType.Endpoint, 0, EndpointSlot);
    }

    [Fact]
    [Rule("R-SYS-04")]
    public void Other_labels_are_illegal()
    {
        Refused(SyscallError.IllegalOperation, () => World.InvokeOnce(World.Slot(Small), InvocationLabel.CNodeCopy, []));
        Refused(SyscallError.IllegalOperation, () => World.InvokeOnce(World.Slot(Small), InvocationLabel.Invalid, [0, 0, 0, 0, 0, 1]));
    }

    [Fact]
    [Rule("R-SYS-05", "R-SYS-06")]
    public void Six_words_and_a_root_are_wanted_first()
    {
        ulong[] message = [99, 99, 0, 0, 0, 0];
        Refused(SyscallError.TruncatedMessage,
            () => World.InvokeOnce(World.Slot(Small), InvocationLabel.UntypedRetype, message.AsSpan(0, 5), World.Slot(Node)));
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(World.Slot(Small), InvocationLabel.UntypedRetype, message));
    }

    [Theory]
    [Rule("R-UT-02")]
    [InlineData(12ul)]
    [InlineData(13ul)]
    [InlineData(1ul << 32)]
    [InlineData(ulong.MaxValue)]
    public void Unknown_types_are_argument_0(ulong type) =>
        Refused(SyscallError.InvalidArgument(0), () => Retype(type, 64, 0, 0, 0, 0));

    [Theory]
    [Rule("R-UT-03")]
    [InlineData(ObjectType.Endpoint, 64ul)]
    [InlineData(ObjectType.Tcb, ulong.MaxValue)]
    [InlineData(ObjectType.SmallPage, 1ul << 32)]
    [InlineData(ObjectType.Untyped, 48ul)]
    [InlineData(ObjectType.Untyped, 64ul)]
    [InlineData(ObjectType.CNode, 43ul)]
    [InlineData(ObjectType.CNode, 63ul)]
    public void Sizes_beyond_the_largest_untyped_are_a_range_error(ObjectType type, ulong sizeBits) =>
        Refused(SyscallError.Range(0, 47), () => Retype((ulong)type, sizeBits, 0, 0, 99, 0));

    [Theory]
    [Rule("R-UT-05", "R-CNODE-42")]
    [InlineData(ObjectType.CNode, 0ul)]
    [InlineData(ObjectType.Untyped, 0ul)]
    [InlineData(ObjectType.Untyped, 3ul)]
    public void Sizes_too_small_are_argument_1(ObjectType type, ulong sizeBits) =>
        Refused(SyscallError.InvalidArgument(1), () => Retype((ulong)type, sizeBits, 0, 65, 99, 0));

    [Fact]
    [Rule("R-UT-07")]
    public void A_destination_that_is_no_CNode_is_a_missing_capability_with_the_depth()
    {
        Refused(Missing(0, false), () => Retype(ObjectType.Endpoint, 0, 0, 0, 99, 0, root: EndpointSlot));
        Refused(Missing(64, false), () => Retype(ObjectType.Endpoint, 0, EndpointSlot, 64, 99, 0, root: CapabilityWorld.CNode));
        Refused(Missing(4, false), () => Retype(ObjectType.Endpoint, 0, 3, 4, 99, 0));
    }

    [Fact]
    [Rule("R-SYS-08", "R-UT-07")]
    public void An_empty_slot_as_root_is_no_CNode()
    {
        Refused(Missing(0, false), () => Retype(ObjectType.Endpoint, 0, 0, 0, 0, 1, root: Empty));
        Refused(Lookup(LookupFailure.InvalidRoot, false), () => Retype(ObjectType.Endpoint, 0, 0, 4, 0, 1, root: Empty));
    }

    [Fact]
    [Rule("R-CSP-09", "R-CSP-10", "R-CSP-11", "R-CSP-12")]
    public void The_destination_is_looked_up_like_that_of_a_CNode_operation()
    {
        Refused(Lookup(LookupFailure.InvalidRoot, false), () => Retype(ObjectType.Endpoint, 0, 0, 65, 99, 0, root: EndpointSlot));
        Refused(SyscallError.Range(1, 64), () => Retype(ObjectType.Endpoint, 0, 0, 65, 99, 0));
        Refused(Lookup(LookupFailure.DepthMismatch(3, 4), false), () => Retype(ObjectType.Endpoint, 0, 0, 3, 99, 0));
        Refused(Lookup(LookupFailure.DepthMismatch(2, 0), false), () => Retype(ObjectType.Endpoint, 0, 0, 6, 99, 0));
    }

    [Theory]
    [Rule("R-UT-08")]
    [InlineData(NodeSlots)]
    [InlineData(ulong.MaxValue)]
    public void An_offset_beyond_the_CNode_is_a_range_error(ulong offset) =>
        Refused(SyscallError.Range(0, NodeSlots - 1), () => Retype(ObjectType.Endpoint, 0, 0, 0, offset, 0));

    [Theory]
    [Rule("R-UT-09")]
    [InlineData(0ul)]
    [InlineData(257ul)]
    [InlineData(ulong.MaxValue)]
    public void A_count_outside_the_fan_out_limit_is_a_range_error(ulong count) =>
        Refused(SyscallError.Range(1, 256), () => Retype(ObjectType.Endpoint, 0, 0, 0, 15, count));

    [Fact]
    [Rule("R-UT-10")]
    public void A_window_past_the_end_is_a_range_error()
    {
        Refused(SyscallError.Range(1, 16), () => Retype(ObjectType.Endpoint, 0, 0, 0, 0, 17));
        Refused(SyscallError.Range(1, 1), () => Retype(ObjectType.Endpoint, 0, 0, 0, 15, 2));
        Refused(SyscallError.Range(1, 6), () => Retype(ObjectType.Endpoint, 0, 0, 0, 10, 256));
    }

    [Theory]
    [Rule("R-UT-11", "R-UT-22")]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(15)]
    public void An_occupied_slot_in_the_window_is_reported_before_the_lack_of_room(int occupied)
    {
        World.MoveInto(EndpointSlot, Node, occupied);
        Refused(SyscallError.DeleteFirst, () => Retype(ObjectType.Untyped, 12, 0, 0, 0, 16));
        Refused(SyscallError.DeleteFirst, () => Retype(ObjectType.Endpoint, 0, 0, 0, 0, 16));
        // Just beside the window it does not matter.
        if (occupied == 15) Expect.None(Retype(ObjectType.Endpoint, 0, 0, 0, 0, 15));
        if (occupied == 0) Expect.None(Retype(ObjectType.Endpoint, 0, 0, 0, 1, 15));
    }

    [Fact]
    [Rule("R-UT-12")]
    public void Not_enough_room_tells_the_bytes_left_without_counting_alignment()
    {
        Refused(SyscallError.NotEnoughMemory(4096), () => Retype(ObjectType.Untyped, 13, 0, 0, 0, 1));
        Refused(SyscallError.NotEnoughMemory(4096), () => Retype(ObjectType.Tcb, 0, 0, 0, 0, 3));

        Expect.None(Retype(ObjectType.Endpoint, 0, 0, 0, 0, 1));
        Refused(SyscallError.NotEnoughMemory(4096 - 16), () => Retype(ObjectType.SmallPage, 0, 0, 0, 1, 1));
        Refused(SyscallError.NotEnoughMemory(4096 - 16), () => Retype(ObjectType.Tcb, 0, 0, 0, 1, 2));
        // 4080 bytes hold 127 notifications after alignment to 32, and the count agrees.
        Refused(SyscallError.NotEnoughMemory(4096 - 16), () => World.Retype(Small, ObjectType.Notification, 0, 64, 128));
        Expect.None(Retype(ObjectType.Tcb, 0, 0, 0, 1, 1));
        Refused(SyscallError.NotEnoughMemory(0), () => Retype(ObjectType.Endpoint, 0, 0, 0, 2, 1));
    }

    [Fact]
    [Rule("R-UT-17", "R-UT-21")]
    public void Device_memory_makes_untypeds_and_pages_alone_and_says_so_after_the_room()
    {
        const int Device = CapabilityWorld.DeviceUntyped;
        foreach (ObjectType type in (ObjectType[])[ObjectType.Tcb, ObjectType.Endpoint, ObjectType.Notification,
            ObjectType.Pdpt, ObjectType.Pml4, ObjectType.PageTable, ObjectType.PageDirectory])
        {
            Refused(SyscallError.InvalidArgument(1), () => World.Retype(Device, type, 0, Empty));
        }
        Refused(SyscallError.InvalidArgument(1), () => World.Retype(Device, ObjectType.CNode, 4, Empty));
        Refused(SyscallError.NotEnoughMemory(1 << 20), () => World.Retype(Device, ObjectType.CNode, 20, Empty));
        Refused(SyscallError.NotEnoughMemory(1 << 20), () => World.Retype(Device, ObjectType.LargePage, 0, Empty));
        Refused(SyscallError.DeleteFirst, () => World.Retype(Device, ObjectType.Tcb, 0, EndpointSlot));
    }

    private SyscallError Retype(
        ObjectType type, ulong sizeBits, ulong index, ulong depth, ulong offset, ulong count, int root = Node) =>
        Retype((ulong)type, sizeBits, index, depth, offset, count, root);

    private SyscallError Retype(ulong type, ulong sizeBits, ulong index, ulong depth, ulong offset, ulong count, int root = Node) =>
        World.Invoke(World.Slot(Small), InvocationLabel.UntypedRetype, [type, sizeBits, index, depth, offset, count], World.Slot(root));
}
