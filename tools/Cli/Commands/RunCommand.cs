// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;
using Sel4.Tools.Testing;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 run [NAME…]</c>: from sources to samples running in QEMU.</summary>
internal static class RunCommand
{
    internal static Command Create(Session session)
    {
        var names = CommonOptions.SampleNames("Samples to run, one after the other; none means all of them");
        var system = CommonOptions.SystemFile();
        var policies = CommonOptions.Policies();
        var repeat = new Option<int?>("--repeat") { Description = "How often each child runs", HelpName = "TIMES" };
        var timeout = CommonOptions.TimeoutSeconds(60);
        var console = new Option<bool>("--console")
        {
            Description = "Have an operator's console on the serial line; without --timeout it goes on until `quit`",
        };
        var accept = new Option<bool>("--accept") { Description = "Write what the samples print into their expected.txt" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("run", "Install what is missing, build, and boot kernel, root server and samples in QEMU")
        {
            names, system, policies, repeat, timeout, console, accept, noInstall,
        };
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBooting, CommonOptions.PermissionOf(parsed, noInstall));
            bool hasConsole = parsed.GetValue(console);
            var changes = new DescriptionChanges
            {
                Repeat = parsed.GetValue(repeat), Policies = parsed.GetValue(policies)!, Console = hasConsole,
            };
            string[] chosen = parsed.GetValue(names)!;
            string? file = parsed.GetValue(system);
            SystemDescription description = CommonOptions.Describe(session, chosen, file, changes);
            bool isEndless = hasConsole && parsed.GetResult(timeout) is not { Implicit: false };
            TimeSpan limit = isEndless ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(parsed.GetValue(timeout));
            using Keyboard? keyboard = hasConsole ? new Keyboard() : null;
            BootResult result = await BootAsync(session, description, limit, keyboard);
            if (parsed.GetValue(accept) && result.Succeeded) Accept(session, result);

            // What a sample prints is only known for its own description: policies, operators and other systems change it.
            bool isPlain = file is null && changes.Policies.Count == 0 && !hasConsole;
            return Judge(session, description, result, isPlain);
        });
        return command;
    }

    private static async Task<BootResult> BootAsync(
        Session session, SystemDescription description, TimeSpan limit, Keyboard? keyboard)
    {
        using BootFolder boot = await BootImages.PrepareAsync(session, description);
        session.Terminal.Note($"booting {string.Join(", ", description.Children)}");
        var machine = new MachineOptions(boot.Image) { Keyboard = keyboard };
        BootResult result = await Machine.RunAsync(machine, limit, Console.Out.Write, session.Cancel);
        session.Terminal.Line("");
        return result;
    }

    private static int Judge(Session session, SystemDescription description, BootResult result, bool isPlain)
    {
        Terminal terminal = session.Terminal;
        string[] names = [.. description.Started];
        int failures = 0;
        List<ChildRun> runs = [.. result.Transcript.Children];
        foreach (string name in names)
        {
            ChildRun? run = runs.FirstOrDefault(run => run.Name == name);
            if (run is not null) runs.Remove(run);
            ExpectedOutput expected = isPlain ? Expected(session, name) : ExpectedOutput.Any;
            string? difference = run is null ? "it was not started" : expected.Difference(run);
            if (difference is null) terminal.Good($"{name}: ok");
            else terminal.Bad($"{name}: FAILED: {difference}");
            failures += difference is null ? 0 : 1;
        }
        if (!result.Succeeded) terminal.Bad($"boot: FAILED: {result.Reason}");
        else if (failures > 0 && isPlain)
            terminal.Note("If that is what they should do, add --accept: it writes samples/NAME/expected.txt.");
        string duration = $"in {result.Duration.TotalSeconds:0.0} s";
        terminal.Line($"{names.Length - failures} of {names.Length} children did what they should, {duration}");
        return failures == 0 && result.Succeeded ? 0 : BuildException.Failure;
    }

    private static void Accept(Session session, BootResult result)
    {
        foreach (ChildRun run in result.Transcript.Children)
        {
            string path = ExpectedOutput.PathOf(session.Layout, run.Name);
            if (File.Exists(path) && Expected(session, run.Name).Difference(run) is null) continue;
            AtomicFile.WriteText(path, Expected(session, run.Name).Accepting(run));
            session.Terminal.Line("written: " + session.Layout.Relative(path));
        }
    }

    // Somebody's first sample need not be described to run; ./sel4 test insists on it.
    private static ExpectedOutput Expected(Session session, string name) =>
        File.Exists(ExpectedOutput.PathOf(session.Layout, name)) ? ExpectedOutput.OfSample(session.Layout, name) : ExpectedOutput.Any;
}
