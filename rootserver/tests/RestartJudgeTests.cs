// SPDX-License-Identifier: BSD-2-Clause

using Sel4.RootServer;
using Xunit;

namespace Sel4.Tests.RootServer;

/// <summary>Whether a child that ended starts again (RT:L5).</summary>
[Rule("RT:L5")]
public sealed class RestartJudgeTests
{
    [Theory]
    [InlineData(RestartWhen.Never, ChildOutcome.Faulted, 0, RestartVerdict.Stay)]
    [InlineData(RestartWhen.OnFault, ChildOutcome.Faulted, 0, RestartVerdict.Again)]
    [InlineData(RestartWhen.OnFault, ChildOutcome.TimedOut, 0, RestartVerdict.Again)]
    [InlineData(RestartWhen.OnFault, ChildOutcome.Exited, 1, RestartVerdict.Again)]
    [InlineData(RestartWhen.OnFault, ChildOutcome.Exited, 0, RestartVerdict.Stay)]
    [InlineData(RestartWhen.OnFault, ChildOutcome.Killed, 0, RestartVerdict.Stay)]
    [InlineData(RestartWhen.Always, ChildOutcome.Exited, 0, RestartVerdict.Again)]
    [InlineData(RestartWhen.Always, ChildOutcome.Killed, 0, RestartVerdict.Stay)]
    public void The_rule_looks_at_the_end(RestartWhen when, ChildOutcome outcome, int status, RestartVerdict expected)
    {
        Child child = ChildWith(new RestartRule { When = when, MaxRestarts = 1 });
        child.Outcome = outcome;
        child.ExitStatus = status;
        Assert.Equal(expected, RestartJudge.Decide(child, 0));
    }

    [Fact]
    public void Restarts_are_counted_over_the_whole_run()
    {
        Child child = ChildWith(new RestartRule { When = RestartWhen.Always, MaxRestarts = 2 });
        Assert.Equal(RestartVerdict.Again, RestartJudge.Decide(child, 0));
        Assert.Equal(RestartVerdict.Again, RestartJudge.Decide(child, 1_000_000));
        Assert.Equal(RestartVerdict.Exhausted, RestartJudge.Decide(child, 2_000_000));
    }

    [Fact]
    public void Or_over_a_while_and_then_anew()
    {
        Child child = ChildWith(new RestartRule { When = RestartWhen.Always, MaxRestarts = 1, WithinMs = 100 });
        Assert.Equal(RestartVerdict.Again, RestartJudge.Decide(child, 10));
        Assert.Equal(RestartVerdict.Exhausted, RestartJudge.Decide(child, 100));
        Assert.Equal(RestartVerdict.Again, RestartJudge.Decide(child, 101));
        Assert.Equal(RestartVerdict.Exhausted, RestartJudge.Decide(child, 201));
    }

    [Fact]
    public void Waits_double_up_to_a_minute()
    {
        Child child = ChildWith(new RestartRule { When = RestartWhen.Always, MaxRestarts = 100, BackOffMs = 10_000 });
        ulong[] expected = [10_000, 20_000, 40_000, 60_000, 60_000];
        foreach (ulong delay in expected)
        {
            RestartJudge.Decide(child, 0);
            Assert.Equal(delay, RestartJudge.Delay(child));
        }
    }

    private static Child ChildWith(RestartRule rule)
    {
        ChildDescription description = new() { Name = "child" };
        description.Restart.When = rule.When;
        description.Restart.MaxRestarts = rule.MaxRestarts;
        description.Restart.WithinMs = rule.WithinMs;
        description.Restart.BackOffMs = rule.BackOffMs;
        return new Child(0, description, null, null!, new HardwareManifest(description, [])) { Outcome = ChildOutcome.Exited };
    }
}
