// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Where things lie in a working copy. Every path that a command uses comes from here.</summary>
public sealed class RepositoryLayout(string root)
{
    /// <summary>The top folder, absolute and without a trailing separator.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public string Artifacts => Path.Combine(Root, "artifacts");
    public string Objects => Path.Combine(Artifacts, "obj");
    public string KernelElf => Path.Combine(Artifacts, "kernel.elf");
    public string RootServerElf => Path.Combine(Artifacts, "rootserver.elf");
    public string SampleElf(string name) => Path.Combine(Artifacts, "samples", name + ".elf");
    public string TestResults => Path.Combine(Artifacts, "test-results.xml");
    public string HostTestProject => Path.Combine(Root, "tests", "Host", "Host.Tests.csproj");
    public string HostTestAssembly => Path.Combine(Artifacts, "host", "bin", "Host.Tests", "debug", "Host.Tests.dll");

    /// <summary>The absolute path of something named relative to the top folder.</summary>
    public string Absolute(string relative) => Path.Combine(Root, relative);

    /// <summary>The path relative to the top folder, with forward slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path);

    /// <summary>Finds the working copy: what the start script says, else the nearest folder above that holds the script.</summary>
    public static RepositoryLayout Find()
    {
        string? given = Environment.GetEnvironmentVariable("SEL4_ROOT");
        if (!string.IsNullOrEmpty(given)) return new RepositoryLayout(given);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "sel4")) && File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return new RepositoryLayout(folder.FullName);
            }
        }
        throw new BuildException("cannot find the repository: start the tool by its script, ./sel4");
    }
}
