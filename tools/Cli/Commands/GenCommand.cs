// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Gen;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 gen</c>: writes the generated files that are checked in.</summary>
internal static class GenCommand
{
    internal static Command Create(Session session)
    {
        var check = new Option<bool>("--check") { Description = "Write nothing; fail when a file is out of date" };
        var command = new Command("gen", "Regenerate the checked-in *.g.cs files") { check };
        command.SetAction(async (parsed, _) =>
        {
            using BuildLock held = await session.LockAsync();
            return Run(session, parsed.GetValue(check));
        });
        return command;
    }

    private static int Run(Session session, bool checkOnly)
    {
        IReadOnlyList<string> changed;
        try
        {
            changed = Generator.Run(session.Layout.Root, checkOnly);
        }
        catch (SpecError error)
        {
            throw new BuildException(error.Message);
        }
        foreach (string file in changed) session.Terminal.Line((checkOnly ? "out of date: " : "written: ") + file);
        if (changed.Count == 0) session.Terminal.Good("every generated file is up to date");
        else if (checkOnly) session.Terminal.Bad("run ./sel4 gen");
        return checkOnly && changed.Count > 0 ? BuildException.Failure : 0;
    }
}
