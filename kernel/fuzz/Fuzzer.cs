// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Kernel.Fuzz;

/// <summary>Many games, one after another, from one seed.</summary>
public sealed class Fuzzer(FuzzMode mode, ulong seed, FuzzPaths paths = FuzzPaths.On)
{
    private readonly FuzzMode _mode = mode;
    private readonly ulong _seed = seed;
    private readonly FuzzPaths _paths = paths;

    public long Steps { get; private set; }

    public long Games { get; private set; }

    public FuzzTally Tally { get; } = new();

    /// <summary>The failing game cut short; null while nothing went wrong.</summary>
    public IReadOnlyList<FuzzStep>? Shrunk { get; private set; }

    /// <summary>Called before each game with its number: if the process ends, it was that one.</summary>
    public Action<long>? Starting { get; init; }

    /// <summary>Called after each game; false ends the run.</summary>
    public Func<Fuzzer, bool>? Progress { get; init; }

    /// <summary>Plays that many steps; null when nothing went wrong, otherwise all that is needed to look into it.</summary>
    public string? Run(long steps, FuzzChecks checks)
    {
        while (Steps < steps)
        {
            Starting?.Invoke(Games);
            FuzzGame game = NewGame();
            game.Generate(SeedOf(Games), (int)Math.Min(_mode.StepsOfGame, steps - Steps), checks);
            Exception? failure = game.Failure ?? Compare(game, checks);
            Games++;
            Steps += game.Steps.Count;
            Tally.Add(game.Tally);
            if (failure is not null) return Explain(Games - 1, game.Steps, failure);
            if (Progress is not null && !Progress(this)) break;
        }

        return null;
    }

    /// <summary>Plays one game of the run with every check; null when nothing went wrong.</summary>
    /// <param name="number">The game's number, from 0.</param>
    /// <param name="announce">Told of every step before it is played.</param>
    public string? RunGame(long number, Action<FuzzStep>? announce)
    {
        FuzzGame game = NewGame(announce);
        game.Generate(SeedOf(number), _mode.StepsOfGame, FuzzChecks.Every);
        Exception? failure = game.Failure ?? Compare(game, FuzzChecks.Every);
        Steps = game.Steps.Count;
        Games = 1;
        Tally.Add(game.Tally);
        return failure is null ? null : Explain(number, game.Steps, failure);
    }

    /// <summary>Plays a list of steps with every check; null when nothing went wrong.</summary>
    public Exception? Replay(IReadOnlyList<FuzzStep> steps) => Replay(steps, out _);

    private Exception? Replay(IReadOnlyList<FuzzStep> steps, out List<FuzzStep> played)
    {
        FuzzGame game = NewGame();
        game.Replay(steps);
        played = game.Steps;
        return game.Failure ?? Compare(game, FuzzChecks.Every);
    }

    private FuzzGame NewGame(Action<FuzzStep>? announce = null) =>
        new(_mode, _paths != FuzzPaths.Off) { TakesFingerprints = _paths == FuzzPaths.Both, Announce = announce };

    /// <summary>The same game without short cuts; null when programs see the same, or when this is not asked for.</summary>
    private Exception? Compare(FuzzGame game, FuzzChecks checks)
    {
        if (_paths != FuzzPaths.Both) return null;
        FuzzGame other = new(_mode, usesFastpath: false) { TakesFingerprints = true };
        other.Replay(game.Steps, checks);
        for (int i = 0; i < Math.Min(game.Fingerprints.Count, other.Fingerprints.Count); i++)
        {
            if (game.Fingerprints[i] != other.Fingerprints[i])
                return new FuzzException($"programs see a difference between fast and general path after step {i + 1}");
        }

        return other.Failure;
    }

    private ulong SeedOf(long number) => FuzzRandom.Mix(_seed, (ulong)number);

    private string Explain(long number, List<FuzzStep> steps, Exception failure)
    {
        // Once more with every check, for the first step after which something is wrong.
        string fastpath = _paths.ToString().ToLowerInvariant();
        string replay = string.Create(
            CultureInfo.InvariantCulture, $"./sel4 fuzz --mode {_mode.Name} --seed {_seed} --game {number} --fastpath {fastpath}");
        Exception? exact = Replay(steps, out List<FuzzStep> played);
        if (exact is null) return $"game {number} failed but does not fail again ({replay}): {failure}";
        string signature = FuzzGame.SignatureOf(exact);
        List<FuzzStep> shrunk = Shrinker.Shrink(played, candidate => FuzzGame.SignatureOf(Replay(candidate)) == signature);
        Shrunk = shrunk;
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"a violation in game {number} of seed {_seed}; again: {replay}");
        text.AppendLine($"it came with step {played.Count}; {shrunk.Count} of these are enough:");
        foreach (FuzzStep step in shrunk) text.AppendLine($"  {step}");
        text.AppendLine($"{Replay(shrunk)}");
        return text.ToString();
    }
}
