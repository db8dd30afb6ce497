// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Bench;

/// <summary>Runs the program of allocators/host: workloads on a model of the kernel, in a process of its own.</summary>
internal sealed class AllocatorBench(RepositoryLayout layout, Action<string> line, CancellationToken cancel)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Compiles it, plays all workloads, and passes its lines on; true when it ended well.</summary>
    internal async Task<bool> RunAsync()
    {
        ProcessResult built = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(),
            [
                "build", layout.Absolute("allocators/host/Sel4.Allocators.Bench.csproj"), "-nologo", "-v:quiet",
                "-clp:NoSummary;ForceNoAlign", "-nodeReuse:false",
            ],
            layout.Root, s_limit, cancel);
        if (!built.Succeeded)
            throw new BuildException("the benchmark does not compile:\n" + Compiler.Diagnostics(built.Output, layout.Root));
        string program = Path.Combine(layout.Artifacts, "host", "bin", "Sel4.Allocators.Bench", "debug", "Sel4.Allocators.Bench.dll");
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(), [program], layout.Root, s_limit, cancel, line);
        return result.Succeeded;
    }
}
