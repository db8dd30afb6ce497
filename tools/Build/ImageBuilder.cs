// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Suite.Tables;

namespace Sel4.Tools.Build;

/// <summary>What a built program consists of. Paths are absolute.</summary>
/// <param name="Elf">The linked file with symbols and debug information.</param>
public sealed record BuiltProgram(ImageProgram Program, string Elf);

/// <summary>What the ahead-of-time compiler made of an assembly, and what it said.</summary>
public sealed record CompiledObject(string Object, string Log);

/// <summary>Turns the rows of the image graph into ELF files: csc for each assembly, then as, ilc and ld for each program.</summary>
/// <remarks>
/// Steps run in parallel as their inputs allow, and only when content changed. Compilers run in the top folder and see relative
/// paths, and debug information names the sources as /sel4/…, so the bytes do not depend on where the working copy lies.
/// </remarks>
public sealed class ImageBuilder(RepositoryLayout layout, ImageGraph graph, Toolchain tools, StepCache cache)
{
    /// <summary>The folder name that debug information gives to the top of the working copy.</summary>
    public const string SourcePrefix = "/sel4";

    private const string RootTaskBase = "0x10000000";
    private static readonly TimeSpan s_stepLimit = TimeSpan.FromMinutes(3);

    /// <summary>Compiles one assembly and what it refers to; gives the path of the implementation.</summary>
    public async Task<string> BuildAssemblyAsync(ImageAssembly assembly, CancellationToken cancel)
    {
        ImageAssembly[] references = [.. graph.Closure(assembly).Where(node => node != assembly)];
        await Task.WhenAll(references.Select(reference => BuildAssemblyAsync(reference, cancel)));

        IReadOnlyList<string> sources = graph.SourcesOf(assembly, "*.cs");
        if (assembly.Tests != TestKind.None) sources = [.. sources, layout.Relative((await BuildTestsAsync(assembly, cancel)).Code)];
        if (sources.Count == 0)
        {
            throw new BuildException($"assembly {assembly.Name}: no C# sources in {string.Join(", ", assembly.Folders)}");
        }
        string implementation = OutputOf(assembly, ".dll");
        string surface = OutputOf(assembly, ".ref.dll");
        string[] options =
        [
            "-nostdlib", "-nologo", "-target:library", "-unsafe", "-optimize+", "-debug:portable",
            "-langversion:14", "-runtimemetadataversion:v4.0.30319", "-deterministic", "-warnaserror+", "-nullable:enable",
            "-utf8output", $"-pathmap:{layout.Root}={SourcePrefix}",
            .. assembly.NoWarn.Select(code => "-nowarn:" + code),
            .. references.Select(reference => "-r:" + OutputOf(reference, ".ref.dll")),
            "-out:" + implementation, "-refout:" + surface,
        ];
        string response = OutputOf(assembly, ".rsp");
        await cache.RunAsync(
            new BuildStep(
                $"csc-{assembly.Flavour}-{assembly.Name}",
                [.. sources.Select(layout.Absolute), .. references.Select(reference => OutputOf(reference, ".ref.dll"))],
                [.. options, tools.Identity],
                [implementation, surface])
            {
                Run = async stop =>
                {
                    WriteResponse(response, [.. options, .. sources]);
                    await RunAsync($"compile {assembly.Name}", tools.Dotnet, ["exec", tools.Csc, "-noconfig", "@" + response], stop);
                },
            },
            cancel);
        return implementation;
    }

    /// <summary>Builds a program down to its ELF file.</summary>
    /// <param name="extraObjects">Object files that belong to this link only, such as the archive that a root server carries.</param>
    /// <param name="elf">Where the result goes; the usual place when null.</param>
    public async Task<BuiltProgram> BuildProgramAsync(
        ImageProgram program, CancellationToken cancel, IReadOnlyList<string>? extraObjects = null, string? elf = null)
    {
        ImageAssembly main = graph.Assembly(program.Assembly, program.Flavour);
        Task<string[]> assembled =
            Task.WhenAll(graph.AssemblyFilesOf(program).Select(file => AssembleAsync(layout.Absolute(file), cancel)));
        CompiledObject managed = await CompileAheadAsync(program.Name, main, cancel);
        string[] objects = [.. await assembled, .. extraObjects ?? [], managed.Object];
        if (program.Flavour == Flavour.User) objects = [.. objects, await BuildNamesAsync(program, main, managed, cancel)];
        if (main.Tests != TestKind.None)
            objects = [.. objects, await AssembleAsync((await BuildTestsAsync(main, cancel)).Table, cancel)];
        elf ??= Path.Combine(layout.Objects, "programs", program.Name + ".elf");
        await LinkAsync(program, objects, elf, cancel);
        return new BuiltProgram(program, elf);
    }

    private async Task<string> BuildNamesAsync(
        ImageProgram program, ImageAssembly main, CompiledObject managed, CancellationToken cancel)
    {
        string[] assemblies = [.. graph.Closure(main).Select(assembly => OutputOf(assembly, ".dll"))];
        string table = Path.Combine(layout.Objects, "programs", program.Name + ".names.S");
        await cache.RunAsync(
            new BuildStep("names-" + program.Name, [managed.Object, .. assemblies], ["2"], [table])
            {
                Run = _ =>
                {
                    AtomicFile.WriteText(table, NameTables.Of(managed.Object, assemblies));
                    return Task.CompletedTask;
                },
            },
            cancel);
        return await AssembleAsync(table, cancel);
    }

    /// <summary>Makes what the tests in an assembly's sources become: code that runs them, and their table.</summary>
    private async Task<(string Code, string Table)> BuildTestsAsync(ImageAssembly assembly, CancellationToken cancel)
    {
        IReadOnlyList<string> sources = [.. graph.SourcesOf(assembly, "*.cs").Except(assembly.SharedFiles)];
        string code = OutputOf(assembly, ".tests.cs");
        string table = OutputOf(assembly, ".tests.S");
        await cache.RunAsync(
            new BuildStep("tests-" + assembly.Name, [.. sources.Select(layout.Absolute)], ["1", assembly.Tests.ToString()], [code, table])
            {
                Run = _ =>
                {
                    IReadOnlyList<TestDeclaration> tests = TestSources.Read(layout, sources);
                    AtomicFile.WriteText(code, TestCodeWriter.Write(tests, assembly.Tests));
                    AtomicFile.WriteText(table, TestTableWriter.WriteAssembly(tests));
                    return Task.CompletedTask;
                },
            },
            cancel);
        return (code, table);
    }

    /// <summary>Assembles one file with GNU as; included files are looked for beside it.</summary>
    public async Task<string> AssembleAsync(string source, CancellationToken cancel)
    {
        string relative = layout.Relative(source);
        string name = relative.Replace('/', '-');
        string output = Path.Combine(layout.Objects, "asm", name + ".o");
        string plain = Path.Combine(layout.Objects, "asm", name + ".plain.s");
        string folder = layout.Relative(Path.GetDirectoryName(source)!);
        string[] arguments =
        [
            "--64", "-g", "--debug-prefix-map", $"{layout.Root}={SourcePrefix}", "-I", folder, "-o", output, layout.Relative(plain),
        ];
        await cache.RunAsync(
            new BuildStep("as-" + name, [source, .. AssemblySource.IncludedFiles(source)], arguments, [output])
            {
                Run = async stop =>
                {
                    AtomicFile.WriteText(plain, AssemblySource.WithoutLineComments(relative, await File.ReadAllTextAsync(source, stop)));
                    await RunAsync($"assemble {relative}", tools.Assembler, arguments, stop);
                },
            },
            cancel);
        return output;
    }

    /// <summary>Copies a program without its debug information, for carrying in an archive.</summary>
    public async Task<string> StripAsync(BuiltProgram built, CancellationToken cancel)
    {
        string output = Path.ChangeExtension(built.Elf, ".stripped.elf");
        string[] arguments = ["--strip-debug", "-o", output, built.Elf];
        await cache.RunAsync(
            new BuildStep("strip-" + built.Program.Name, [built.Elf], arguments, [output])
            {
                Run = stop => RunAsync($"strip {built.Program.Name}", tools.Strip, arguments, stop),
            },
            cancel);
        return output;
    }

    /// <summary>Compiles an assembly and all it refers to down to one object file.</summary>
    public async Task<CompiledObject> CompileAheadAsync(string name, ImageAssembly main, CancellationToken cancel)
    {
        await BuildAssemblyAsync(main, cancel);
        string[] inputs = [.. graph.Closure(main).Select(assembly => OutputOf(assembly, ".dll"))];
        string output = Path.Combine(layout.Objects, "programs", name + ".o");
        string log = Path.ChangeExtension(output, ".ilc.txt");
        string response = Path.ChangeExtension(output, ".ilc.rsp");
        string[] options =
        [
            .. inputs.Select(layout.Relative), "-o:" + layout.Relative(output), "--systemmodule:" + ImageGraph.Corelib,
            "--nativelib", "-O", "-g", "--targetos:linux", "--targetarch:x64", "--noinlinetls", "--verbose",
        ];
        await cache.RunAsync(
            new BuildStep("ilc-" + name, inputs, [.. options, tools.Identity], [output, log])
            {
                Run = async stop =>
                {
                    WriteResponse(response, options);
                    string said = await RunAsync($"compile {name} ahead of time", tools.Ilc, ["@" + response], stop);
                    await File.WriteAllTextAsync(log, said, stop);
                },
            },
            cancel);
        return new CompiledObject(output, await File.ReadAllTextAsync(log, cancel));
    }

    private async Task LinkAsync(ImageProgram program, string[] objects, string elf, CancellationToken cancel)
    {
        string script = layout.Absolute(program.LinkScript);
        string staging = elf + ".new";
        string[] arguments =
        [
            "-nostdlib", "-static", "-z", "max-page-size=4096", "-z", "noexecstack", "--no-warn-rwx-segments", "--build-id=none",
            .. program.Kind == ProgramKind.RootTask ? (string[])["--defsym", "image_base=" + RootTaskBase] : [],
            "-T", program.LinkScript, "-o", layout.Relative(staging), .. objects.Select(layout.Relative),
        ];
        await cache.RunAsync(
            new BuildStep("ld-" + layout.Relative(elf).Replace('/', '-'), [script, .. objects], arguments, [elf])
            {
                Run = async stop =>
                {
                    await RunAsync($"link {program.Name}", tools.Linker, arguments, stop);
                    File.Move(staging, elf, overwrite: true);
                },
            },
            cancel);
    }

    private async Task<string> RunAsync(string what, string file, string[] arguments, CancellationToken cancel)
    {
        ProcessResult result = await ExternalProcess.RunAsync(file, arguments, layout.Root, s_stepLimit, cancel);
        if (!result.Succeeded)
        {
            throw new BuildException($"cannot {what} ({Path.GetFileName(file)} ended with {result.ExitCode}):\n{result.Output.TrimEnd()}");
        }
        return result.Output;
    }

    private string OutputOf(ImageAssembly assembly, string extension) =>
        Path.Combine(layout.Objects, assembly.Flavour.ToString().ToLowerInvariant(), assembly.Name, assembly.Name + extension);

    // One argument a line, quoted, so that blanks in the path do no harm.
    private static void WriteResponse(string file, IEnumerable<string> arguments) =>
        AtomicFile.WriteText(file, string.Join('\n', arguments.Select(argument =>
            argument.Contains(' ') ? $"\"{argument}\"" : argument)) + "\n");
}
