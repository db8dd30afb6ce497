// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Children that ask for what version 2 of the protocol has, all side by side, on the kernel.</summary>
internal sealed class RequestsTest : ISystemTest
{
    private const string Description = "tests/Requests/system.textproto";

    /// <summary>Ends because its time is over, while the server keeps its right to reply.</summary>
    private const string Abandoned = "abandoned";

    /// <summary>Is killed because it asks for more than its quota.</summary>
    private const string Greedy = "greedy";

    public string Name =>
        "Batches, own slots, windows, leases, waits, shared devices and limits work side by side, and leave nothing behind";

    public IReadOnlyList<string> Rules =>
    [
        "RPC:B1", "RPC:B2", "RPC:B4", "RPC:B5", "RPC:P1", "RPC:P3", "RPC:R8", "RPC:R10", "RPC:R15", "RPC:R17", "RPC:R20", "RPC:R21",
        "RPC:Q3", "RPC:Q5", "RPC:D11", "RPC:D13", "RPC:D27", "RPC:K3", "RPC:K6", "RPC:K10", "RPC:T10",
    ];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(system, cancel);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        foreach (string name in system.Started)
        {
            string expected = name == Abandoned ? "timedout" : name == Greedy ? "killed" : "exited";
            EndRecord? stop = result.Transcript.Children.SingleOrDefault(run => run.Name == name)?.Stop;
            if (stop is null || stop["outcome"] != expected)
                throw SystemTestBench.Failure($"{name}: {stop?["outcome"] ?? "no end"} instead of {expected}", result);
            if (stop["reclaimed"] != "yes") throw SystemTestBench.Failure($"{name} left something behind", result);
            if (expected == "exited" && stop["status"] != "0") throw SystemTestBench.Failure($"{name} did not get what it should", result);
        }
    }
}
