// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>A policy, named on the command line, judges what a sample asks for; the child reads why, and nothing is lost.</summary>
/// <param name="policy">As <c>--policy</c> takes it.</param>
/// <param name="line">What some line of the output contains.</param>
/// <param name="status">How the sample ends.</param>
internal sealed class PolicyTest(string policy, string line, string status) : ISystemTest
{
    private const string Sample = "frames";

    public string Name => $"Policy {policy} judges a child's requests";

    public IReadOnlyList<string> Rules => ["AL:X1", "AL:X4", "RPC:Q5", "RPC:D33"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        SystemDescription system = bench.Systems.OfPrograms([Sample], new DescriptionChanges { Policies = [policy] });
        BootResult result = await bench.BootAsync(system, cancel);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        EndRecord? stop = result.Transcript.Children.SingleOrDefault()?.Stop;
        if (stop is null || stop["outcome"] != "exited" || stop["status"] != status || stop["reclaimed"] != "yes")
            throw SystemTestBench.Failure($"the sample ended otherwise than with status {status}", result);
        if (!result.Transcript.Lines.Any(text => text.Contains(line, StringComparison.Ordinal)))
            throw SystemTestBench.Failure($"no line says '{line}'", result);
    }
}
