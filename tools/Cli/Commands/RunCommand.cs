// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Qemu;
using Sel4.Tools.Testing;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 run [NAME…]</c>: from sources to samples running in QEMU.</summary>
internal static class RunCommand
{
    internal static Command Create(Session session)
    {
        var names = CommonOptions.SampleNames("Samples to run, in this order; none means all of them");
        var timeout = CommonOptions.TimeoutSeconds(60);
        var accept = new Option<bool>("--accept") { Description = "Write what the samples print into their expected.txt" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("run", "Install what is missing, build, and boot kernel, root server and samples in QEMU")
        {
            names, timeout, accept, noInstall,
        };
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBooting, CommonOptions.PermissionOf(parsed, noInstall));
            string[] chosen = parsed.GetValue(names)!;
            session.RequireSamples(chosen);
            if (chosen.Length == 0) chosen = [.. session.Graph.Samples];
            if (chosen.Length == 0) throw new BuildException("there are no samples to run");
            BootResult result = await BootAsync(session, chosen, TimeSpan.FromSeconds(parsed.GetValue(timeout)));
            if (parsed.GetValue(accept) && result.Succeeded) Accept(session, result);
            return Judge(session, chosen, result);
        });
        return command;
    }

    private static async Task<BootResult> BootAsync(Session session, string[] names, TimeSpan limit)
    {
        using BootFolder boot = await BootImages.PrepareAsync(session, Selection.Of(names));
        session.Terminal.Note($"booting {string.Join(", ", names)}");
        BootResult result = await Machine.RunAsync(new MachineOptions(boot.Image), limit, Console.Out.Write, session.Cancel);
        session.Terminal.Line("");
        return result;
    }

    private static int Judge(Session session, string[] names, BootResult result)
    {
        Terminal terminal = session.Terminal;
        int failures = 0;
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            ChildRun? run = result.Transcript.Children.ElementAtOrDefault(i);
            string? difference = run is null || run.Name != name ? "it was not started" : Expected(session, name).Difference(run);
            if (difference is null) terminal.Good($"{name}: ok");
            else terminal.Bad($"{name}: FAILED: {difference}");
            failures += difference is null ? 0 : 1;
        }
        if (!result.Succeeded) terminal.Bad($"boot: FAILED: {result.Reason}");
        else if (failures > 0) terminal.Note("If that is what they should do, add --accept: it writes samples/NAME/expected.txt.");
        terminal.Line($"{names.Length - failures} of {names.Length} samples did what they should, in {result.Duration.TotalSeconds:0.0} s");
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
