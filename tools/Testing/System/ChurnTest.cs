// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Ten thousand children are killed at whatever moment their time is over, in the midst of requests, four at a time.</summary>
/// <remarks>The root server compares its totals when the last is gone; a record for each says that nothing of its own was left.</remarks>
internal sealed class ChurnTest : ISystemTest
{
    private const string Description = "tests/Systems/churn.textproto";
    private const int Lives = 10_000;

    public string Name => "Ten thousand children are killed at any moment and leave nothing behind";

    public IReadOnlyList<string> Rules => ["RT:K1", "RT:K2", "RT:K5", "RPC:R20", "RPC:D9"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(system, cancel, TimeSpan.FromMinutes(10));
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        int ended = result.Transcript.Children.Count(run => run.Stop?["outcome"] == "timedout" && run.Stop["reclaimed"] == "yes");
        if (ended != Lives) throw SystemTestBench.Failure($"{ended} of {Lives} children were ended and taken back", result);
    }
}
