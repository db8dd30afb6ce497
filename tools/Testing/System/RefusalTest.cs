// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>The kernel stops with a sentence that says why when it cannot run here.</summary>
/// <param name="reason">Part of that sentence.</param>
internal sealed class RefusalTest(string behaviour, string reason, params string[] rules) : ISystemTest
{
    private const string NotElf = "This is a text file that is longer than the header of an ELF file, but is none all the same.\n";

    /// <summary>What makes the machine unfit. Without a change, its root task is a text file.</summary>
    internal Func<MachineOptions, MachineOptions>? Change { get; init; }

    public string Name => behaviour;

    public IReadOnlyList<string> Rules => rules;

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        string text = Path.Combine(bench.Layout.Objects, "not-elf.txt");
        AtomicFile.WriteText(text, NotElf);
        BootResult result = await bench.BootRootTaskAsync(text, cancel, Change);
        bool isRefused = result.Outcome == BootOutcome.Panicked && result.Transcript.Panic!.Contains(reason, StringComparison.Ordinal);
        if (!isRefused) throw SystemTestBench.Failure($"expected the kernel to stop with '{reason}', but {result.Reason}", result);
    }
}
