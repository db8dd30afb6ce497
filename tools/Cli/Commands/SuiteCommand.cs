// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Suite;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 suite</c>: the tests that run on the machine, each in a process of its own.</summary>
internal static class SuiteCommand
{
    internal static Command Create(Session session)
    {
        var options = new SuiteCommandOptions();
        var command = new Command("suite", "Run the tests that run in QEMU, each in a process of its own; ends with 0, 1 or 2");
        foreach (Option option in options.All) command.Add(option);
        command.SetAction(async (parsed, _) =>
        {
            await CommonOptions.EnsureAsync(session, Requirement.ForBooting, CommonOptions.PermissionOf(parsed, options.NoInstall));
            SuiteOptions chosen = options.Read(parsed);
            string[] programs = parsed.GetValue(options.Programs)!;
            SuiteImage image;
            using (BuildLock held = await session.LockAsync()) image = await SuiteImageBuilder.BuildAsync(session, programs);
            TestInfo[] tests = image.ReadTests();
            if (parsed.GetValue(options.List)) return List(session.Terminal, tests, chosen);
            var run = new SuiteSession(session, image, tests, chosen);
            return await run.RunAsync(options.ReportsOf(parsed));
        });
        return command;
    }

    private static int List(Terminal terminal, TestInfo[] tests, SuiteOptions chosen)
    {
        Selection? selection = Selection.Parse(chosen.ToSelection(0, 0, 0, []), out string problem);
        if (selection is null) throw new BuildException(problem, BuildException.Usage);
        foreach (TestInfo test in Plan.Make(tests, selection))
        {
            string disabled = test.IsEnabled ? "" : " (disabled)";
            string known = test.KnownFailure.Length > 0 ? $" (known failure: {test.KnownFailure})" : "";
            terminal.Line($"{TestTypes.NameOf(test.Type),-9} {test.Name,-16} {test.Description}{disabled}{known}");
        }
        return 0;
    }
}
