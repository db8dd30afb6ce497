// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Kernel.Fuzz;

/// <summary>Makes a game shorter that ends the process that plays it: each attempt is a process of its own.</summary>
internal static class CrashShrinker
{
    /// <summary>A process takes tenths of a second.</summary>
    private const int Attempts = 150;
    private const int OrdinaryCodes = 2;

    /// <summary>Leaves the shortest list that was found in the file, and prints it.</summary>
    public static void Run(FuzzMode mode, string file, string fastpath)
    {
        List<FuzzStep> steps = [.. File.ReadLines(file).Select(FuzzStep.Parse).OfType<FuzzStep>()];
        string attempt = file + ".attempt";
        List<FuzzStep> shrunk = Shrinker.Shrink(steps, candidate => Crashes(mode, candidate, attempt, fastpath), Attempts);
        File.Delete(attempt);
        File.WriteAllLines(file, shrunk.Select(step => step.ToLine()));
        Console.WriteLine($"{shrunk.Count} of {steps.Count} steps are enough:");
        foreach (FuzzStep step in shrunk) Console.WriteLine($"  {step}");
    }

    private static bool Crashes(FuzzMode mode, List<FuzzStep> steps, string file, string fastpath)
    {
        File.WriteAllLines(file, steps.Select(step => step.ToLine()));
        string[] arguments = [typeof(CrashShrinker).Assembly.Location, "replay", mode.Name, file, fastpath];
        ProcessStartInfo start = new(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("a process cannot be started");
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode is < 0 or > OrdinaryCodes;
    }
}
