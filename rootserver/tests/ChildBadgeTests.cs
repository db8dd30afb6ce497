// SPDX-License-Identifier: BSD-2-Clause

using Sel4.RootServer;
using Sel4.Tests;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>Who a message is from and what it is about is in its badge, and nowhere else.</summary>
[Rule("RPC:Q2", "RPC:D22", "RPC:R2", "RPC:K7")]
public sealed class ChildBadgeTests
{
    [Fact]
    public void Class_child_and_life_come_out_as_they_went_in()
    {
        foreach (BadgeClass each in (BadgeClass[])[BadgeClass.Service, BadgeClass.Fault, BadgeClass.Exit])
        {
            foreach ((int index, uint generation) in ((int, uint)[])[(0, 1), (65535, uint.MaxValue), (7, 0x10000)])
            {
                ulong badge = ChildBadge.Make(each, index, generation);
                Assert.Equal(each, ChildBadge.ClassOf(badge));
                Assert.Equal((index, generation), (ChildBadge.IndexOf(badge), ChildBadge.GenerationOf(badge)));
            }
        }
    }

    [Fact]
    public void Signals_are_told_from_messages_however_many_come_at_once()
    {
        ulong both = ChildBadge.OfSignal(SignalSource.Clock) | ChildBadge.OfSignal(SignalSource.Serial);
        Assert.Equal(BadgeClass.Signal, ChildBadge.ClassOf(both));
        Assert.Equal(SignalSource.Clock | SignalSource.Serial, (SignalSource)both & (SignalSource.Clock | SignalSource.Serial));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x4000_0000_0000_0000)]
    [InlineData(0x9000_0000_0000_0000)]
    [InlineData(0xcafed00d)]
    public void A_badge_that_nobody_was_given_is_of_no_class(ulong badge) =>
        Assert.Equal(BadgeClass.Unknown, ChildBadge.ClassOf(badge));

    [Fact]
    public void No_badge_of_a_dead_child_is_one_of_its_successor()
    {
        HashSet<ulong> badges = [];
        for (uint generation = 1; generation < 1000; generation++)
        {
            Assert.True(badges.Add(ChildBadge.Make(BadgeClass.Service, 3, generation)));
            Assert.True(badges.Add(ChildBadge.Make(BadgeClass.Fault, 3, generation)));
        }
    }
}
