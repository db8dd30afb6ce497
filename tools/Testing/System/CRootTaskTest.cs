// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>A C program written from the ABI sheets, linked with nothing but a start-up stub, runs as root task on the kernel.</summary>
/// <remarks>
/// Its sources are all *.c and *.S files of its folder. It prints <c>ok NAME</c> or <c>FAILED NAME: reason</c> for each thing
/// that it checks, and the end record last.
/// </remarks>
internal sealed class CRootTaskTest(string folder, string behaviour, params string[] rules) : ISystemTest
{
    private const string FailurePrefix = "FAILED";
    private const string SuccessPrefix = "ok ";
    private static readonly TimeSpan s_compileLimit = TimeSpan.FromMinutes(1);

    public string Name => behaviour;

    public IReadOnlyList<string> Rules => rules;

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        RepositoryLayout layout = bench.Layout;
        if (Requirement.C.Find() is null) throw new SkipException("there is no gcc on this machine");
        BootResult result = await bench.BootRootTaskAsync(await CompileAsync(layout, cancel), cancel);
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        IReadOnlyList<string> output = result.Transcript.RootOutput;
        if (output.FirstOrDefault(line => line.StartsWith(FailurePrefix, StringComparison.Ordinal)) is { } failed)
        {
            throw SystemTestBench.Failure(failed, result);
        }
        if (!output.Any(line => line.StartsWith(SuccessPrefix, StringComparison.Ordinal)))
        {
            throw SystemTestBench.Failure("it checked nothing", result);
        }
    }

    private async Task<string> CompileAsync(RepositoryLayout layout, CancellationToken cancel)
    {
        string output = Path.Combine(layout.Objects, Path.GetFileName(folder) + ".elf");
        Directory.CreateDirectory(layout.Objects);
        string[] sources =
        [
            .. Sources.Find(layout, folder, "*.c", []), .. Sources.Find(layout, folder, "*.S", []),
        ];
        ProcessResult result = await ExternalProcess.RunAsync(
            "gcc",
            [
                "-std=c11", "-Wall", "-Wextra", "-Werror", "-O2", "-g", "-ffreestanding", "-fno-pic", "-no-pie", "-fno-stack-protector",
                "-mno-red-zone", "-nostdlib", "-static", "-Wl,-z,max-page-size=4096,-z,noexecstack,--build-id=none",
                "-o", output, .. sources,
            ],
            layout.Root, s_compileLimit, cancel);
        if (!result.Succeeded) throw new BuildException("gcc refuses the root task:\n" + result.Output);
        return output;
    }
}
