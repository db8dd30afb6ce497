// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 image</c>: leaves the two files that boot.</summary>
internal static class ImageCommand
{
    internal static Command Create(Session session)
    {
        var names = CommonOptions.SampleNames("Samples to carry; none means all of them");
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("image", "Build artifacts/kernel.elf and artifacts/rootserver.elf, bootable by hand")
        {
            names, noInstall,
        };
        command.SetAction((parsed, _) => RunAsync(session, parsed.GetValue(names)!, CommonOptions.PermissionOf(parsed, noInstall)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] names, Installer.Permission permission)
    {
        session.RequireSamples(names);
        await CommonOptions.EnsureAsync(session, Requirement.ForBuilding, permission);
        RepositoryLayout layout = session.Layout;
        using BuildLock _ = await session.LockAsync();
        await PublishAsync(session, names.Length == 0 ? session.Graph.Samples : names);
        foreach (string file in new[] { layout.KernelElf, layout.RootServerElf })
        {
            session.Terminal.Line($"{layout.Relative(file)}  {new FileInfo(file).Length,9} bytes  sha256 {ContentHash.OfFile(file)}");
        }
        session.Terminal.Line("boot it with:");
        string files = $"-kernel {layout.Relative(layout.KernelElf)} -initrd {layout.Relative(layout.RootServerElf)}";
        session.Terminal.Line("  qemu-system-x86_64 -cpu max -m 512 -nographic " + files);
        return 0;
    }

    /// <summary>Builds the image and puts its two files in their well-known places. The caller holds the build lock.</summary>
    internal static async Task PublishAsync(Session session, IEnumerable<string> names)
    {
        BootImage image = await BootImages.BuildAsync(session, session.Systems.OfPrograms(names));
        AtomicFile.Copy(image.Kernel, session.Layout.KernelElf);
        AtomicFile.Copy(image.RootServer, session.Layout.RootServerElf);
    }
}
