// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Cli.Commands;

namespace Sel4.Tools.Cli;

/// <summary>A file that was built twice, with its two hashes.</summary>
internal sealed record ReproducedFile(string Name, string First, string Second)
{
    internal bool IsSame => First == Second;
}

/// <summary>Builds every image in two copies of the sources. The caller holds the build lock.</summary>
internal static class Reproduction
{
    private static readonly string[] s_notSources = [".git", "artifacts", "bin", "obj"];

    internal static async Task<IReadOnlyList<ReproducedFile>> BuildTwiceAsync(Session session)
    {
        Clean(session.Layout);
        string parent = FolderOf(session.Layout);
        // Different lengths and a blank, so that a path that leaks into an image changes it.
        IReadOnlyDictionary<string, string> first = await BuildCopyAsync(session, Path.Combine(parent, "one"));
        IReadOnlyDictionary<string, string> second = await BuildCopyAsync(session, Path.Combine(parent, "the second copy"));
        return [.. first.Select(file => new ReproducedFile(file.Key, file.Value, second[file.Key]))];
    }

    internal static void Clean(RepositoryLayout layout)
    {
        if (Directory.Exists(FolderOf(layout))) Directory.Delete(FolderOf(layout), recursive: true);
    }

    private static string FolderOf(RepositoryLayout layout) => Path.Combine(layout.Artifacts, "repro");

    private static async Task<IReadOnlyDictionary<string, string>> BuildCopyAsync(Session original, string folder)
    {
        original.Terminal.Note("building in " + original.Layout.Relative(folder));
        CopySources(original.Layout.Root, folder);
        var session = new Session(new RepositoryLayout(folder), original.Terminal, original.Interrupts);
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
