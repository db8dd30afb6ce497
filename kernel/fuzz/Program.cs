// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Kernel.Fuzz;

return FuzzProgram.Run(args);

/// <summary>The program behind <c>./sel4 fuzz</c>: a process of its own, because a kernel that reaches beyond RAM ends it.</summary>
/// <remarks>
/// Arguments: <c>run MODE SEED STEPS SECONDS every|sampled PATHS FILE</c>, <c>game MODE SEED NUMBER PATHS FILE</c>, or
/// <c>replay MODE FILE PATHS</c>, with on, off or both for PATHS. The first keeps the number of the game that is being played
/// in FILE, the second the steps of its game; the third plays such a file, and <c>shrink</c> with the same arguments makes it
/// shorter while playing it ends the process. Lines for people go to standard output.
/// </remarks>
internal static class FuzzProgram
{
    private const int Violation = 1;
    private const int WrongUse = 2;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    public static int Run(string[] arguments)
    {
        string command = arguments.Length == 0 ? "" : arguments[0];
        FuzzMode? mode = arguments.Length < 2 ? null : FuzzMode.Find(arguments[1]);
        switch (command)
        {
            case "run" when mode is not null && arguments.Length == 8:
                return Long(mode, arguments);
            case "game" when mode is not null && arguments.Length == 6:
                return Game(mode, arguments);
            case "shrink" when mode is not null && arguments.Length == 4:
                CrashShrinker.Run(mode, arguments[2], arguments[3]);
                return Violation;
            case "replay" when mode is not null && arguments.Length == 4:
                return Replay(mode, arguments[2], PathsOf(arguments[3]));
            default:
                Console.Error.WriteLine("usage: Kernel.Fuzz run|game|replay …; people use ./sel4 fuzz");
                return WrongUse;
        }
    }

    private static int Long(FuzzMode mode, string[] arguments)
    {
        ulong seed = ulong.Parse(arguments[2], CultureInfo.InvariantCulture);
        long steps = long.Parse(arguments[3], CultureInfo.InvariantCulture);
        TimeSpan limit = TimeSpan.FromSeconds(double.Parse(arguments[4], CultureInfo.InvariantCulture));
        FuzzChecks checks = arguments[5] == "every" ? FuzzChecks.Every : FuzzChecks.Sampled;
        string file = arguments[7];
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan shown = TimeSpan.Zero;
        Fuzzer fuzzer = new(mode, seed, PathsOf(arguments[6]))
        {
            Starting = number => File.WriteAllText(file, number.ToString(CultureInfo.InvariantCulture)),
            Progress = running =>
            {
                if (watch.Elapsed - shown >= s_interval) Console.WriteLine(Figures(running, seed, shown = watch.Elapsed));
                return limit == TimeSpan.Zero || watch.Elapsed < limit;
            },
        };
        string? failure = fuzzer.Run(steps, checks);
        Console.WriteLine(Figures(fuzzer, seed, watch.Elapsed));
        Console.WriteLine($"calls answered: {fuzzer.Tally.Successes} done, {fuzzer.Tally.Refusals} refused");
        Console.Write(fuzzer.Tally.Describe());
        return Report(failure, fuzzer.Shrunk, file);
    }

    private static int Game(FuzzMode mode, string[] arguments)
    {
        ulong seed = ulong.Parse(arguments[2], CultureInfo.InvariantCulture);
        long number = long.Parse(arguments[3], CultureInfo.InvariantCulture);
        Fuzzer fuzzer = new(mode, seed, PathsOf(arguments[4]));
        string? failure;
        using (StreamWriter steps = new(arguments[5]) { AutoFlush = true })
        {
            failure = fuzzer.RunGame(number, step => steps.WriteLine(step.ToLine()));
        }

        Console.WriteLine($"{fuzzer.Steps} steps of game {number} of seed {seed}");
        return Report(failure, fuzzer.Shrunk, arguments[5]);
    }

    private static int Replay(FuzzMode mode, string file, FuzzPaths paths)
    {
        List<FuzzStep> steps = [.. File.ReadLines(file).Select(FuzzStep.Parse).OfType<FuzzStep>()];
        Exception? failure = new Fuzzer(mode, 0, paths).Replay(steps);
        Console.WriteLine($"{steps.Count} steps");
        return Report(failure?.ToString(), null, file);
    }

    private static FuzzPaths PathsOf(string word) => Enum.Parse<FuzzPaths>(word, ignoreCase: true);

    private static int Report(string? failure, IReadOnlyList<FuzzStep>? shrunk, string file)
    {
        if (failure is null) return 0;
        Console.WriteLine(failure);
        if (shrunk is not null) File.WriteAllLines(file, shrunk.Select(step => step.ToLine()));
        return Violation;
    }

    private static string Figures(Fuzzer fuzzer, ulong seed, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fuzzer.Steps} steps in {fuzzer.Games} games of seed {seed}, {fuzzer.Steps / Math.Max(elapsed.TotalSeconds, 0.001):F0} a second");
}
