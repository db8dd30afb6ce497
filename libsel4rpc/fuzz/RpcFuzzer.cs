// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc.Fuzz;

/// <summary>Many games, one after another, from one seed; a game that fails is cut short.</summary>
public sealed class RpcFuzzer(ulong seed)
{
    /// <summary>Long enough for tables to fill, short enough to be cut.</summary>
    public const int StepsOfGame = 2000;

    private readonly ulong _seed = seed;
    private readonly ulong[] _reasons = new ulong[(int)Reason.WaitTimedOut + 1];

    public long Steps { get; private set; }

    public long Games { get; private set; }

    /// <summary>Requests that were answered, those that waited included.</summary>
    public ulong Replies { get; private set; }

    /// <summary>Answers that came later.</summary>
    public long LateReplies { get; private set; }

    public ulong Expired { get; private set; }

    /// <summary>How often each reason came; None counts what was granted.</summary>
    public ulong Count(Reason reason) => _reasons[(int)reason];

    /// <summary>The failing game cut short; null while nothing went wrong.</summary>
    public IReadOnlyList<RpcStep>? Shrunk { get; private set; }

    /// <summary>Called after each game; false ends the run.</summary>
    public Func<RpcFuzzer, bool>? Progress { get; init; }

    /// <summary>Plays that many steps; null when nothing went wrong, otherwise all that is needed to look into it.</summary>
    public string? Run(long steps, RpcChecks checks = RpcChecks.Sampled)
    {
        while (Steps < steps)
        {
            string? failure = RunGame(Games, (int)Math.Min(StepsOfGame, steps - Steps), checks);
            if (failure is not null) return failure;
            if (Progress is not null && !Progress(this)) break;
        }
        return null;
    }

    /// <summary>Plays one game of the run; null when nothing went wrong.</summary>
    public string? RunGame(long number, int steps = StepsOfGame, RpcChecks checks = RpcChecks.Every)
    {
        var game = new RpcGame { Checks = checks };
        var generator = new RpcStepGenerator(game, FuzzRandom.Mix(_seed, (ulong)number));
        var played = new List<RpcStep>(steps);
        try
        {
            for (int i = 0; i < steps; i++)
            {
                played.Add(generator.Next());
                game.Play(played[^1]);
            }
            game.End();
        }
        catch (Exception failure)
        {
            Steps += played.Count;
            return Explain(number, played, failure);
        }
        Games++;
        Steps += steps;
        Replies += game.Server.Statistics.Total;
        LateReplies += game.Replies.Answers;
        Expired += game.Server.ExpiredLeases;
        for (int reason = 0; reason < _reasons.Length; reason++) _reasons[reason] += game.Server.Statistics.Refusals((Reason)reason);
        return null;
    }

    /// <summary>Plays a list of steps with every check; null when nothing went wrong.</summary>
    public static Exception? Replay(IReadOnlyList<RpcStep> steps)
    {
        try
        {
            var game = new RpcGame { Checks = RpcChecks.Every };
            foreach (RpcStep step in steps) game.Play(step);
            game.End();
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private string Explain(long number, List<RpcStep> played, Exception failure)
    {
        // Once more with every check, for the failure as it is without luck.
        string again = string.Create(CultureInfo.InvariantCulture, $"./sel4 fuzz --mode rpc --seed {_seed} --game {number}");
        if (Replay(played) is not { } exact) return $"game {number} failed but does not fail again ({again}): {failure}";
        Shrunk = Shrink(played, exact.Message);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"a violation in game {number} of seed {_seed}; again: {again}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{exact.Message}; {Shrunk.Count} of {played.Count} steps are enough:");
        foreach (RpcStep step in Shrunk) text.AppendLine(CultureInfo.InvariantCulture, $"  {step}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Replay(Shrunk)}");
        return text.ToString();
    }

    /// <summary>Leaves out ever smaller parts as long as the rest fails in the same way.</summary>
    private static List<RpcStep> Shrink(List<RpcStep> steps, string message)
    {
        List<RpcStep> best = steps;
        for (int part = Math.Max(1, best.Count / 2); ; part = Math.Max(1, part / 2))
        {
            bool isShorter = false;
            for (int at = 0; at < best.Count;)
            {
                List<RpcStep> candidate = [.. best.Take(at), .. best.Skip(at + part)];
                if (candidate.Count < best.Count && Replay(candidate)?.Message == message)
                {
                    best = candidate;
                    isShorter = true;
                }
                else
                {
                    at += part;
                }
            }
            if (part == 1 && !isShorter) return best;
        }
    }
}
