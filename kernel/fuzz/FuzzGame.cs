// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Fuzz;

/// <summary>How often the whole state is checked.</summary>
public enum FuzzChecks
{
    /// <summary>After every entry into the kernel: for short runs, and to find the step that broke something.</summary>
    Every,

    /// <summary>Now and then, and at the end: a long run checks more games this way.</summary>
    Sampled,
}

/// <summary>Whether system calls take the kernel's short cuts.</summary>
public enum FuzzPaths
{
    On,
    Off,

    /// <summary>Every game is played twice, and programs must not see a difference.</summary>
    Both,
}

/// <summary>One game: a fresh system, steps made from a seed or taken from a list, and what became of it.</summary>
public sealed class FuzzGame(FuzzMode mode, bool usesFastpath = true)
{
    private const int SampleInterval = 50;
    private readonly FuzzMode _mode = mode;
    private readonly bool _usesFastpath = usesFastpath;

    /// <summary>The steps played, the failing one included.</summary>
    public List<FuzzStep> Steps { get; } = [];

    public FuzzTally Tally { get; private set; } = new();

    /// <summary>What programs could see after each step; only when <see cref="TakesFingerprints"/>.</summary>
    public List<ulong> Fingerprints { get; } = [];

    public bool TakesFingerprints { get; init; }

    /// <summary>Called before each step, for the case that a step ends the process.</summary>
    public Action<FuzzStep>? Announce { get; init; }

    /// <summary>What went wrong; null for a game without a violation.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Plays steps made from a seed; true when nothing went wrong.</summary>
    public bool Generate(ulong seed, int count, FuzzChecks checks) => Run(checks, world =>
    {
        StepGenerator generator = new(world, new FuzzRandom(seed));
        while (Steps.Count < count) Play(world, generator.Next(), checks);
    });

    /// <summary>Plays a recorded list; true when nothing went wrong.</summary>
    public bool Replay(IReadOnlyList<FuzzStep> steps, FuzzChecks checks = FuzzChecks.Every) => Run(checks, world =>
    {
        foreach (FuzzStep step in steps) Play(world, step, checks);
    });

    /// <summary>The kind of a failure: what shrinking must not change.</summary>
    public static string SignatureOf(Exception? failure)
    {
        if (failure is null) return "";
        string message = failure.Message.Split('\n')[0];
        return failure.GetType().Name + ": " + new string([.. SignificantPart(message)]);
    }

    private static IEnumerable<char> SignificantPart(string message)
    {
        foreach (char character in message)
            if (!char.IsAsciiHexDigit(character)) yield return character;
    }

    private void Play(FuzzWorld world, FuzzStep step, FuzzChecks checks)
    {
        Steps.Add(step);
        Announce?.Invoke(step);
        world.Play(step);
        MachineChecks.Check(world.Sim);
        if (TakesFingerprints) Fingerprints.Add(FuzzFingerprint.Of(world.Sim));
        if (checks != FuzzChecks.Every && Steps.Count % SampleInterval != 0) return;
        world.Sim.CheckInvariants();
        MappingChecks.Check(world.Sim);
    }

    private bool Run(FuzzChecks checks, Action<FuzzWorld> play)
    {
        FuzzWorld? world = null;
        try
        {
            world = new(_mode, _usesFastpath);
            world.Sim.ChecksEveryStep = checks == FuzzChecks.Every;
            play(world);
            world.Sim.CheckInvariants();
            MappingChecks.Check(world.Sim);
            world.TakeEverythingBack();
            Tally = world.Tally;
        }
        catch (Exception failure)
        {
            Failure = failure;
        }
        finally
        {
            world?.Dispose();
        }

        return Failure is null;
    }
}
