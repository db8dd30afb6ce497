// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Every step of a child's birth is made to fail once; nothing is lost, and the first birth without a failure succeeds.</summary>
internal sealed class SweepTest : ISystemTest
{
    private const string Description = "tests/Systems/sweep.textproto";

    /// <summary>There are more than so many steps: objects, capabilities, pages, tables.</summary>
    private const int FewestSteps = 60;

    public string Name => "Whichever step of a spawn fails, nothing is lost and others go on";

    public IReadOnlyList<string> Rules => ["RT:L1", "RT:E4", "RT:E8", "RT:K1", "AL:B7"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(system, cancel, TimeSpan.FromMinutes(3));
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        ChildRun[] runs = [.. result.Transcript.Children.Where(run => run.Name == "swept")];
        int refused = runs.TakeWhile(run => run.Stop!["outcome"] == "refused").Count();
        if (refused < FewestSteps) throw SystemTestBench.Failure($"only {refused} births failed", result);
        if (refused == runs.Length) throw SystemTestBench.Failure($"all {refused} births failed: let it repeat more often", result);
        if (runs.Skip(refused).Any(run => run.Stop!["outcome"] != "exited" || run.Stop["status"] != "0"))
            throw SystemTestBench.Failure("a birth failed after one that had not", result);
        if (result.Transcript.Children.Any(run => run.Stop!["reclaimed"] != "yes"))
            throw SystemTestBench.Failure("something was lost", result);
    }
}
