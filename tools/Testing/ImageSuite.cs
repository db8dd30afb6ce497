// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Testing;

/// <summary>Every assembly of the image compiles, every program links.</summary>
internal sealed class ImageSuite(Session session)
{
    internal ITestSuite Create() => new CaseSuite("image",
    [
        new TestCase("Every assembly compiles against the core library", [], CompileAsync),
        new TestCase("The core library has no public name that .NET lacks", [], CompareWithDotnetAsync),
        .. session.Graph.Programs.Where(program => !ImageGraph.CarriesArchive(program)).Select(ProgramCase),
        new TestCase("The root server links with the archive of all samples", [], LinkRootServerAsync),
    ]);

    // An assembly that does not compile keeps those above it from compiling with the same message: show it once.
    private async Task CompileAsync(CancellationToken cancel)
    {
        ImageBuilder builder = await session.BuilderAsync();
        Task<string>[] builds =
            [.. session.Graph.Assemblies.Select(assembly => builder.BuildAssemblyAsync(assembly, cancel))];
        var failures = new List<string>();
        foreach (Task<string> build in builds)
        {
            try
            {
                await build;
            }
            catch (BuildException error) when (!failures.Contains(error.Message))
            {
                failures.Add(error.Message);
            }
            catch (BuildException)
            {
                // Told already.
            }
        }
        if (failures.Count > 0) throw new BuildException(string.Join('\n', failures));
    }

    // Two attributes that .NET keeps to itself are how C# and assembly meet; sources that must compile on .NET do without.
    private static readonly string[] s_ownTypes = ["System.Runtime.RuntimeExportAttribute", "System.Runtime.RuntimeImportAttribute"];

    private async Task CompareWithDotnetAsync(CancellationToken cancel)
    {
        ImageBuilder builder = await session.BuilderAsync();
        string corelib = await builder.BuildAssemblyAsync(session.Graph.Assembly(ImageGraph.Corelib, Flavour.User), cancel);
        var dotnet = new HashSet<string>();
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        foreach (string path in Directory.EnumerateFiles(framework, "System.*.dll")) dotnet.UnionWith(ApiSurface.Of(path));
        string[] own =
        [
            .. ApiSurface.Of(corelib)
                .Where(line => !dotnet.Contains(line) && !s_ownTypes.Any(type => line.Contains(type, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal)
        ];
        if (own.Length > 0) throw new BuildException("public in the core library but not in .NET:\n" + string.Join('\n', own));
    }

    private TestCase ProgramCase(ImageProgram program) => new($"Program {program.Name} links", [], async cancel =>
    {
        await (await session.BuilderAsync()).BuildProgramAsync(program, cancel);
    });

    private async Task LinkRootServerAsync(CancellationToken cancel)
    {
        await BootImages.BuildAsync(session, session.Systems.OfPrograms(session.Graph.Samples));
    }
}
