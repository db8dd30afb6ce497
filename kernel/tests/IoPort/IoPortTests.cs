// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Kernel.Tests.Support;
using Sel4.Abi;
using Sel4.Tests;

namespace Kernel.Tests.IoPort;

/// <summary>Issuing ranges of I/O ports, and using them (ABI §20).</summary>
public sealed class IoPortTests : IDisposable
{
    private readonly RootTaskWorld _world = new();

    [Fact]
    public void Other_labels_are_illegal_even_without_arguments()
    {
        _world.Call(InitialSlot.IoPortControl, InvocationLabel.X86IoPortIn8, []).MustBe(ErrorCode.IllegalOperation);
        ulong port = Issue(0x3f8, 0x3ff);
        _world.Call(port, InvocationLabel.X86IoPortControlIssue, []).MustBe(ErrorCode.IllegalOperation);
        _world.CallLabel(port, 51, []).MustBe(ErrorCode.IllegalOperation);
    }

    [Fact]
    public void Issue_with_too_few_words_or_no_capability_is_truncated()
    {
        _world.Call(InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [9, 8, 0], InitialSlot.CNode)
            .MustBe(ErrorCode.TruncatedMessage);
        _world.Call(InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [9, 8, 0, 64]).MustBe(ErrorCode.TruncatedMessage);
    }

    [Fact]
    [Rule("R-IOP-02")]
    public void A_range_that_ends_before_it_starts_is_refused_before_overlaps()
    {
        Issue(0x60, 0x64);
        TryIssue(0x64, 0x60, 0).MustBe(ErrorCode.InvalidArgument, 1);
    }

    [Theory]
    [Rule("R-IOP-01")]
    [InlineData(0x3f8, 0x3ff)]
    [InlineData(0x3ff, 0x3ff)]
    [InlineData(0x100, 0x3f8)]
    [InlineData(0, 0xffff)]
    [Rule("RPC:K9")]
    public void An_overlap_with_an_issued_range_must_be_revoked_first(ulong first, ulong last)
    {
        Issue(0x3f8, 0x3ff);
        // Before the destination is looked at, which is occupied.
        TryIssue(first, last, InitialSlot.Tcb).MustBe(ErrorCode.RevokeFirst);
    }

    [Fact]
    public void Issue_looks_its_destination_up_as_cnode_methods_do_and_issues_nothing_on_failure()
    {
        _world.Call(InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [0, 9, 0, 64], InitialSlot.Tcb).MustLackRoot();
        _world.Call(InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [0, 9, 0, 0], InitialSlot.CNode)
            .MustBe(ErrorCode.RangeError, 1, 64);
        TryIssue(0, 9, InitialSlot.Tcb).MustBe(ErrorCode.DeleteFirst);
        Issue(0, 9);
    }

    [Fact]
    [Rule("R-IOP-01")]
    public void Neighbouring_ranges_do_not_overlap()
    {
        Issue(0x3f8, 0x3ff);
        Issue(0x3f0, 0x3f7);
        Issue(0x400, 0x440);
        Issue(0xffff, 0xffff);
        Issue(0, 0);
    }

    [Fact]
    [Rule("R-IOP-03")]
    public void Port_numbers_are_cut_to_16_bits()
    {
        ulong port = Issue(0xabcd_0000_0060, 0x1_0064);
        Assert.Equal(Capability.NewIoPort(0x60, 0x64), _world.At(port));
        _world.Hardware.Ports.OnRead(0x60, _ => 0x1c);
        Assert.Equal(0x1cul, _world.Call(port, InvocationLabel.X86IoPortIn8, [0xfff_0060]).Value());
        // Cut first, compared then: 0x10000 becomes 0.
        TryIssue(5, 0x1_0000, _world.NewSlot()).MustBe(ErrorCode.InvalidArgument, 1);
    }

    [Fact]
    public void Access_with_too_few_words_is_truncated_before_the_range_is_judged()
    {
        ulong port = Issue(0x60, 0x64);
        _world.Call(port, InvocationLabel.X86IoPortIn8, []).MustBe(ErrorCode.TruncatedMessage);
        _world.Call(port, InvocationLabel.X86IoPortOut8, [0x1000]).MustBe(ErrorCode.TruncatedMessage);
        _world.Call(port, InvocationLabel.X86IoPortOut16, [0x60]).MustBe(ErrorCode.TruncatedMessage);
        _world.Call(port, InvocationLabel.X86IoPortOut32, []).MustBe(ErrorCode.TruncatedMessage);
    }

    [Theory]
    [Rule("R-IOP-04")]
    [InlineData(InvocationLabel.X86IoPortIn8, 1)]
    [InlineData(InvocationLabel.X86IoPortIn16, 2)]
    [InlineData(InvocationLabel.X86IoPortIn32, 4)]
    [InlineData(InvocationLabel.X86IoPortOut8, 1)]
    [InlineData(InvocationLabel.X86IoPortOut16, 2)]
    [InlineData(InvocationLabel.X86IoPortOut32, 4)]
    public void Every_byte_of_an_access_lies_in_the_range(InvocationLabel label, ulong bytes)
    {
        ulong port = Issue(0x100, 0x107);
        foreach (ulong outside in new ulong[] { 0xfful, 0x108 - bytes + 1, 0x108, 0xffff, 0 })
            _world.Call(port, label, [outside, 0]).MustBe(ErrorCode.IllegalOperation);
        Assert.Empty(_world.Hardware.Ports.Accesses);
        _world.Call(port, label, [0x108 - bytes, 0]);
        _world.Call(port, label, [0x100, 0]);
        Assert.Equal(2, _world.Hardware.Ports.Accesses.Count);
    }

    [Fact]
    [Rule("R-IOP-04")]
    public void A_wide_access_does_not_wrap_around_at_the_last_port()
    {
        ulong port = Issue(0, 0xffff);
        _world.Call(port, InvocationLabel.X86IoPortIn32, [0xfffd]).MustBe(ErrorCode.IllegalOperation);
        _world.Call(port, InvocationLabel.X86IoPortOut16, [0xffff, 1]).MustBe(ErrorCode.IllegalOperation);
        _world.Call(port, InvocationLabel.X86IoPortIn8, [0xffff]).Value();
    }

    [Theory]
    [Rule("R-IOP-05")]
    [InlineData(InvocationLabel.X86IoPortIn8, 1, 0x88)]
    [InlineData(InvocationLabel.X86IoPortIn16, 2, 0x9988)]
    [InlineData(InvocationLabel.X86IoPortIn32, 4, 0xbbaa9988)]
    public void In_returns_the_value_that_the_device_gave(InvocationLabel label, int bytes, ulong value)
    {
        ulong port = Issue(0x60, 0x6f);
        int width = 0;
        _world.Hardware.Ports.OnRead(0x60, asked => (width = asked, 0xbbaa9988u).Item2);
        Assert.Equal(value, _world.Call(port, label, [0x60]).Value());
        Assert.Equal(bytes, width);
    }

    [Theory]
    [Rule("R-IOP-05")]
    [InlineData(InvocationLabel.X86IoPortOut8, 1, 0x88)]
    [InlineData(InvocationLabel.X86IoPortOut16, 2, 0x9988)]
    [InlineData(InvocationLabel.X86IoPortOut32, 4, 0xbbaa9988)]
    public void Out_writes_the_value_cut_to_its_width_and_returns_nothing(InvocationLabel label, int bytes, uint value)
    {
        ulong port = Issue(0x60, 0x6f);
        _world.Call(port, label, [0x62, 0xffff_ffff_bbaa_9988]).MustSucceed();
        Assert.Equal([new PortAccess(0x62, bytes, IsWrite: true, value)], _world.Hardware.Ports.Accesses);
    }

    [Fact]
    [Rule("R-IOP-06")]
    [Rule("RPC:K9")]
    public void The_last_copy_frees_the_range()
    {
        ulong port = Issue(0x60, 0x6f);
        ulong copy = _world.Copy(port);
        _world.Delete(port);
        TryIssue(0x60, 0x60, _world.NewSlot()).MustBe(ErrorCode.RevokeFirst);
        _world.Call(copy, InvocationLabel.X86IoPortIn8, [0x60]).Value();
        _world.Delete(copy);
        Issue(0x60, 0x6f);
    }

    [Fact]
    [Rule("R-IOP-06")]
    public void Freeing_a_range_leaves_its_neighbours_issued()
    {
        Issue(0x30, 0x3f);
        ulong middle = Issue(0x40, 0x10f);
        Issue(0x110, 0x110);
        _world.Delete(middle);
        TryIssue(0x3f, 0x40, _world.NewSlot()).MustBe(ErrorCode.RevokeFirst);
        TryIssue(0x10f, 0x110, _world.NewSlot()).MustBe(ErrorCode.RevokeFirst);
        Issue(0x40, 0x10f);
    }

    [Fact]
    [Rule("R-IOP-07")]
    public void Revoking_the_control_capability_frees_all_ranges()
    {
        ulong first = Issue(0x60, 0x6f);
        ulong second = _world.Copy(Issue(0x3f8, 0x3ff));
        _world.Revoke(InitialSlot.IoPortControl);
        Assert.True(_world.At(first).IsNull && _world.At(second).IsNull);
        Issue(0, 0xffff);
    }

    [Fact]
    [Rule("R-IOP-09")]
    public void The_control_capability_cannot_be_copied() =>
        _world.CopyTo(_world.NewSlot(), InitialSlot.IoPortControl).MustBe(ErrorCode.IllegalOperation);

    public void Dispose() => _world.Dispose();

    private WorldAnswer TryIssue(ulong first, ulong last, ulong slot) => _world.Call(
        InitialSlot.IoPortControl, InvocationLabel.X86IoPortControlIssue, [first, last, slot, 64], InitialSlot.CNode);

    private ulong Issue(ulong first, ulong last)
    {
        ulong slot = _world.NewSlot();
        TryIssue(first, last, slot).MustSucceed();
        return slot;
    }
}
