// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using System.CommandLine.Help;
using Sel4.Tools.Cli.Commands;

namespace Sel4.Tools.Cli;

/// <summary>The list of commands, in the order in which help shows them.</summary>
internal static class CommandTable
{
    // Not a RootCommand: that would call itself by the name of the tool's assembly, which nobody types.
    internal static Command Create(Session session) =>
        new("./sel4", "Builds, boots and tests the kit. Start with: ./sel4 run")
        {
            new HelpOption(),
            RunCommand.Create(session),
            TestCommand.Create(session),
            CheckCommand.Create(session),
            SuiteCommand.Create(session),
            SystemCommand.Create(session),
            PoliciesCommand.Create(),
            ImageCommand.Create(session),
            DoctorCommand.Create(session),
            DebugCommand.Create(session),
            GenCommand.Create(session),
            BenchCommand.Create(session),
            FuzzCommand.Create(session),
            SizesCommand.Create(session),
            ReproCommand.Create(session),
        };
}
