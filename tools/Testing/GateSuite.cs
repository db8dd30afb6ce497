// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Build.Gates;

namespace Sel4.Tools.Testing;

/// <summary>Holds the kernel to its gates, and each gate to a small program that it must refuse.</summary>
internal sealed class GateSuite(RepositoryLayout layout, ImageGraph graph, Func<Task<ImageBuilder>> builder)
{
    internal ITestSuite Create()
    {
        var undefined = UndefinedSymbolsGate.FromList(layout);
        var statics = new StaticDataGate();
        var registers = new IntegerRegistersGate();
        return new CaseSuite("gates",
        [
            Holds(undefined), Holds(statics), Holds(registers),
            Refuses("an allocation", new UndefinedSymbolsGate([]), "RhpNewFast", GateScratch.Allocation),
            Refuses("a throw", new UndefinedSymbolsGate([]), "RhpThrowEx", GateScratch.Throw),
            Refuses("a symbol listed but unused", new UndefinedSymbolsGate(["no_such_symbol"]), "no_such_symbol", GateScratch.Nothing),
            Refuses("a lazy static", statics, "cctor", GateScratch.LazyStatic),
            Refuses("a lazy static in what the compiler says", statics, "Could not preinitialize", GateScratch.LazyStatic),
            Refuses("the copy of a whole struct", registers, "xmm", GateScratch.StructCopy),
            Accepts("integer code", [new StaticDataGate(), registers], GateScratch.Nothing),
        ]);
    }

    private TestCase Holds(IGate gate) => new(gate.Promise, [], async cancel =>
    {
        ImageProgram kernel = graph.Program(ImageGraph.KernelProgram);
        CompiledObject compiled =
            await (await builder()).CompileAheadAsync(kernel.Name, graph.Assembly(kernel.Assembly, kernel.Flavour), cancel);
        IReadOnlyList<string> violations = gate.Violations(GateSubject.Of(compiled.Object, compiled.Log));
        if (violations.Count > 0) throw new BuildException(string.Join('\n', violations));
    });

    private TestCase Refuses(string what, IGate gate, string clue, string source) =>
        new($"{gate.GetType().Name} refuses {what}", [], async cancel =>
        {
            IReadOnlyList<string> violations = gate.Violations(await ScratchAsync(what, source, cancel));
            if (!violations.Any(violation => violation.Contains(clue, StringComparison.Ordinal)))
            {
                throw new BuildException($"no violation names '{clue}'; there are {violations.Count}:\n{string.Join('\n', violations)}");
            }
        });

    private TestCase Accepts(string what, IGate[] gates, string source) => new($"The gates accept {what}", [], async cancel =>
    {
        GateSubject subject = await ScratchAsync(what, source, cancel);
        string[] violations = [.. gates.SelectMany(gate => gate.Violations(subject))];
        if (violations.Length > 0) throw new BuildException(string.Join('\n', violations));
    });

    // Compiled like the kernel, against the same core library.
    private async Task<GateSubject> ScratchAsync(string what, string source, CancellationToken cancel)
    {
        string name = "gate-" + what.Replace(' ', '-');
        string file = $"artifacts/obj/gates/{name}.cs";
        string path = layout.Absolute(file);
        if (!File.Exists(path) || await File.ReadAllTextAsync(path, cancel) != source) AtomicFile.WriteText(path, source);
        var assembly = new ImageAssembly(name, Flavour.Kernel, [], []) { SharedFiles = [file] };
        CompiledObject compiled = await (await builder()).CompileAheadAsync(name, assembly, cancel);
        return GateSubject.Of(compiled.Object, compiled.Log);
    }
}
