// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using Sel4.Tools.Build;

namespace Sel4.Tools.Fuzz;

/// <summary>Runs the program of kernel/fuzz, in a process of its own because a kernel that reaches beyond RAM ends it.</summary>
internal sealed class HostFuzzer(RepositoryLayout layout, Action<string> line, CancellationToken cancel)
{
    private const int Sound = 0;
    private const int Violation = 1;
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_runLimit = TimeSpan.FromDays(7);

    private string Folder => Path.Combine(layout.Artifacts, "fuzz");

    /// <summary>Compiles the program.</summary>
    internal async Task BuildAsync()
    {
        Directory.CreateDirectory(Folder);
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(),
            [
                "build", layout.Absolute("kernel/fuzz/Kernel.Fuzz.csproj"), "-nologo", "-v:quiet", "-clp:NoSummary;ForceNoAlign",
                "-nodeReuse:false",
            ],
            layout.Root, s_buildLimit, cancel);
        if (result.Succeeded) return;
        throw new BuildException("the fuzzer does not compile:\n" + Compiler.Diagnostics(result.Output, layout.Root));
    }

    /// <summary>Plays games; true when nothing went wrong.</summary>
    internal async Task<bool> RunAsync(string mode, ulong seed, long steps, TimeSpan limit, bool checksAll, string paths)
    {
        string file = Path.Combine(Folder, $"{mode}-{seed}-{paths}.game");
        int code = await PlayAsync(
            ["run", mode, Text(seed), Text(steps), Text(limit.TotalSeconds), checksAll ? "every" : "sampled", paths, file]);
        if (code == Sound) return true;
        if (code == Violation)
        {
            SayWhere(mode, file, paths);
            return false;
        }

        line($"the fuzzer ended with {code}: the kernel reached beyond memory in game {await File.ReadAllTextAsync(file, cancel)}");
        await GameAsync(mode, seed, long.Parse(await File.ReadAllTextAsync(file, cancel), CultureInfo.InvariantCulture), paths);
        return false;
    }

    /// <summary>Plays one game of a run with every check, and if it ends the process, cuts it short.</summary>
    internal async Task<bool> GameAsync(string mode, ulong seed, long game, string paths)
    {
        string file = Path.Combine(Folder, $"{mode}-{seed}-{game}-{paths}.steps");
        int code = await PlayAsync(["game", mode, Text(seed), Text(game), paths, file]);
        if (code is Sound or Violation) return code == Sound;
        line($"game {game} of seed {seed} ends the process at step {File.ReadLines(file).Count()}; making it shorter");
        await PlayAsync(["shrink", mode, file, paths]);
        SayWhere(mode, file, paths);
        return false;
    }

    /// <summary>Plays a file of steps.</summary>
    internal async Task<bool> ReplayAsync(string mode, string file, string paths) =>
        await PlayAsync(["replay", mode, Path.GetFullPath(file, layout.Root), paths]) == Sound;

    private async Task<int> PlayAsync(string[] arguments)
    {
        string program = Path.Combine(layout.Artifacts, "host", "bin", "Kernel.Fuzz", "debug", "Kernel.Fuzz.dll");
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(), [program, .. arguments], layout.Root, s_runLimit, cancel, line);
        return result.ExitCode;
    }

    private void SayWhere(string mode, string file, string paths)
    {
        string steps = layout.Relative(file);
        line($"its steps: {steps}; again: ./sel4 fuzz --mode {mode} --fastpath {paths} --replay {steps}");
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
