// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tests.Driver;

/// <summary>Time-outs of a test on one timer.</summary>
public sealed class TimeoutTests
{
    private readonly Timeouts _timeouts = new();

    [Fact]
    [Rule("TD:P3", "TD:P6")]
    public void A_relative_time_out_comes_once()
    {
        Assert.True(_timeouts.TrySet(TimeoutKind.Relative, 500, 0, now: 1000));
        Assert.Equal(1500ul, _timeouts.Next);
        Assert.False(_timeouts.Expire(1499));
        Assert.True(_timeouts.Expire(1500));
        Assert.False(_timeouts.Expire(9000));
        Assert.Equal(Timeouts.Never, _timeouts.Next);
    }

    [Fact]
    [Rule("TD:P6", "TD:P8")]
    public void A_period_goes_on_and_what_was_missed_merges()
    {
        Assert.True(_timeouts.TrySet(TimeoutKind.Periodic, 10_000, 0, now: 0));
        Assert.True(_timeouts.Expire(10_000));
        Assert.Equal(20_000ul, _timeouts.Next);
        Assert.True(_timeouts.Expire(55_000));
        Assert.False(_timeouts.Expire(55_001));
        Assert.Equal(60_000ul, _timeouts.Next);
    }

    [Fact]
    [Rule("TD:P9")]
    public void A_time_gone_by_is_due_at_once()
    {
        Assert.True(_timeouts.TrySet(TimeoutKind.Absolute, 10, 0, now: 1000));
        Assert.True(_timeouts.Next <= 1000);
        Assert.True(_timeouts.Expire(1000));
    }

    [Fact]
    [Rule("TD:P7")]
    public void A_new_request_replaces_the_last_or_joins_it_under_an_id()
    {
        Assert.True(_timeouts.TrySet(TimeoutKind.Relative, 100, 0, now: 0));
        Assert.True(_timeouts.TrySet(TimeoutKind.Relative, 300, 0, now: 0));
        Assert.Equal(1, _timeouts.Count);
        Assert.Equal(300ul, _timeouts.Next);
        Assert.True(_timeouts.TrySet(TimeoutKind.Relative, 200, 1, now: 0));
        Assert.Equal(2, _timeouts.Count);
        Assert.Equal(200ul, _timeouts.Next);
    }

    [Fact]
    [Rule("TD:P12")]
    public void Clearing_ends_all_of_them()
    {
        _timeouts.TrySet(TimeoutKind.Periodic, 50_000, 3, now: 0);
        _timeouts.Clear();
        Assert.Equal(0, _timeouts.Count);
        Assert.False(_timeouts.Expire(ulong.MaxValue - 1));
    }

    [Theory]
    [InlineData(TimeoutKind.Periodic, 1ul, 0ul)]
    [InlineData(TimeoutKind.Relative, ulong.MaxValue, 0ul)]
    [InlineData(TimeoutKind.Relative, 5ul, 8ul)]
    [InlineData((TimeoutKind)3, 5ul, 0ul)]
    public void Requests_that_make_no_sense_change_nothing(TimeoutKind kind, ulong nanoseconds, ulong id)
    {
        Assert.False(_timeouts.TrySet(kind, nanoseconds, id, now: 1000));
        Assert.Equal(0, _timeouts.Count);
    }
}
