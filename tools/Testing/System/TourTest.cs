// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>All samples one after the other in one boot, as <c>./sel4 run</c> shows them: none leaves anything that another trips
/// over.</summary>
internal sealed class TourTest : ISystemTest
{
    public string Name => "All samples run in one boot";

    public IReadOnlyList<string> Rules => ["RT:K1"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        string[] names = [.. bench.Graph.Samples];
        BootResult result = await bench.BootAsync(bench.Systems.OfPrograms(names), cancel);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        IReadOnlyList<ChildRun> runs = result.Transcript.Children;
        if (!names.SequenceEqual(runs.Select(run => run.Name)))
        {
            throw SystemTestBench.Failure($"these ran: {string.Join(", ", runs.Select(run => run.Name))}", result);
        }
        foreach (ChildRun run in runs)
        {
            string? difference = ExpectedOutput.OfSample(bench.Layout, run.Name).Difference(run);
            if (difference is not null) throw SystemTestBench.Failure($"{run.Name}: {difference}", result);
        }
    }
}
