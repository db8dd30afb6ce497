// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;

namespace Sel4.Tools.Build;

/// <summary>Two files that boot together.</summary>
public sealed record BootImage(string Kernel, string RootServer);

/// <summary>Puts boot images together: builds kernel, root server and children, and gives the root server its archive.</summary>
/// <remarks>
/// The archive becomes an object file whose function <c>rootserver_archive(nuint* length)</c> returns its address, which works
/// wherever the root server is loaded and needs no symbol arithmetic in C#.
/// </remarks>
public sealed class BootImageBuilder(RepositoryLayout layout, ImageGraph graph, ImageBuilder builder)
{
    /// <summary>Builds the image for a system. The files carry symbols. The caller holds the build lock.</summary>
    public async Task<BootImage> BuildAsync(SystemDescription system, CancellationToken cancel)
    {
        IReadOnlyList<string> names = system.Programs;
        byte[] packed = system.ToBytes();
        Task<BuiltProgram> kernel = builder.BuildProgramAsync(graph.Program(ImageGraph.KernelProgram), cancel);
        Task<byte[][]> children = Task.WhenAll(names.Select(name => ChildAsync(name, cancel)));
        byte[] archive = CpioArchive.Write(
            [(SystemDescription.FileName, packed), .. names.Zip(await children)]);
        string folder = Path.Combine(layout.Objects, "boot", ContentHash.OfText([Convert.ToHexString(packed)])[..16]);
        string carried = await AssembleArchiveAsync(builder, folder, archive, cancel);
        BuiltProgram root = await builder.BuildProgramAsync(
            graph.Program(ImageGraph.RootServerProgram), cancel, [carried], Path.Combine(folder, "rootserver.elf"));
        return new BootImage((await kernel).Elf, root.Elf);
    }

    private async Task<byte[]> ChildAsync(string name, CancellationToken cancel)
    {
        BuiltProgram built = await builder.BuildProgramAsync(graph.Program(name), cancel);
        string stripped = await builder.StripAsync(built, cancel);
        if (graph.Samples.Contains(name)) AtomicFile.Copy(built.Elf, layout.SampleElf(name));
        return await File.ReadAllBytesAsync(stripped, cancel);
    }

    /// <summary>Makes an archive an object file that a root task can be linked with.</summary>
    public static async Task<string> AssembleArchiveAsync(ImageBuilder builder, string folder, byte[] archive, CancellationToken cancel)
    {
        AtomicFile.WriteBytes(Path.Combine(folder, "archive.cpio"), archive);
        string source = Path.Combine(folder, "archive.S");
        AtomicFile.WriteText(source, ArchiveSource);
        return await builder.AssembleAsync(source, cancel);
    }

    private const string ArchiveSource = """
        # SPDX-License-Identifier: BSD-2-Clause
        # byte* rootserver_archive(nuint* length): where the archive lies, and how long it is.
        .text
        .globl rootserver_archive
        .type rootserver_archive, @function
        rootserver_archive:
            leaq archive_start(%rip), %rax
            movq $(archive_end - archive_start), (%rdi)
            ret

        .section .archive, "a", @progbits
        .balign 4096
        archive_start:
            .incbin "archive.cpio"
        archive_end:

        """;
}

/// <summary>A private copy of a boot image, so that a build started meanwhile does not change what boots.</summary>
public sealed class BootFolder : IDisposable
{
    private static int s_serial;
    private readonly string _folder;

    public BootFolder(RepositoryLayout layout, BootImage image)
    {
        string parent = Path.Combine(layout.Artifacts, "run");
        RemoveLeftovers(parent);
        _folder = Path.Combine(parent, $"{Environment.ProcessId}-{Interlocked.Increment(ref s_serial)}");
        Directory.CreateDirectory(_folder);
        Image = new BootImage(Path.Combine(_folder, "kernel.elf"), Path.Combine(_folder, "rootserver.elf"));
        File.Copy(image.Kernel, Image.Kernel, overwrite: true);
        File.Copy(image.RootServer, Image.RootServer, overwrite: true);
    }

    public BootImage Image { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A command that was killed leaves its folder behind; the next one clears it away.
    private static void RemoveLeftovers(string parent)
    {
        if (!Directory.Exists(parent)) return;
        foreach (string folder in Directory.EnumerateDirectories(parent))
        {
            string owner = Path.GetFileName(folder).Split('-')[0];
            if (!Directory.Exists("/proc/" + owner)) Directory.Delete(folder, recursive: true);
        }
    }
}
