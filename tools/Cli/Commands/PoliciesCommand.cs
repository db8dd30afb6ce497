// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Policies.Catalog;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 policies</c>: what a description can say after <c>policy { name:</c>, and with which settings.</summary>
internal static class PoliciesCommand
{
    internal static Command Create()
    {
        var command = new Command("policies", "List the allocation policies and their settings");
        command.SetAction(_ =>
        {
            foreach (PolicyEntry entry in PolicyTable.All())
            {
                Console.Out.WriteLine($"{entry.Name,-12} {entry.Summary}");
                foreach (PolicyParameter parameter in entry.Parameters) Console.Out.WriteLine($"{"",-15}{Line(parameter)}");
            }

            return 0;
        });
        return command;
    }

    private static string Line(PolicyParameter parameter)
    {
        string form = $"{parameter.Name}={parameter.Form}";
        bool hasDefault = !parameter.IsRequired && parameter.Default != ulong.MaxValue;
        string value = parameter.Words.Length != 0 ? parameter.Words[parameter.Default] : parameter.Default.ToString();
        return $"{form,-24} {parameter.Summary}{(parameter.IsRequired ? " (required)" : hasDefault ? $" ({value})" : "")}";
    }
}
