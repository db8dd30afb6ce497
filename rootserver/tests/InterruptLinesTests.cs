// SPDX-License-Identifier: BSD-2-Clause

using Sel4.RootServer;
using Sel4.Rpc.Wire;
using Sel4.Tests;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>A pin has one holder, whatever vector it asks for.</summary>
[Rule("RPC:R14", "RPC:R16")]
public sealed class InterruptLinesTests
{
    private readonly InterruptLines _lines = new();

    [Fact]
    public void A_pin_is_taken_once_and_again_after_its_return()
    {
        Assert.True(_lines.Take(0, 4).IsNone);
        Assert.Equal((Reason.IrqBusy, 2u), (_lines.Take(0, 4).Reason, _lines.Take(0, 4).Argument));
        Assert.True(_lines.Take(1, 4).IsNone);
        _lines.Return(0, 4);
        Assert.True(_lines.Take(0, 4).IsNone);
    }

    [Fact]
    public void What_the_server_uses_is_nobody_elses()
    {
        _lines.Keep(0, 20);
        Assert.Equal(Reason.AddressReserved, _lines.Take(0, 20).Reason);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(0, 256)]
    [InlineData(ulong.MaxValue, ulong.MaxValue)]
    [InlineData(1ul << 56, 0)]
    public void What_does_not_exist_is_left_to_the_kernel(ulong controller, ulong pin)
    {
        Assert.True(_lines.Take(controller, pin).IsNone);
        Assert.True(_lines.Take(controller, pin).IsNone);
        _lines.Return(controller, pin);
    }
}
