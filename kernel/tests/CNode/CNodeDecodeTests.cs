// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.CNode;

/// <summary>Checks that all CNode methods share, and those of source and destination, in the order of ABI §13.</summary>
public sealed class CNodeDecodeTests : CapabilityTest
{
    private const int Root = CapabilityWorld.CNode;
    private const int Full = 20;
    private const int Empty = 21;
    private const int OtherFull = 22;

    public CNodeDecodeTests() => World.Make(ObjectType.Endpoint, 0, Full);

    public static TheoryData<InvocationLabel> AllMethods =>
    [
        InvocationLabel.CNodeRevoke, InvocationLabel.CNodeDelete, InvocationLabel.CNodeCancelBadgedSends, InvocationLabel.CNodeCopy,
        InvocationLabel.CNodeMint, InvocationLabel.CNodeMove, InvocationLabel.CNodeMutate, InvocationLabel.CNodeRotate,
        InvocationLabel.CNodeSaveCaller,
    ];

    public static TheoryData<InvocationLabel, int> Transfers => new()
    {
        { InvocationLabel.CNodeCopy, 5 },
        { InvocationLabel.CNodeMint, 6 },
        { InvocationLabel.CNodeMove, 4 },
        { InvocationLabel.CNodeMutate, 5 },
    };

    [Theory]
    [Rule("R-SYS-04")]
    [InlineData(InvocationLabel.Invalid)]
    [InlineData(InvocationLabel.UntypedRetype)]
    [InlineData(InvocationLabel.TcbSetFlags)]
    [InlineData(InvocationLabel.IrqControlGet)]
    [InlineData(InvocationLabel.Count)]
    public void Other_labels_are_illegal_whatever_the_message(InvocationLabel label)
    {
        Refused(SyscallError.IllegalOperation, () => World.InvokeOnce(World.Slot(Root), label, []));
        Refused(SyscallError.IllegalOperation, () => World.OnRoot(label, Empty, 64, Full, 64, 15, 0, 0, 0));
    }

    [Theory]
    [Rule("R-SYS-05", "R-SYS-06")]
    [MemberData(nameof(AllMethods))]
    public void Fewer_than_two_words_are_truncated_before_all_else(InvocationLabel label)
    {
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(World.Slot(Root), label, []));
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(World.Slot(Root), label, [Full]));
    }

    [Theory]
    [Rule("R-SYS-05", "R-CSP-11", "R-CSP-15")]
    [MemberData(nameof(AllMethods))]
    public void The_destination_is_looked_up_as_soon_as_two_words_are_there(InvocationLabel label)
    {
        Refused(SyscallError.Range(1, 64), () => World.InvokeOnce(World.Slot(Root), label, [Full, 0]));
        Refused(SyscallError.Range(1, 64), () => World.InvokeOnce(World.Slot(Root), label, [Full, 65]));
        Refused(Lookup(LookupFailure.GuardMismatch(64, 0, 56), false), () => World.InvokeOnce(World.Slot(Root), label, [1 << 8, 64]));
        Refused(Lookup(LookupFailure.GuardMismatch(7, 0, 56), false), () => World.InvokeOnce(World.Slot(Root), label, [5, 7]));
        Refused(Lookup(LookupFailure.DepthMismatch(60, 64), false), () => World.InvokeOnce(World.Slot(Root), label, [5, 60]));
    }

    [Theory]
    [Rule("R-CNODE-10", "R-SYS-05", "R-SYS-06")]
    [MemberData(nameof(Transfers))]
    public void Four_words_and_a_root_are_wanted_before_the_slots_are_judged(InvocationLabel label, int words)
    {
        ulong[] message = [Full, 64, Empty, 64, 15, 0];
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(World.Slot(Root), label, message.AsSpan(0, 3), World.Slot(Root)));
        Refused(SyscallError.TruncatedMessage, () => World.InvokeOnce(World.Slot(Root), label, message.AsSpan(0, words)));
    }

    [Theory]
    [Rule("R-CNODE-10", "R-CNODE-11")]
    [MemberData(nameof(Transfers))]
    public void An_occupied_destination_is_reported_before_any_fault_of_the_source(InvocationLabel label, int words)
    {
        Refused(SyscallError.DeleteFirst, () => Transfer(label, words, Full, Full, 64));
        Refused(SyscallError.DeleteFirst, () => Transfer(label, words, Full, Empty, 64));
        Refused(SyscallError.DeleteFirst, () => Transfer(label, words, Full, Empty, 0));
        Refused(SyscallError.DeleteFirst, () => Transfer(label, 4, Full, 1 << 8, 64));
    }

    [Theory]
    [Rule("R-CSP-10", "R-CSP-11", "R-CSP-12", "R-CSP-15")]
    [MemberData(nameof(Transfers))]
    public void Failures_of_the_source_lookup_say_so(InvocationLabel label, int words)
    {
        Refused(SyscallError.Range(1, 64), () => Transfer(label, words, Empty, Full, 0));
        Refused(SyscallError.Range(1, 64), () => Transfer(label, words, Empty, Full, 65));
        Refused(Lookup(LookupFailure.GuardMismatch(64, 0, 56), true), () => Transfer(label, words, Empty, 1 << 8, 64));
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => Transfer(label, words, Empty, Full, 64, sourceRoot: Full));
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => Transfer(label, words, Empty, Full, 0, sourceRoot: Full));
    }

    [Theory]
    [Rule("R-SYS-08", "R-CSP-10")]
    [MemberData(nameof(Transfers))]
    public void An_empty_slot_as_source_root_is_an_invalid_root(InvocationLabel label, int words) =>
        Refused(Lookup(LookupFailure.InvalidRoot, true), () => Transfer(label, words, Empty, Full, 64, sourceRoot: OtherFull));

    [Theory]
    [Rule("R-CNODE-12", "R-CNODE-13")]
    [MemberData(nameof(Transfers))]
    public void An_empty_source_is_a_missing_capability_even_when_words_are_missing(InvocationLabel label, int words)
    {
        Refused(Missing(64, true), () => Transfer(label, words, Empty, OtherFull, 64));
        Refused(Missing(64, true), () => Transfer(label, 4, Empty, OtherFull, 64));
    }

    [Theory]
    [Rule("R-CNODE-12")]
    [MemberData(nameof(Transfers))]
    public void The_missing_source_is_told_with_the_depth_given(InvocationLabel label, int words)
    {
        World.Make(ObjectType.CNode, 3, 30);
        Refused(Missing(3, true), () => Transfer(label, words, Empty, 2, 3, sourceRoot: 30));
    }

    [Theory]
    [Rule("R-CNODE-13", "R-SYS-05")]
    [MemberData(nameof(Transfers))]
    public void A_missing_last_word_is_reported_once_the_source_is_found(InvocationLabel label, int words)
    {
        if (words == 4) return;
        Refused(SyscallError.TruncatedMessage, () => Transfer(label, words - 1, Empty, Full, 64));
    }

    [Fact]
    [Rule("R-SYS-09")]
    public void Extra_words_and_capabilities_are_ignored()
    {
        ulong[] message = [Empty, 64, Full, 64, 15, 77, 78, 79, 80];
        Ref<CapabilitySlot> root = World.Slot(Root);
        Ref<CapabilitySlot> other = World.Slot(Full);
        Expect.None(World.InvokeOnce(root, InvocationLabel.CNodeMove, message, root, other, other));
        Assert.Equal(CapabilityTag.Endpoint, World.At(Empty).Tag);
    }

    private SyscallError Transfer(InvocationLabel label, int words, int target, int source, ulong sourceDepth, int sourceRoot = Root)
    {
        ulong[] message = [(ulong)target, 64, (ulong)source, sourceDepth, 15, 0];
        return World.InvokeOnce(World.Slot(Root), label, message.AsSpan(0, words), World.Slot(sourceRoot));
    }
}
