// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Syscalls;

/// <summary>The words that accompany each error (ABI §6).</summary>
[Rule("R-SYS-12")]
public sealed class ErrorWordTests : KernelTest
{
    [Fact]
    public void InvalidArgument_names_the_argument() =>
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [1]), ErrorCode.InvalidArgument, 0);

    [Fact]
    public void RangeError_gives_minimum_and_maximum() =>
        AssertRefused(
            Root.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [1, 65]), ErrorCode.RangeError, 1, 64);

    [Fact]
    public void A_destination_that_leads_nowhere_reports_a_guard_mismatch_with_five_words()
    {
        SimAnswer answer = Root.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeCopy, [Unresolvable, 64, 1, 64, 15], [InitialSlot.CNode]);
        AssertRefused(answer, ErrorCode.FailedLookup, 0, 4, 64, 0, 54);
    }

    [Fact]
    [Rule("R-CSP-15")]
    public void A_source_that_leads_nowhere_says_that_it_was_the_source()
    {
        SimAnswer answer = Root.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeCopy, [EmptySlot, 64, Unresolvable, 64, 15], [InitialSlot.CNode]);
        AssertRefused(answer, ErrorCode.FailedLookup, 1, 4, 64, 0, 54);
    }

    [Fact]
    public void A_root_that_is_no_CNode_has_no_further_words()
    {
        SimAnswer answer = Root.Invoke(
            InitialSlot.CNode, InvocationLabel.CNodeCopy, [EmptySlot, 64, 1, 64, 15], [InitialSlot.Tcb]);
        AssertRefused(answer, ErrorCode.FailedLookup, 1, 1);
    }

    [Fact]
    public void Too_little_depth_reports_bits_left_and_found()
    {
        ulong node = Sim.NewObject(ObjectType.CNode, 4);
        AssertRefused(Root.Invoke(node, InvocationLabel.CNodeDelete, [0, 3]), ErrorCode.FailedLookup, 0, 3, 3, 4);
    }

    [Fact]
    public void NotEnoughMemory_tells_the_bytes_left()
    {
        ulong small = Sim.NewObject(ObjectType.Untyped, 12);
        SimAnswer answer = Root.Invoke(
            small, InvocationLabel.UntypedRetype, [(ulong)ObjectType.SmallPage, 0, 0, 0, 900, 2], [InitialSlot.CNode]);
        AssertRefused(answer, ErrorCode.NotEnoughMemory, 4096);
    }

    [Fact]
    public void DeleteFirst_has_no_words() =>
        AssertRefused(CopyCap(InitialSlot.Tcb, InitialSlot.CNode), ErrorCode.DeleteFirst);

    [Fact]
    public void A_guard_mismatch_without_buffer_is_cut_to_four_words()
    {
        SimThread bare = Sim.NewThread("bare", 100, 0, SimBuffer.None);
        Sim.Park();
        SimAnswer answer = bare.Invoke(InitialSlot.CNode, InvocationLabel.CNodeDelete, [Unresolvable, 64]);
        AssertRefused(answer, ErrorCode.FailedLookup, 0, 4, 64, 0);
    }
}
