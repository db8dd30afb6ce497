// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Fuzz;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Threads in ring 3 make random system calls and execute what no program should; a small budget of <c>./sel4 fuzz</c>.</summary>
internal sealed class FuzzTest : ISystemTest
{
    private const ulong Seed = 1;
    private const ulong Calls = 30_000;

    public string Name => "Random calls and exceptions from ring 3 neither stop the kernel nor make it lose anything";

    public IReadOnlyList<string> Rules => [];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        ImageBuilder builder = await bench.BuilderAsync();
        BuiltProgram program = await builder.BuildProgramAsync(bench.Graph.Program(ImageGraph.FuzzProgram), cancel);
        string copy = Path.Combine(bench.Layout.Objects, "fuzz-test.elf");
        AtomicFile.Copy(program.Elf, copy);
        RingThree.SetParameters(copy, Seed, Calls);
        BootResult result = await bench.BootRootTaskAsync(copy, cancel, RingThree.Quietly);
        if (!result.Succeeded) throw SystemTestBench.Failure($"seed {Seed}: {result.Reason}", result);
    }
}
