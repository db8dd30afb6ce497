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
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("run", "Install what is missing, build, and boot kernel, root server and samples in QEMU")
        {
            names, timeout, noInstall,
        };
        command.SetAction((parsed, _) => RunAsync(
            session, parsed.GetValue(names)!, TimeSpan.FromSeconds(parsed.GetValue(timeout)),
            CommonOptions.PermissionOf(parsed, noInstall)));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string[] names, TimeSpan limit, Installer.Permission permission)
    {
        Terminal terminal = session.Terminal;
        session.RequireSamples(names);
        if (names.Length == 0) names = [.. session.Graph.Samples];
        if (names.Length == 0) throw new BuildException("there are no samples to run");
        Dictionary<string, ExpectedOutput> expected =
            names.Distinct().ToDictionary(name => name, name => ExpectedOutput.OfSample(session.Layout, name));

        await CommonOptions.EnsureAsync(session, Requirement.ForBooting, permission);
        using BootFolder boot = await BootImages.PrepareAsync(session, Selection.Of(names));
        terminal.Note($"booting {string.Join(", ", names)}");
        BootResult result = await Machine.RunAsync(new MachineOptions(boot.Image), limit, Console.Out.Write, session.Cancel);
        Console.Out.Flush();

        terminal.Line("");
        int failures = 0;
        for (int i = 0; i < names.Length; i++)
        {
            ChildRun? run = result.Transcript.Children.ElementAtOrDefault(i);
            string? difference = run is null || run.Name != names[i] ? "it was not started" : expected[names[i]].Difference(run);
            if (difference is null) terminal.Good($"{names[i]}: ok");
            else terminal.Bad($"{names[i]}: FAILED: {difference}");
            failures += difference is null ? 0 : 1;
        }
        if (!result.Succeeded) terminal.Bad($"boot: FAILED: {result.Reason}");
        terminal.Line($"{names.Length - failures} of {names.Length} samples did what they should, in {result.Duration.TotalSeconds:0.0} s");
        return failures == 0 && result.Succeeded ? 0 : BuildException.Failure;
    }
}
