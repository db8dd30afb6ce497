// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build.Description;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 system</c>: checks a system description and prints it with everything that was left out.</summary>
internal static class SystemCommand
{
    internal static Command Create(Session session)
    {
        var names = CommonOptions.SampleNames("Samples whose descriptions to join; none means all of them");
        var system = CommonOptions.SystemFile();
        var policies = CommonOptions.Policies();
        var command = new Command("system", "Check a system description and print it complete, defaults filled in")
        {
            names, system, policies,
        };
        command.SetAction(parsed =>
        {
            var changes = new DescriptionChanges { Policies = parsed.GetValue(policies)! };
            SystemDescription description = CommonOptions.Describe(session, parsed.GetValue(names)!, parsed.GetValue(system), changes);
            Console.Out.Write(description);
            session.Terminal.Note($"{description.Children.Count} children, {description.ToBytes().Length} bytes packed: nothing wrong");
            return 0;
        });
        return command;
    }
}
