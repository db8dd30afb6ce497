// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Bench;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>The benchmarks run to their end and measure everything that has a goal. How good the figures are is no test.</summary>
internal sealed class BenchTest : ISystemTest
{
    public string Name => "The benchmarks measure everything that has a goal";

    public IReadOnlyList<string> Rules => [];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        static MachineOptions Counting(MachineOptions machine) => machine with { CountInstructions = true };
        ImageBuilder builder = await bench.BuilderAsync();
        BuiltProgram kernel = await builder.BuildProgramAsync(bench.Graph.Program(ImageGraph.KernelBenchProgram), cancel);
        BootResult ofKernel = await bench.BootRootTaskAsync(kernel.Elf, cancel, Counting);
        BootResult ofRpc = await bench.BootAsync(bench.Systems.OfPrograms([ImageGraph.RpcBenchProgram]), cancel, change: Counting);
        List<Measurement> measured = [];
        foreach (BootResult result in new[] { ofKernel, ofRpc })
        {
            if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
            measured.AddRange(result.Transcript.Lines.Select(Measurement.Parse).OfType<Measurement>());
        }
        IEnumerable<string> missing = Goal.Read(bench.Layout).Select(goal => goal.Name).Except(measured.Select(figure => figure.Name));
        if (missing.Any()) throw new BuildException($"not measured: {string.Join(", ", missing)}");
        Measurement? odd = measured.Find(
            figure => figure.Minimum == 0 || figure.Minimum > figure.Median || figure.Median > figure.Percentile99);
        if (odd is not null) throw new BuildException($"impossible figures: {odd}");
    }
}
