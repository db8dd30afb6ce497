// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>What follows the end of a child by its restart rule.</summary>
public enum RestartVerdict : byte
{
    /// <summary>The rule does not want it.</summary>
    Stay,

    /// <summary>It was started again as often as the rule allows.</summary>
    Exhausted,

    /// <summary>It starts again, now or after <see cref="RestartJudge.Delay"/>.</summary>
    Again,
}

/// <summary>Whether and when a child that has ended is started again (RT:L5).</summary>
public static class RestartJudge
{
    /// <summary>Waits do not grow beyond this.</summary>
    public const ulong LongestDelay = 60_000;

    /// <summary>Decides, and counts the restart if there is one.</summary>
    /// <param name="now">Milliseconds; 0 at all times when there is no clock.</param>
    public static RestartVerdict Decide(Child child, ulong now)
    {
        RestartRule rule = child.Description.Restart;
        if (!IsWanted(rule.When, child)) return RestartVerdict.Stay;
        if (rule.WithinMs != 0 && now - child.CountsFrom > rule.WithinMs)
        {
            child.Restarts = 0;
            child.CountsFrom = now;
        }

        if (child.Restarts >= rule.MaxRestarts) return RestartVerdict.Exhausted;
        child.Restarts++;
        return RestartVerdict.Again;
    }

    /// <summary>Milliseconds before the restart that was counted last: doubled each time.</summary>
    public static ulong Delay(Child child)
    {
        ulong delay = child.Description.Restart.BackOffMs;
        for (uint restart = 1; restart < child.Restarts && delay < LongestDelay; restart++) delay *= 2;
        return delay < LongestDelay ? delay : LongestDelay;
    }

    private static bool IsWanted(RestartWhen when, Child child) => when switch
    {
        RestartWhen.Never => false,
        RestartWhen.Always => child.Outcome != ChildOutcome.Killed,
        _ => child.Outcome is ChildOutcome.Faulted or ChildOutcome.TimedOut
            || (child.Outcome == ChildOutcome.Exited && child.ExitStatus != 0),
    };
}
