// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;

return RpcFuzzProgram.Run(args);

/// <summary>The program behind <c>./sel4 fuzz --mode rpc</c>.</summary>
/// <remarks>
/// Arguments: <c>run SEED STEPS SECONDS every|sampled FILE</c>, <c>game SEED NUMBER FILE</c>, or <c>replay FILE</c>. The steps of a
/// game that fails go into FILE. Lines for people go to standard output.
/// </remarks>
internal static class RpcFuzzProgram
{
    private const int Violation = 1;
    private const int WrongUse = 2;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    public static int Run(string[] arguments)
    {
        switch (arguments.Length == 0 ? "" : arguments[0])
        {
            case "run" when arguments.Length == 6:
                return Long(arguments);
            case "game" when arguments.Length == 4:
                var fuzzer = new RpcFuzzer(Number(arguments[1]));
                return Report(fuzzer.RunGame((long)Number(arguments[2])), fuzzer, arguments[3]);
            case "replay" when arguments.Length == 2:
                List<RpcStep> steps = [.. File.ReadLines(arguments[1]).Select(RpcStep.Parse).OfType<RpcStep>()];
                Exception? failure = RpcFuzzer.Replay(steps);
                Console.WriteLine($"{steps.Count} steps");
                if (failure is null) return 0;
                Console.WriteLine(failure);
                return Violation;
            default:
                Console.Error.WriteLine("usage: Sel4.Rpc.Fuzz run|game|replay …; people use ./sel4 fuzz --mode rpc");
                return WrongUse;
        }
    }

    private static int Long(string[] arguments)
    {
        ulong seed = Number(arguments[1]);
        TimeSpan limit = TimeSpan.FromSeconds(double.Parse(arguments[3], CultureInfo.InvariantCulture));
        RpcChecks checks = arguments[4] == "every" ? RpcChecks.Every : RpcChecks.Sampled;
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan shown = TimeSpan.Zero;
        var fuzzer = new RpcFuzzer(seed)
        {
            Progress = running =>
            {
                if (watch.Elapsed - shown >= s_interval) Console.WriteLine(Figures(running, seed, shown = watch.Elapsed));
                return limit == TimeSpan.Zero || watch.Elapsed < limit;
            },
        };
        string? failure = fuzzer.Run((long)Number(arguments[2]), checks);
        Console.WriteLine(Figures(fuzzer, seed, watch.Elapsed));
        Console.WriteLine($"{fuzzer.Replies} replies, {fuzzer.LateReplies} of them late; {fuzzer.Expired} leases ended");
        for (Reason reason = Reason.None; reason <= Reason.WaitTimedOut; reason++)
        {
            Console.WriteLine($"  {(reason == Reason.None ? "granted" : reason),-22} {fuzzer.Count(reason),12}");
        }
        return Report(failure, fuzzer, arguments[5]);
    }

    private static int Report(string? failure, RpcFuzzer fuzzer, string file)
    {
        if (failure is null) return 0;
        Console.WriteLine(failure);
        if (fuzzer.Shrunk is not null) File.WriteAllLines(file, fuzzer.Shrunk.Select(step => step.ToLine()));
        return Violation;
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Figures(RpcFuzzer fuzzer, ulong seed, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{fuzzer.Steps} steps in {fuzzer.Games} games of seed {seed}, {fuzzer.Steps / Math.Max(elapsed.TotalSeconds, 0.001):F0} a second");
}
