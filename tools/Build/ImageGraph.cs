// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Tools.Build;

/// <summary>Which of the two worlds an assembly is compiled for. They differ in the core library that they see.</summary>
public enum Flavour { Kernel, User }

/// <summary>How a program comes to life, which decides its start-up stub.</summary>
public enum ProgramKind
{
    /// <summary>Started by the boot loader: brings its own entry code.</summary>
    Kernel,

    /// <summary>Started by the kernel with a pointer to BootInfo and no stack (libsel4/runtime/image/RootStart.S).</summary>
    RootTask,

    /// <summary>Started by another program with a System V stack (libsel4/runtime/image/ChildStart.S).</summary>
    Child,

    /// <summary>Started by Linux on the build machine, to test the core library: brings its own entry code and services.</summary>
    LinuxProcess,
}

/// <summary>What the tests of an assembly become.</summary>
public enum TestKind
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>A program that runs one of them, by name; the build writes its <c>Main</c>.</summary>
    Program,

    /// <summary>A table and a dispatch for a program that has a <c>Main</c> of its own.</summary>
    Table,
}

/// <summary>An assembly of the image: compiled by csc against the assemblies it refers to and nothing else.</summary>
/// <param name="Folders">Its sources: every *.cs below, but for tests, host files and folders that belong to another row.</param>
/// <param name="References">The arrows. Corelib is implied.</param>
public sealed record ImageAssembly(string Name, Flavour Flavour, string[] Folders, string[] References)
{
    /// <summary>Single files from elsewhere that are compiled in.</summary>
    public string[] SharedFiles { get; init; } = [];

    /// <summary>Compiler warnings that do not apply, each with its reason where the row is.</summary>
    public string[] NoWarn { get; init; } = [];

    /// <summary>Whether the build makes a table of the tests in its sources, and the code that runs them by number.</summary>
    public TestKind Tests { get; init; }

    public bool IsCorelib => Name == ImageGraph.Corelib;
}

/// <summary>A program of the image: assemblies compiled to one object file by ilc and linked to one ELF file.</summary>
/// <param name="Output">Relative to the folder artifacts.</param>
public sealed record ImageProgram(string Name, ProgramKind Kind, string Assembly, string LinkScript, string Output)
{
    public Flavour Flavour => Kind == ProgramKind.Kernel ? Flavour.Kernel : Flavour.User;

    /// <summary>Folders with assembly files for this program alone.</summary>
    public string[] ExtraFolders { get; init; } = [];
}

/// <summary>The one table of what the image is made of.</summary>
/// <remarks>
/// To add a layer, add a row to <see cref="s_assemblies"/>; to add a sample, make a folder below samples with a Program.cs.
/// Assembly files (*.S) need no row: those below an assembly's folders are linked into every program that refers to it,
/// except that of RootStart.S and ChildStart.S only the one for the program's kind is taken.
/// </remarks>
public sealed class ImageGraph
{
    public const string Corelib = "Corelib";
    public const string KernelProgram = "kernel";
    public const string RootServerProgram = "rootserver";
    public const string KernelBenchProgram = "bench-kernel";
    public const string RpcBenchProgram = "bench-rpc";
    public const string FuzzProgram = "fuzz";
    public const string CorelibTestProgram = "corelib-tests";
    public const string HostileProgram = "hostile";
    public const string TestDriverProgram = "test-driver";
    public const string SuiteProgram = "suite";
    public const string SuiteBadProgram = "suite-bad";
    private const string EntryPoint = "libsel4/runtime/program/EntryPoint.cs";
    private const string UserLinkScript = "libsel4/runtime/image/user.ld";

    // Fields that only the compiler's own code touches (CS0169, CS0649), constructors that the compiler replaces (CS0824), a
    // number compared with itself to find NaN (CS1718), pointers to managed types (CS8500): a core library is made of these.
    private static readonly string[] s_corelibNoWarn = ["CS0169", "CS0649", "CS0824", "CS1718", "CS8500"];

    private static readonly ImageAssembly[] s_assemblies =
    [
        new(Corelib, Flavour.Kernel, ["corelib/Base"], []) { NoWarn = s_corelibNoWarn },
        new("Sel4.Abi", Flavour.Kernel, ["libsel4/abi"], []),
        new("Kernel.Core", Flavour.Kernel, ["kernel/core"], ["Sel4.Abi"]),
        new("Kernel.X64", Flavour.Kernel, ["kernel/arch/x86_64"], ["Kernel.Core"]),
        new("Kernel.Pc99", Flavour.Kernel, ["kernel/machine/pc99"], ["Kernel.X64"]),
        new("Kernel.Image", Flavour.Kernel, ["kernel/image"], ["Kernel.Core", "Kernel.X64", "Kernel.Pc99"]),

        new(Corelib, Flavour.User, ["corelib/Base", "corelib/Managed"], []) { NoWarn = s_corelibNoWarn },
        new("Corelib.Tests", Flavour.User, ["corelib/tests/image"], []),
        new("Sel4.Abi", Flavour.User, ["libsel4/abi"], []),
        new("Sel4", Flavour.User, ["libsel4"], ["Sel4.Abi"]),
        new("Sel4.Rpc.Wire", Flavour.User, ["libsel4rpc/wire"], []),
        new("Sel4.Rpc.Client", Flavour.User, ["libsel4rpc/client"], ["Sel4", "Sel4.Rpc.Wire"]),
        new("Sel4.Rpc.Server", Flavour.User, ["libsel4rpc/server"], ["Sel4", "Sel4.Rpc.Wire"]),
        new("Sel4.Allocators", Flavour.User, ["allocators"], ["Sel4"]),
        new("Sel4.Allocators.Rpc", Flavour.User, ["allocators/rpc"], ["Sel4.Allocators", "Sel4.Rpc.Client"]),
        new("Sel4.Policies", Flavour.User, ["policies"], ["Sel4.Allocators"]),
        new("RootServer", Flavour.User, ["rootserver"], ["Sel4.Allocators", "Sel4.Policies", "Sel4.Rpc.Server"]),
        new("RootServer.Program", Flavour.User, ["rootserver/program"], ["RootServer"]) { SharedFiles = [EntryPoint] },
        new("Bench.Shared", Flavour.User, ["testdriver/Bench/Shared"], ["Sel4"]),
        new("Bench.Kernel", Flavour.User, ["testdriver/Bench/Kernel"], ["Sel4", "Bench.Shared"]) { SharedFiles = [EntryPoint] },
        new("Hostile", Flavour.User, ["tests/Hostile"], ["Sel4", "Sel4.Rpc.Client"]) { SharedFiles = [EntryPoint] },
        new("Requests", Flavour.User, ["tests/Requests"], ["Sel4", "Sel4.Rpc.Client"]) { SharedFiles = [EntryPoint] },
        new("Stubborn", Flavour.User, ["tests/Stubborn"], ["Sel4", "Sel4.Rpc.Client"]) { SharedFiles = [EntryPoint] },
        new(
            "Bench.Rpc", Flavour.User, ["testdriver/Bench/Rpc"],
            ["Sel4", "Sel4.Rpc.Client", "Bench.Shared"]) { SharedFiles = [EntryPoint] },
        new("Sel4.Testing.Protocol", Flavour.User, ["testdriver/Protocol"], []),
        new("Sel4.Testing", Flavour.User, ["testdriver/Testing"], ["Sel4", "Sel4.Testing.Protocol"]),
        new(
            "Sel4.Testing.Process", Flavour.User, ["testdriver/Process"],
            ["Sel4", "Sel4.Rpc.Client", "Sel4.Testing", "Bench.Shared"]),
        new(
            "TestDriver", Flavour.User, ["testdriver/Driver"],
            ["RootServer", "Sel4.Testing", "Bench.Shared"]) { SharedFiles = [EntryPoint], Tests = TestKind.Table },
        new("Suite", Flavour.User, ["tests/Suite"], ["Sel4.Testing.Process"]) { SharedFiles = [EntryPoint], Tests = TestKind.Program },
        new("SuiteBad", Flavour.User, ["tests/SuiteBad"], ["Sel4.Testing.Process"])
        {
            SharedFiles = [EntryPoint], Tests = TestKind.Program,
        },
        new("Fuzz", Flavour.User, ["testdriver/Fuzz"], ["Sel4"]) { SharedFiles = [EntryPoint, "kernel/fuzz/FuzzRandom.cs"] },
    ];

    private static readonly ImageProgram[] s_programs =
    [
        new(KernelProgram, ProgramKind.Kernel, "Kernel.Image", "kernel/image/link.ld", "kernel.elf"),
        new(RootServerProgram, ProgramKind.RootTask, "RootServer.Program", UserLinkScript, "rootserver.elf"),
        new(CorelibTestProgram, ProgramKind.LinuxProcess, "Corelib.Tests", "corelib/tests/linux/link.ld", "corelib-tests.elf")
        {
            ExtraFolders = ["corelib/tests/linux"],
        },
        new(KernelBenchProgram, ProgramKind.RootTask, "Bench.Kernel", UserLinkScript, "bench-kernel.elf"),
        new(HostileProgram, ProgramKind.Child, "Hostile", UserLinkScript, "hostile.elf"),
        new("requests", ProgramKind.Child, "Requests", UserLinkScript, "requests.elf"),
        new("stubborn", ProgramKind.Child, "Stubborn", UserLinkScript, "stubborn.elf"),
        new(FuzzProgram, ProgramKind.RootTask, "Fuzz", UserLinkScript, "fuzz.elf"),
        new(TestDriverProgram, ProgramKind.RootTask, "TestDriver", UserLinkScript, "test-driver.elf"),
        new(SuiteProgram, ProgramKind.Child, "Suite", UserLinkScript, "suite.elf"),
        new(SuiteBadProgram, ProgramKind.Child, "SuiteBad", UserLinkScript, "suite-bad.elf"),
        new(RpcBenchProgram, ProgramKind.Child, "Bench.Rpc", UserLinkScript, "bench-rpc.elf"),
    ];

    private const int MaxSampleName = 31;
    private readonly RepositoryLayout _layout;

    /// <summary>The rows of the table, without the samples.</summary>
    public static IReadOnlyList<ImageAssembly> FixedAssemblies => s_assemblies;

    public ImageGraph(RepositoryLayout layout)
    {
        _layout = layout;
        Samples = FindSamples(layout);
        Assemblies = [.. s_assemblies, .. Samples.Select(SampleAssembly)];
        Programs = [.. s_programs, .. Samples.Select(SampleProgram)];
    }

    /// <summary>Whether a program links only with an archive of other programs.</summary>
    public static bool CarriesArchive(ImageProgram program) => program.Name is RootServerProgram or TestDriverProgram;

    /// <summary>The names of the samples: folders below samples that hold a Program.cs, sorted.</summary>
    public IReadOnlyList<string> Samples { get; }

    public IReadOnlyList<ImageAssembly> Assemblies { get; }

    public IReadOnlyList<ImageProgram> Programs { get; }

    public ImageProgram Program(string name) =>
        Programs.FirstOrDefault(program => program.Name == name) ?? throw new BuildException(
            $"there is no program '{name}'. There are: {string.Join(", ", Programs.Select(program => program.Name))}.",
            BuildException.Usage);

    public ImageAssembly Assembly(string name, Flavour flavour) =>
        Assemblies.FirstOrDefault(assembly => assembly.Name == name && assembly.Flavour == flavour)
        ?? throw new BuildException($"the image graph has no assembly {name} for {flavour}");

    /// <summary>What the row lists, and the core library.</summary>
    public IEnumerable<ImageAssembly> DirectReferences(ImageAssembly assembly)
    {
        if (!assembly.IsCorelib) yield return Assembly(Corelib, assembly.Flavour);
        foreach (string name in assembly.References) yield return Assembly(name, assembly.Flavour);
    }

    /// <summary>Everything that the assembly can reach, itself included, each before what refers to it.</summary>
    public IReadOnlyList<ImageAssembly> Closure(ImageAssembly assembly)
    {
        var ordered = new List<ImageAssembly>();
        void Visit(ImageAssembly node)
        {
            if (ordered.Contains(node)) return;
            foreach (ImageAssembly reference in DirectReferences(node)) Visit(reference);
            ordered.Add(node);
        }
        Visit(assembly);
        return ordered;
    }

    /// <summary>The assembly's files that match the pattern, relative to the top folder, sorted.</summary>
    public IReadOnlyList<string> SourcesOf(ImageAssembly assembly, string pattern)
    {
        HashSet<string> others = [.. Assemblies.SelectMany(other => other.Folders), "libsel4/runtime/program"];
        others.ExceptWith(assembly.Folders);
        IEnumerable<string> own = assembly.Folders.SelectMany(folder => Sources.Find(_layout, folder, pattern, others));
        string extension = Path.GetExtension(pattern);
        return [.. own.Concat(assembly.SharedFiles.Where(file => Path.GetExtension(file) == extension)).Order(StringComparer.Ordinal)];
    }

    /// <summary>The assembly-language files that a program is linked with.</summary>
    public IReadOnlyList<string> AssemblyFilesOf(ImageProgram program)
    {
        string wrongStart = program.Kind == ProgramKind.RootTask ? "ChildStart.S" : "RootStart.S";
        return
        [
            .. Closure(Assembly(program.Assembly, program.Flavour))
                .SelectMany(assembly => SourcesOf(assembly, "*.S"))
                .Concat(program.ExtraFolders.SelectMany(folder => Sources.Find(_layout, folder, "*.S", [])))
                .Where(file => Path.GetFileName(file) != wrongStart)
        ];
    }

    private static IReadOnlyList<string> FindSamples(RepositoryLayout layout)
    {
        string folder = layout.Absolute("samples");
        if (!Directory.Exists(folder)) return [];
        string[] names =
        [
            .. Directory.EnumerateDirectories(folder)
                .Where(sample => File.Exists(Path.Combine(sample, "Program.cs")))
                .Select(sample => Path.GetFileName(sample)!)
                .Order(StringComparer.Ordinal)
        ];
        // The name becomes a word of the selection and part of symbols; the root server keeps 31 bytes of it (RT:§9).
        string? wrong = names.FirstOrDefault(
            name => name.Length > MaxSampleName || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'));
        if (wrong is null) return names;
        throw new BuildException($"samples/{wrong}: a sample's name has at most {MaxSampleName} letters, digits, dashes and underscores");
    }

    private static ImageAssembly SampleAssembly(string name) =>
        new("Sample." + name, Flavour.User, ["samples/" + name], ["Sel4", "Sel4.Rpc.Client", "Sel4.Allocators.Rpc"])
        {
            SharedFiles = [EntryPoint],
        };

    private static ImageProgram SampleProgram(string name) =>
        new(name, ProgramKind.Child, "Sample." + name, UserLinkScript, $"samples/{name}.elf");
}
