// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Finds source files, always in the same order so that equal trees give equal images.</summary>
public static class Sources
{
    private static readonly string[] s_skippedFolders = ["bin", "obj", "tests", "host"];

    /// <summary>Files below <paramref name="folder"/> with one of the extensions; relative to the top folder, sorted by ordinal.</summary>
    /// <remarks>Left out: folders named tests, host, bin and obj, and the folders in <paramref name="otherFolders"/>.</remarks>
    public static IReadOnlyList<string> Find(
        RepositoryLayout layout, string folder, string pattern, IReadOnlyCollection<string> otherFolders)
    {
        var found = new List<string>();
        Collect(layout, folder, pattern, otherFolders, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Collect(
        RepositoryLayout layout, string folder, string pattern, IReadOnlyCollection<string> otherFolders, List<string> found)
    {
        string absolute = layout.Absolute(folder);
        if (!Directory.Exists(absolute)) return;
        foreach (string file in Directory.EnumerateFiles(absolute, pattern)) found.Add(folder + "/" + Path.GetFileName(file));
        foreach (string child in Directory.EnumerateDirectories(absolute))
        {
            string name = Path.GetFileName(child);
            string relative = folder + "/" + name;
            if (s_skippedFolders.Contains(name) || otherFolders.Contains(relative)) continue;
            Collect(layout, relative, pattern, otherFolders, found);
        }
    }
}
