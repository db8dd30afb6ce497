// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 repro</c>: the same sources give the same bytes wherever they lie.</summary>
internal static class ReproCommand
{
    private static readonly string[] s_notSources = [".git", "artifacts", "bin", "obj"];

    internal static Command Create(Session session)
    {
        var keep = new Option<bool>("--keep") { Description = "Leave the two builds in artifacts/repro" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("repro", "Build twice in different folders and compare the hashes") { keep, noInstall };
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBuilding, CommonOptions.PermissionOf(parsed, noInstall));
            return await RunAsync(session, parsed.GetValue(keep));
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, bool keep)
    {
        string parent = Path.Combine(session.Layout.Artifacts, "repro");
        // Different lengths and a blank, so that a path that leaks into an image changes it.
        string[] folders = [Path.Combine(parent, "one"), Path.Combine(parent, "the second copy")];
        using BuildLock held = await session.LockAsync();
        if (Directory.Exists(parent)) Directory.Delete(parent, recursive: true);
        var hashes = new List<IReadOnlyDictionary<string, string>>();
        foreach (string folder in folders)
        {
            session.Terminal.Note("building in " + session.Layout.Relative(folder));
            CopySources(session.Layout.Root, folder);
            hashes.Add(await BuildAsync(new Session(new RepositoryLayout(folder), session.Terminal, session.Interrupts)));
        }
        int different = 0;
        foreach ((string file, string hash) in hashes[0])
        {
            bool isSame = hashes[1][file] == hash;
            if (isSame) session.Terminal.Good($"same       {file}  {hash}");
            else session.Terminal.Bad($"DIFFERENT  {file}  {hash}  {hashes[1][file]}");
            different += isSame ? 0 : 1;
        }
        if (!keep && different == 0) Directory.Delete(parent, recursive: true);
        return different == 0 ? 0 : BuildException.Failure;
    }

    private static async Task<IReadOnlyDictionary<string, string>> BuildAsync(Session session)
    {
        await ImageCommand.PublishAsync(session, session.Graph.Samples);
        RepositoryLayout layout = session.Layout;
        string[] files = [layout.KernelElf, layout.RootServerElf, .. session.Graph.Samples.Select(layout.SampleElf)];
        return files.ToDictionary(layout.Relative, ContentHash.OfFile);
    }

    private static void CopySources(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (string folder in Directory.EnumerateDirectories(from))
        {
            string name = Path.GetFileName(folder);
            if (!s_notSources.Contains(name)) CopySources(folder, Path.Combine(to, name));
        }
    }
}
