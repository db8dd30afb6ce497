// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Capabilities;

/// <summary>The decision table of ABI §22.3, as addresses of capabilities and as arguments of CNode operations.</summary>
public sealed class CSpaceLookupTests : IDisposable
{
    private const int Node = 16;
    private const int Leaf = 17;
    private const int Target = 18;
    private readonly CapabilityWorld _world = new();

    public CSpaceLookupTests()
    {
        // A CNode of 16 slots with guard 0b101 of 3 bits, so that one level takes 7 bits.
        _world.Make(ObjectType.CNode, 4, Node);
        _world.Make(ObjectType.Endpoint, 0, Leaf);
        Expect.None(_world.Mutate(Node, Target, new CNodeGuard(0b101, 3).Word));
        Expect.None(_world.Move(Target, Node));
    }

    public void Dispose() => _world.Dispose();

    private Capability Root => _world.At(Node);

    private static ulong Address(ulong guard, ulong index) => (guard << 4) | index;

    [Fact]
    [Rule("R-CSP-10", "R-CSP-13")]
    public void A_root_that_is_no_CNode_is_an_invalid_root()
    {
        Assert.Equal(LookupFailureKind.InvalidRoot, CSpaceLookup.Find(Capability.NewNull(), 0, 64, out _, out _).Kind);
        Assert.Equal(LookupFailureKind.InvalidRoot, CSpaceLookup.Find(_world.At(Leaf), 0, 64, out _, out _).Kind);
        SyscallError error = CSpaceLookup.FindForOperation(_world.At(Leaf), 0, 64, isSource: false, out _);
        Expect.Lookup(LookupFailure.InvalidRoot, wasSource: false, error);
    }

    [Fact]
    [Rule("R-CSP-13")]
    public void A_thread_without_CSpace_root_finds_nothing()
    {
        using CapabilityWorld empty = new();
        MappingDatabase<TestArch>.Remove(Slots.Of(empty.Caller, TcbSlot.CSpaceRoot));
        LookupFailure failure = CSpaceLookup.FindCapability(ref empty.Caller.Value, CapabilityWorld.CNode, out _);
        Assert.Equal(LookupFailureKind.InvalidRoot, failure.Kind);
    }

    [Theory]
    [Rule("R-CSP-11")]
    [InlineData(0ul)]
    [InlineData(65ul)]
    [InlineData(ulong.MaxValue)]
    public void A_depth_outside_the_word_is_a_range_error(ulong depth) =>
        Expect.Range(1, 64, CSpaceLookup.FindForOperation(Root, 0, depth, isSource: true, out _));

    [Fact]
    [Rule("R-CSP-12")]
    public void A_bad_root_is_reported_before_a_bad_depth() =>
        Expect.Lookup(LookupFailure.InvalidRoot, true, CSpaceLookup.FindForOperation(_world.At(Leaf), 0, 99, isSource: true, out _));

    [Fact]
    [Rule("R-CSP-02")]
    public void Other_guard_bits_are_a_guard_mismatch_with_the_guard_found()
    {
        LookupFailure failure = CSpaceLookup.Find(Root, Address(0b111, 3), 7, out _, out _);
        Assert.Equal(LookupFailureKind.GuardMismatch, failure.Kind);
        Assert.Equal((7ul, 0b101ul, 3ul), (failure.BitsLeft, failure.GuardFound, failure.BitsFound));
    }

    [Fact]
    [Rule("R-CSP-03")]
    public void Fewer_bits_than_the_guard_are_a_guard_mismatch()
    {
        LookupFailure failure = CSpaceLookup.Find(Root, 0b10, 2, out _, out _);
        Assert.Equal(LookupFailureKind.GuardMismatch, failure.Kind);
        Assert.Equal((2ul, 0b101ul, 3ul), (failure.BitsLeft, failure.GuardFound, failure.BitsFound));
    }

    [Fact]
    [Rule("R-CSP-04")]
    public void The_guard_is_judged_before_the_depth() =>
        Assert.Equal(LookupFailureKind.GuardMismatch, CSpaceLookup.Find(Root, 0b0110, 4, out _, out _).Kind);

    [Fact]
    [Rule("R-CSP-05")]
    public void Too_few_bits_for_the_index_are_a_depth_mismatch()
    {
        LookupFailure failure = CSpaceLookup.Find(Root, 0b10111, 5, out _, out _);
        Assert.Equal(LookupFailureKind.DepthMismatch, failure.Kind);
        Assert.Equal((5ul, 7ul), (failure.BitsLeft, failure.BitsFound));
    }

    [Theory]
    [Rule("R-CSP-01", "R-CSP-06")]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(15)]
    public void Guard_and_index_together_name_a_slot_even_an_empty_one(int index)
    {
        ulong pointer = Address(0b101, (ulong)index);
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(Root, pointer, 7, out Ref<CapabilitySlot> slot, out int left).Kind);
        Assert.Equal(_world.Inside(Node, index).Address, slot.Address);
        Assert.Equal(0, left);
        Assert.True(slot.Value.IsEmpty);
    }

    [Fact]
    [Rule("R-CSP-06")]
    public void Bits_used_up_end_the_walk_at_a_CNode_capability_too()
    {
        Expect.None(_world.Copy(Node, Target));
        _world.MoveInto(Target, Node, 5);
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(Root, Address(0b101, 5), 7, out Ref<CapabilitySlot> slot, out _).Kind);
        Assert.Equal(CapabilityTag.CNode, slot.Value.Tag);
        Assert.Equal(_world.Inside(Node, 5).Address, slot.Address);
    }

    [Fact]
    [Rule("R-CSP-07", "R-CSP-16")]
    public void A_CNode_inside_itself_is_walked_until_the_bits_are_used_up()
    {
        Expect.None(_world.Copy(Node, Target));
        _world.MoveInto(Target, Node, 5);
        ulong level = Address(0b101, 5);
        ulong pointer = (level << 14) | (level << 7) | Address(0b101, 9);
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(Root, pointer, 21, out Ref<CapabilitySlot> slot, out int left).Kind);
        Assert.Equal(_world.Inside(Node, 9).Address, slot.Address);
        Assert.Equal(0, left);

        // Nine levels take 63 bits; the last one cannot be spent.
        ulong loop = 0;
        for (int i = 0; i < 9; i++) loop = (loop << 7) | level;
        LookupFailure failure = CSpaceLookup.Find(Root, loop << 1, 64, out _, out _);
        Assert.Equal(LookupFailureKind.GuardMismatch, failure.Kind);
        Assert.Equal(1ul, failure.BitsLeft);
    }

    [Fact]
    [Rule("R-CSP-08", "R-CSP-09")]
    public void Bits_left_at_another_capability_are_ignored_for_addresses_and_refused_for_operations()
    {
        _world.MoveInto(Leaf, Node, 3);
        ulong pointer = (Address(0b101, 3) << 57) | 0x123;
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(Root, pointer, 64, out Ref<CapabilitySlot> slot, out int left).Kind);
        Assert.Equal(CapabilityTag.Endpoint, slot.Value.Tag);
        Assert.Equal(57, left);

        SyscallError error = CSpaceLookup.FindForOperation(Root, pointer, 64, isSource: false, out _);
        Expect.Lookup(LookupFailure.DepthMismatch(57, 0), wasSource: false, error);
    }

    [Fact]
    [Rule("R-CSP-08", "R-SYS-03")]
    public void Bits_left_at_an_empty_slot_count_as_found_for_addresses()
    {
        ulong pointer = Address(0b101, 8) << 57;
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(Root, pointer, 64, out Ref<CapabilitySlot> slot, out int left).Kind);
        Assert.True(slot.Value.IsEmpty);
        Assert.Equal(57, left);
    }

    [Fact]
    [Rule("R-CSP-14")]
    public void Index_bits_above_the_depth_are_ignored()
    {
        ulong index = Address(0b101, 6) | (0xabcdul << 7);
        Expect.None(CSpaceLookup.FindForOperation(Root, index, 7, isSource: false, out Ref<CapabilitySlot> slot));
        Assert.Equal(_world.Inside(Node, 6).Address, slot.Address);
    }

    [Theory]
    [Rule("R-CSP-15")]
    [InlineData(true)]
    [InlineData(false)]
    public void A_failure_says_whether_it_was_the_source(bool isSource)
    {
        SyscallError error = CSpaceLookup.FindForOperation(Root, Address(0b011, 0), 7, isSource, out _);
        Assert.Equal(isSource, error.WasSource);
        Expect.Lookup(LookupFailure.GuardMismatch(7, 0b101, 3), isSource, error);
    }

    [Fact]
    [Rule("R-CSP-17")]
    public void With_a_guard_that_fills_the_word_slot_numbers_are_addresses()
    {
        LookupFailure failure = CSpaceLookup.FindCapability(ref _world.Caller.Value, Leaf, out Ref<CapabilitySlot> slot);
        Assert.Equal(LookupFailureKind.None, failure.Kind);
        Assert.Equal(_world.Slot(Leaf).Address, slot.Address);

        failure = CSpaceLookup.FindCapability(ref _world.Caller.Value, CapabilityWorld.SlotCount, out _);
        Assert.Equal(LookupFailureKind.GuardMismatch, failure.Kind);
        Assert.Equal((64ul, 0ul, 56ul), (failure.BitsLeft, failure.GuardFound, failure.BitsFound));
    }

    [Theory]
    [Rule("R-CSP-01")]
    [InlineData(1, 0)]
    [InlineData(1, 63)]
    [InlineData(2, 62)]
    [InlineData(42, 22)]
    public void Radix_and_guard_at_their_limits(int radix, int guardSize)
    {
        // Only the root is walked, so the memory behind the capability is never touched.
        ulong guard = guardSize == 0 ? 0 : (1ul << guardSize) - 1;
        Capability root = Capability.NewCNode(0x4000, (ulong)radix, (ulong)guardSize, guard);
        int depth = radix + guardSize;
        Assert.Equal(LookupFailureKind.None, CSpaceLookup.Find(root, ulong.MaxValue, depth, out Ref<CapabilitySlot> slot, out _).Kind);
        Assert.Equal(0x4000 + (((1ul << radix) - 1) << 5), slot.Address);
        if (guardSize != 0)
        {
            Assert.Equal(LookupFailureKind.GuardMismatch, CSpaceLookup.Find(root, 0, depth, out _, out _).Kind);
        }
    }
}
