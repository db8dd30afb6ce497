// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using Sel4.Tools.Build;

namespace Sel4.Tools.Fuzz;

/// <summary>Runs the program of libsel4rpc/fuzz: random clients against the resource server.</summary>
internal sealed class RpcFuzzRunner(RepositoryLayout layout, Action<string> line, CancellationToken cancel)
{
    /// <summary>The value of <c>--mode</c> that means this one.</summary>
    public const string Mode = "rpc";

    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_runLimit = TimeSpan.FromDays(7);

    private string Folder => Path.Combine(layout.Artifacts, "fuzz");

    /// <summary>Compiles the program, optimised: what is looked for comes once in millions of messages.</summary>
    internal async Task BuildAsync()
    {
        Directory.CreateDirectory(Folder);
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(),
            [
                "build", layout.Absolute("libsel4rpc/fuzz/Sel4.Rpc.Fuzz.csproj"), "-c", "Release", "-nologo", "-v:quiet",
                "-clp:NoSummary;ForceNoAlign", "-nodeReuse:false",
            ],
            layout.Root, s_buildLimit, cancel);
        if (result.Succeeded) return;
        throw new BuildException("the fuzzer does not compile:\n" + Compiler.Diagnostics(result.Output, layout.Root));
    }

    /// <summary>Plays games; true when nothing went wrong.</summary>
    internal Task<bool> RunAsync(ulong seed, long steps, TimeSpan limit, bool checksAll) =>
        PlayAsync($"{seed}", ["run", Text(seed), Text(steps), Text(limit.TotalSeconds), checksAll ? "every" : "sampled"]);

    /// <summary>Plays one game of a seed with every check.</summary>
    internal Task<bool> GameAsync(ulong seed, long game) => PlayAsync($"{seed}-{game}", ["game", Text(seed), Text(game)]);

    /// <summary>Plays a file of steps.</summary>
    internal async Task<bool> ReplayAsync(string file) => await StartAsync(["replay", Path.GetFullPath(file, layout.Root)]) == 0;

    private async Task<bool> PlayAsync(string name, string[] arguments)
    {
        string file = Path.Combine(Folder, $"{Mode}-{name}.steps");
        if (await StartAsync([.. arguments, file]) == 0) return true;
        string steps = layout.Relative(file);
        if (File.Exists(file)) line($"its steps: {steps}; again: ./sel4 fuzz --mode {Mode} --replay {steps}");
        return false;
    }

    private async Task<int> StartAsync(string[] arguments)
    {
        string program = Path.Combine(layout.Artifacts, "host", "bin", "Sel4.Rpc.Fuzz", "release", "Sel4.Rpc.Fuzz.dll");
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(), [program, .. arguments], layout.Root, s_runLimit, cancel, line);
        return result.ExitCode;
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
