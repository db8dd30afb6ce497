// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Children that do not want to end, that trespass, or that check what they were given, all side by side.</summary>
internal sealed class StubbornTest : ISystemTest
{
    private const string Description = "tests/Stubborn/system.textproto";

    private static readonly string[] s_faulted = ["write-text", "listen-service", "fake-fault"];
    private static readonly string[] s_exited =
        ["send-capability", "environment", "arguments", "zero-memory", "floating-point", "log-nonsense"];

    public string Name => "Children that resist are ended, and those that trespass are stopped, each without harm to others";

    public IReadOnlyList<string> Rules =>
    [
        "RT:K1", "RT:K2", "RT:K7", "RT:C1", "RT:C2", "RT:C4", "RT:C6", "RT:E3", "RT:E5", "RT:F1", "RT:F3", "RT:F4", "RT:L3", "RT:K6",
        "RPC:K5", "RPC:K6", "RPC:K8", "RPC:D22", "RPC:Q2", "R-DEL-06", "R-DEL-07",
    ];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(system, cancel);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        foreach (string name in system.Started)
        {
            string expected = s_faulted.Contains(name) ? "faulted" : s_exited.Contains(name) ? "exited" : "timedout";
            ChildRun? run = result.Transcript.Children.SingleOrDefault(run => run.Name == name);
            EndRecord? stop = run?.Stop;
            if (stop is null || stop["outcome"] != expected)
                throw SystemTestBench.Failure($"{name}: {stop?["outcome"] ?? "no end"} instead of {expected}", result);
            if (stop["reclaimed"] != "yes") throw SystemTestBench.Failure($"{name} left something behind", result);
            if (expected == "exited" && stop["status"] != "0") throw SystemTestBench.Failure($"{name} found something wrong", result);
        }

        string[] report = ["write-text was stopped: write to 0x", "rip=", "stack 0x", "called from 0x"];
        foreach (string words in report)
        {
            bool isThere = result.Transcript.Lines.Any(line => line.Contains(words, StringComparison.Ordinal));
            if (!isThere) throw SystemTestBench.Failure($"no fault report has '{words}'", result);
        }
    }
}
