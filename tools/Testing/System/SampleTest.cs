// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>A sample, alone in its boot, prints what its expected.txt says, ends as it should, and gives everything back.</summary>
internal sealed class SampleTest(string sample) : ISystemTest
{
    public string Name => $"Sample {sample} does what its expected.txt says";

    public IReadOnlyList<string> Rules => ["RT:K1", "RT:E7"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        ExpectedOutput expected = ExpectedOutput.OfSample(bench.Layout, sample);
        BootResult result = await bench.BootAsync(bench.Systems.OfPrograms([sample]), cancel);
        ChildRun[] runs = [.. result.Transcript.Children.Where(run => run.Name == sample)];
        if (runs.Length != 1) throw SystemTestBench.Failure($"it ran {runs.Length} times instead of once; {result.Reason}", result);
        string? difference = expected.Difference(runs[0]);
        if (difference is not null) throw SystemTestBench.Failure($"{difference}\n({result.Reason})", result);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
    }
}
