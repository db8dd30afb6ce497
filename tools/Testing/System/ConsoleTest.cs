// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build.Description;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing.WholeSystem;

/// <summary>Somebody types on the serial line: lists children and memory, starts, ends and restarts them, mistypes, and quits.</summary>
internal sealed class ConsoleTest : ISystemTest
{
    private const string Description = "tests/Systems/console.textproto";

    private const string Prompt = "sel4> ";

    private static readonly (string After, string Keys)[] s_script =
    [
        (Prompt, "help\r"), ("this list", "ps\r"), ("ms since the start", "mem\r"), ("are out", "caps endless\r"),
        (" are in use", "grants\r"), (" grants\n", "quota endless\r"), ("bookkeeping", "trace on\r"),
        ("audit #", "trace off\r"),
        (Prompt, "trace\r"), ("'on' or 'off'", "why endless\r"), ("  request #", "kill nobody\r"),
        ("no child of that name", "kill\r"), ("takes the name", "ps endless\r"),
        ("takes nothing", "bogus\r"), ("no such command", "spawn endless\r"), ("it runs already", "sp\tlat\t\r"),
        ("stop name=later", "kill later\r"), ("it does not run", "restart endless\r"), ("start name=endless", "quit\r"),
    ];

    private static readonly string[] s_answers =
    [
        "  help ", "child ", "RAM ", " slots of endless are in use", "there is no child of that name", "kill takes the name of one child",
        "ps takes nothing", "there is no such command", "it runs already", "it does not run",
        "kind ", "bookkeeping ", "trace takes 'on' or 'off'", "child=endless op=", "  request #",
    ];

    public string Name => "An operator on the serial line sees and commands the children";

    public IReadOnlyList<string> Rules => ["RT:S3", "RT:L2", "RT:L7", "RT:K1", "RPC:K7"];

    public async Task RunAsync(SystemTestBench bench, CancellationToken cancel)
    {
        await using var script = new ScriptedInput(s_script);
        using var keyboard = new Keyboard(script);
        SystemDescription system = bench.Systems.OfFile(Path.Combine(bench.Layout.Root, Description));
        BootResult result = await bench.BootAsync(
            system, cancel, null, machine => machine with { Keyboard = keyboard, OnText = script.Hear });
        if (!result.Succeeded) throw SystemTestBench.Failure(result.Reason, result);
        foreach (string answer in s_answers)
        {
            bool isThere = result.Transcript.Lines.Any(line => line.Contains(answer, StringComparison.Ordinal));
            if (!isThere) throw SystemTestBench.Failure($"no line says '{answer}'", result);
            string? wide = result.Transcript.Lines.FirstOrDefault(
                line => line.StartsWith(answer, StringComparison.Ordinal) && line.Length > 100);
            if (wide is not null) throw SystemTestBench.Failure($"a line has {wide.Length} columns: {wide}", result);
        }

        Expect(result, "endless", "killed", "killed");
        Expect(result, "later", "exited");
    }

    private static void Expect(BootResult result, string name, params string[] ends)
    {
        ChildRun[] runs = [.. result.Transcript.Children.Where(run => run.Name == name)];
        bool isRight = ends.SequenceEqual(runs.Select(run => run.Stop?["outcome"]))
            && runs.All(run => run.Stop!["reclaimed"] == "yes");
        if (!isRight) throw SystemTestBench.Failure($"{name} did not end as: {string.Join(", ", ends)}", result);
    }
}
