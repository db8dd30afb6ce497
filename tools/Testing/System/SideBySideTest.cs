// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Ten children of one description, of which some crash, restart, stay, wait, or end with another: each as it should.</summary>
internal sealed class SideBySideTest : ISystemTest
{
    private const string Description = "tests/Systems/side-by-side.textproto";

    /// <summary>What each child's records must say, as often as it runs.</summary>
    private static readonly Dictionary<string, string[]> s_ends = new()
    {
        ["first"] = ["exited"],
        ["second"] = ["exited"],
        ["ports"] = ["exited"],
        ["crash"] = ["faulted", "faulted", "faulted"],
        ["hung"] = ["timedout", "timedout"],
        ["kept"] = ["faulted"],
        ["later"] = ["exited", "exited"],
        ["short"] = ["exited"],
        ["endless"] = ["killed"],
        ["unwanted"] = [],
    };

    public string Name => "Children side by side end each in its own way and disturb no other";

    public IReadOnlyList<string> Rules => ["RT:S2", "RT:S3", "RT:C3", "RT:L5", "RT:L6", "RT:F2", "RT:K1"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(system, cancel, TimeSpan.FromMinutes(3));
        IReadOnlyList<ChildRun> runs = result.Transcript.Children;
        foreach ((string name, string[] expected) in s_ends)
        {
            string?[] ends = [.. runs.Where(run => run.Name == name).Select(run => run.Stop?["outcome"])];
            if (!expected.SequenceEqual(ends))
            {
                string found = ends.Length == 0 ? "never ran" : string.Join(", ", ends.Select(end => end ?? "no end"));
                throw SystemTestBench.Failure($"{name}: {found}; expected: {string.Join(", ", expected)}", result);
            }
        }

        foreach (ChildRun run in runs)
        {
            if (run.Stop!["reclaimed"] != "yes") throw SystemTestBench.Failure($"{run.Name} left something behind", result);
            if (run.Stop["outcome"] == "exited" && run.Stop["status"] != "0")
                throw SystemTestBench.Failure($"{run.Name} ended with status {run.Stop["status"]}", result);
        }

        if (!EndsBefore(runs, "second", "later")) throw SystemTestBench.Failure("later did not wait for second", result);
        if (!EndsBefore(runs, "endless", "short")) throw SystemTestBench.Failure("endless outlived short", result);
    }

    /// <summary>Records come in the order of the ends.</summary>
    private static bool EndsBefore(IReadOnlyList<ChildRun> runs, string first, string then) =>
        runs.TakeWhile(run => run.Name != then).Any(run => run.Name == first);
}
