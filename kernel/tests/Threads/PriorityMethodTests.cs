// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Threads;

/// <summary>Who may give which priority to whom (ABI §10.2).</summary>
public sealed class PriorityMethodTests : KernelTest
{
    private readonly SimThread _thread;
    private readonly SimThread _authority;

    public PriorityMethodTests()
    {
        _thread = Sim.NewStoppedThread("thread", 50);
        _authority = Sim.NewStoppedThread("authority", 60);
    }

    [Theory]
    [InlineData(InvocationLabel.TcbSetPriority)]
    [InlineData(InvocationLabel.TcbSetMcPriority)]
    [Rule("R-TCB-30")]
    public void The_authority_must_be_a_thread_and_that_is_judged_before_the_value(InvocationLabel method) =>
        AssertRefused(Root.Invoke(_thread.Capability, method, [1000], [InitialSlot.CNode]), ErrorCode.InvalidCapability, 1);

    [Fact]
    [Rule("R-TCB-30", "R-TCB-32")]
    public void SetSchedParams_wants_a_thread_as_authority_too() =>
        AssertRefused(
            Root.Invoke(_thread.Capability, InvocationLabel.TcbSetSchedParams, [1, 1], [EmptySlot]), ErrorCode.InvalidCapability, 1);

    [Theory]
    [InlineData(InvocationLabel.TcbSetPriority, 61ul)]
    [InlineData(InvocationLabel.TcbSetMcPriority, 61ul)]
    [InlineData(InvocationLabel.TcbSetPriority, 256ul)]
    [InlineData(InvocationLabel.TcbSetPriority, 0x1_0000_0000ul)]
    [InlineData(InvocationLabel.TcbSetMcPriority, ulong.MaxValue)]
    [Rule("R-TCB-29")]
    public void A_value_above_the_authoritys_maximum_is_out_of_range(InvocationLabel method, ulong value)
    {
        AssertRefused(Root.Invoke(_thread.Capability, method, [value], [_authority.Capability]), ErrorCode.RangeError, 0, 60);
        Assert.Equal(50, _thread.Tcb.Value.Priority);
        Assert.Equal(50, _thread.Tcb.Value.MaximumControlledPriority);
    }

    [Fact]
    [Rule("R-TCB-29", "R-SCHED-02")]
    public void Values_up_to_the_authoritys_maximum_are_set()
    {
        AssertDone(Root.Invoke(_thread.Capability, InvocationLabel.TcbSetPriority, [60], [_authority.Capability]));
        AssertDone(Root.Invoke(_thread.Capability, InvocationLabel.TcbSetMcPriority, [0], [_authority.Capability]));
        Assert.Equal(60, _thread.Tcb.Value.Priority);
        Assert.Equal(0, _thread.Tcb.Value.MaximumControlledPriority);
        AssertDone(Root.Invoke(_thread.Capability, InvocationLabel.TcbSetPriority, [255], [InitialSlot.Tcb]));
        Assert.Equal(255, _thread.Tcb.Value.Priority);
    }

    [Fact]
    [Rule("R-TCB-32")]
    public void SetSchedParams_judges_the_maximum_first_and_changes_both_or_none()
    {
        ulong tcb = _thread.Capability;
        AssertRefused(Root.Invoke(tcb, InvocationLabel.TcbSetSchedParams, [61, 10], [_authority.Capability]), ErrorCode.RangeError, 0, 60);
        AssertRefused(Root.Invoke(tcb, InvocationLabel.TcbSetSchedParams, [10, 61], [_authority.Capability]), ErrorCode.RangeError, 0, 60);
        Assert.Equal(50, _thread.Tcb.Value.Priority);
        Assert.Equal(50, _thread.Tcb.Value.MaximumControlledPriority);
        AssertDone(Root.Invoke(tcb, InvocationLabel.TcbSetSchedParams, [11, 12], [_authority.Capability]));
        Assert.Equal(12, _thread.Tcb.Value.Priority);
        Assert.Equal(11, _thread.Tcb.Value.MaximumControlledPriority);
    }

    [Fact]
    [Rule("R-TCB-31")]
    public void Lowering_ones_own_maximum_below_ones_priority_keeps_the_priority()
    {
        AssertDone(Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetMcPriority, [10], [InitialSlot.Tcb]));
        Assert.Equal(255, Root.Tcb.Value.Priority);
        Assert.True(Root.IsRunning);
        AssertRefused(
            Root.Invoke(InitialSlot.Tcb, InvocationLabel.TcbSetPriority, [11], [InitialSlot.Tcb]), ErrorCode.RangeError, 0, 10);
    }
}
