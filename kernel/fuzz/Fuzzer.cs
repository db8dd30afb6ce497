// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Kernel.Fuzz;

/// <summary>Many games, one after another, from one seed.</summary>
public sealed class Fuzzer(FuzzMode mode, ulong seed, bool usesFastpath = true)
{
    private readonly FuzzMode _mode = mode;
    private readonly ulong _seed = seed;
    private readonly bool _usesFastpath = usesFastpath;

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
            FuzzGame game = new(_mode, _usesFastpath);
            bool isSound = game.Generate(SeedOf(Games), (int)Math.Min(_mode.StepsOfGame, steps - Steps), checks);
            Games++;
            Steps += game.Steps.Count;
            Tally.Add(game.Tally);
            if (!isSound) return Explain(Games - 1, game);
            if (Progress is not null && !Progress(this)) break;
        }

        return null;
    }

    /// <summary>Plays one game of the run with every check; null when nothing went wrong.</summary>
    /// <param name="number">The game's number, from 0.</param>
    /// <param name="announce">Told of every step before it is played.</param>
    public string? RunGame(long number, Action<FuzzStep>? announce)
    {
        FuzzGame game = new(_mode, _usesFastpath) { Announce = announce };
        bool isSound = game.Generate(SeedOf(number), _mode.StepsOfGame, FuzzChecks.Every);
        Steps = game.Steps.Count;
        Games = 1;
        Tally.Add(game.Tally);
        return isSound ? null : Explain(number, game);
    }

    private ulong SeedOf(long number) => FuzzRandom.Mix(_seed, (ulong)number);

    private string Explain(long number, FuzzGame failed)
    {
        // Once more with every check, for the first step after which something is wrong.
        FuzzGame exact = Replayed(failed.Steps);
        string fastpath = _usesFastpath ? "on" : "off";
        string replay = string.Create(
            CultureInfo.InvariantCulture, $"./sel4 fuzz --mode {_mode.Name} --seed {_seed} --game {number} --fastpath {fastpath}");
        if (exact.Failure is null) return $"game {number} failed but does not fail again ({replay}): {failed.Failure}";
        string signature = exact.Signature;
        List<FuzzStep> shrunk = Shrinker.Shrink(exact.Steps, steps => Replayed(steps).Signature == signature);
        Shrunk = shrunk;
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"a violation in game {number} of seed {_seed}; again: {replay}");
        text.AppendLine($"it came with step {exact.Steps.Count}; {shrunk.Count} of these are enough:");
        foreach (FuzzStep step in shrunk) text.AppendLine($"  {step}");
        text.AppendLine($"{Replayed(shrunk).Failure}");
        return text.ToString();
    }

    private FuzzGame Replayed(List<FuzzStep> steps)
    {
        FuzzGame game = new(_mode, _usesFastpath);
        game.Replay(steps);
        return game;
    }
}
