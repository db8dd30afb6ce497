// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.Domains;

/// <summary>The domain capability in a kernel with one domain and two schedule entries (ABI §15).</summary>
public sealed class DomainTests : KernelTest
{
    private SimAnswer Configure(ulong index, ulong domain, ulong duration) =>
        Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetScheduleConfigure, [index, domain, duration]);

    private SimAnswer SetStart(ulong index) => Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetScheduleSetStart, [index]);

    [Fact]
    [Rule("R-DOM-02", "R-SYS-05")]
    public void Set_judges_length_then_domain_then_the_missing_capability_then_its_type()
    {
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet), ErrorCode.TruncatedMessage);
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [1], [EmptySlot]), ErrorCode.InvalidArgument, 0);
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [1]), ErrorCode.InvalidArgument, 0);
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [1ul << 40]), ErrorCode.InvalidArgument, 0);
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [0]), ErrorCode.TruncatedMessage);
    }

    [Theory]
    [InlineData(EmptySlot)]
    [InlineData(InitialSlot.CNode)]
    [Rule("R-DOM-03")]
    public void Set_on_what_is_no_thread_names_argument_1(ulong capability) =>
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [0], [capability]), ErrorCode.InvalidArgument, 1);

    [Fact]
    [Rule("R-DOM-02")]
    public void Set_to_the_only_domain_succeeds_and_keeps_threads_running()
    {
        SimThread thread = Sim.NewThread("thread");
        AssertDone(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [0], [thread.Capability]));
        AssertDone(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetSet, [0], [InitialSlot.Tcb]));
        Assert.True(Root.IsRunning);
        Sim.Park();
        Assert.True(thread.IsRunning);
    }

    [Fact]
    [Rule("R-DOM-06")]
    public void The_last_entry_cannot_be_configured()
    {
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetScheduleConfigure, [9, 9]), ErrorCode.TruncatedMessage);
        AssertRefused(Configure(1, 9, ulong.MaxValue), ErrorCode.RangeError, 0, 0);
        AssertRefused(Configure(ulong.MaxValue, 0, 1), ErrorCode.RangeError, 0, 0);
    }

    [Fact]
    [Rule("R-DOM-07")]
    public void An_unknown_domain_is_out_of_range_before_its_duration_is_judged() =>
        AssertRefused(Configure(0, 1, ulong.MaxValue), ErrorCode.RangeError, 0, 0);

    [Theory]
    [InlineData(1ul << 56)]
    [InlineData(ulong.MaxValue)]
    [Rule("R-DOM-08")]
    public void A_duration_of_more_than_56_bits_is_argument_2(ulong duration) =>
        AssertRefused(Configure(0, 0, duration), ErrorCode.InvalidArgument, 2);

    [Fact]
    [Rule("R-DOM-10")]
    public void The_start_entry_cannot_become_an_end_marker() =>
        AssertRefused(Configure(0, 0, 0), ErrorCode.InvalidArgument, 2);

    [Fact]
    [Rule("R-DOM-11")]
    public void A_start_beyond_the_list_is_out_of_range()
    {
        AssertRefused(Root.Invoke(InitialSlot.Domain, InvocationLabel.DomainSetScheduleSetStart), ErrorCode.TruncatedMessage);
        AssertRefused(SetStart(2), ErrorCode.RangeError, 0, 1);
    }

    [Fact]
    [Rule("R-DOM-12")]
    public void A_start_on_an_end_marker_is_argument_0() => AssertRefused(SetStart(1), ErrorCode.InvalidArgument, 0);

    [Fact]
    [Rule("R-DOM-13", "R-DOM-05")]
    public void SetStart_ends_the_present_slot_and_starts_the_entry_with_its_full_duration()
    {
        AssertDone(Configure(0, 0, 1234));
        Assert.NotEqual(1234ul, Sim.State.DomainTicksLeft);
        AssertDone(SetStart(0));
        Assert.Equal(1234ul, Sim.State.DomainTicksLeft);
        Assert.Equal(0ul, Sim.State.DomainIndex);
        Assert.True(Root.IsRunning);
    }

    [Fact]
    [Rule("R-DOM-15")]
    public void At_boot_one_entry_of_maximal_duration_is_active()
    {
        Assert.Equal(0ul, Sim.State.DomainSchedule[0].Domain);
        Assert.Equal((1ul << 56) - 1, Sim.State.DomainSchedule[0].Duration);
        Assert.Equal(0ul, Sim.State.DomainSchedule[1].Duration);
        Assert.Equal(0ul, Sim.State.CurrentDomain);
    }
}
