// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>A child sends thousands of random requests: each gets one sound reply, and nothing is lost.</summary>
internal sealed class HostileTest(ulong seed, int requests) : ISystemTest
{
    public string Name => $"A child's {requests} random requests from seed {seed} get one sound reply each";

    public IReadOnlyList<string> Rules => ["RPC:R1", "RPC:R2", "RPC:R3"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        var changes = new DescriptionChanges { Arguments = [seed.ToString(), requests.ToString()] };
        SystemDescription system = bench.Systems.OfPrograms([ImageGraph.HostileProgram], changes);
        BootResult result = await bench.BootAsync(system, cancel, TimeSpan.FromMinutes(5));
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        ChildRun? run = result.Transcript.Children.SingleOrDefault();
        bool isWhole = run?.Stop?["reclaimed"] == "yes" && run.Stop["outcome"] == "exited" && run.Stop["status"] == "0";
        if (!isWhole) throw SystemTestBench.Failure("the child got a wrong reply, or the server lost something", result);
    }
}
