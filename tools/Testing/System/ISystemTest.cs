// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;
using Sel4.Tools.Cli;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>A test that boots the machine.</summary>
/// <remarks>To add one: implement this, and put it into the list in <see cref="SystemTests"/>.</remarks>
internal interface ISystemTest
{
    /// <summary>The behaviour that is shown, in words.</summary>
    string Name { get; }

    /// <summary>The rules that the test cites.</summary>
    IReadOnlyList<string> Rules { get; }

    /// <summary>Returns when the behaviour was seen.</summary>
    /// <remarks>Errors: BuildException when it was not, with the reason; SkipException when the test cannot run here.</remarks>
    Task RunAsync(SystemTestBench bench, CancellationToken cancel);
}

/// <summary>What whole-system tests are made with: it builds images and boots them.</summary>
internal sealed class SystemTestBench(Session session)
{
    /// <summary>Long enough for a loaded machine without hardware virtualisation.</summary>
    internal static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(120);

    internal RepositoryLayout Layout => session.Layout;
    internal ImageGraph Graph => session.Graph;

    internal Task<ImageBuilder> BuilderAsync() => session.BuilderAsync();

    /// <summary>Finds and joins the descriptions of programs.</summary>
    internal DescriptionSource Systems => session.Systems;

    /// <summary>Boots the root server with a system.</summary>
    internal async Task<BootResult> BootAsync(
        SystemDescription system, CancellationToken cancel, TimeSpan? limit = null, Func<MachineOptions, MachineOptions>? change = null) =>
        await BootAsync(await BootImages.BuildAsync(session, system), cancel, limit, change);

    /// <summary>Builds the image for some samples and puts it where people find it.</summary>
    internal async Task<BootImage> PublishAsync(IEnumerable<string> samples)
    {
        await Cli.Commands.ImageCommand.PublishAsync(session, samples);
        return new BootImage(Layout.KernelElf, Layout.RootServerElf);
    }

    /// <summary>Boots the kernel with any root task.</summary>
    internal async Task<BootResult> BootRootTaskAsync(
        string elf, CancellationToken cancel, Func<MachineOptions, MachineOptions>? change = null)
    {
        BuiltProgram kernel = await (await session.BuilderAsync()).BuildProgramAsync(Graph.Program(ImageGraph.KernelProgram), cancel);
        return await BootAsync(new BootImage(kernel.Elf, elf), cancel, null, change);
    }

    /// <summary>The failure of a test that booted: the reason, then the last lines that the machine printed.</summary>
    internal static BuildException Failure(string reason, BootResult result)
    {
        const int Shown = 40;
        IEnumerable<string> lines = result.Transcript.Lines.TakeLast(Shown).Select(line => "| " + line);
        return new BuildException($"{reason}\n{string.Join('\n', lines)}");
    }

    private async Task<BootResult> BootAsync(
        BootImage image, CancellationToken cancel, TimeSpan? limit, Func<MachineOptions, MachineOptions>? change)
    {
        using var boot = new BootFolder(Layout, image);
        var options = new MachineOptions(boot.Image);
        return await Machine.RunAsync(change?.Invoke(options) ?? options, limit ?? DefaultLimit, null, cancel);
    }
}
