// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>One boot spawns and reclaims a child again and again; the totals stay what they were at the start.</summary>
internal sealed class SoakTest(string sample, int repeats) : ISystemTest
{
    public string Name => $"{sample} is spawned and reclaimed {repeats} times with totals equal to the start";

    public IReadOnlyList<string> Rules => ["RT:K1"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfPrograms([sample], new DescriptionChanges { Repeat = repeats });
        BootResult result = await bench.BootAsync(system, cancel, TimeSpan.FromMinutes(5));
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        ExpectedOutput expected = ExpectedOutput.OfSample(bench.Layout, sample);
        IReadOnlyList<ChildRun> runs = result.Transcript.Children;
        if (runs.Count != repeats) throw SystemTestBench.Failure($"{runs.Count} runs instead of {repeats}", result);
        for (int i = 0; i < runs.Count; i++)
        {
            // The root server compares its totals after each child with those before it and says so in the stop record.
            string? difference = expected.Difference(runs[i]);
            if (difference is not null) throw SystemTestBench.Failure($"run {i + 1} of {repeats}: {difference}", result);
        }
    }
}
