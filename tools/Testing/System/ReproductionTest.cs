// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>The same sources give the same bytes wherever they lie.</summary>
internal sealed class ReproductionTest(Session session) : ISystemTest
{
    public string Name => "Two builds in different folders give the same images";

    public IReadOnlyList<string> Rules => [];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        IReadOnlyList<ReproducedFile> files = await Reproduction.BuildTwiceAsync(session);
        string[] different = [.. files.Where(file => !file.IsSame).Select(file => file.Name)];
        if (different.Length > 0) throw new BuildException($"different: {string.Join(", ", different)}; see artifacts/repro");
        Reproduction.Clean(session.Layout);
    }
}
