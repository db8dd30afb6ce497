// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Doctor;

namespace Sel4.Tools.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    internal static Option<int> TimeoutSeconds(int seconds)
    {
        var option = new Option<int>("--timeout")
        {
            Description = "Seconds until a boot counts as hung", DefaultValueFactory = _ => seconds, HelpName = "SECONDS",
        };
        option.Validators.Add(result =>
        {
            bool isGood = result.Implicit || (int.TryParse(result.Tokens.SingleOrDefault()?.Value, out int value) && value > 0);
            if (!isGood) result.AddError("--timeout takes a number of seconds above zero.");
        });
        return option;
    }

    /// <summary>Any number of sample names. What looks like an option is a misspelt option, not a name.</summary>
    internal static Argument<string[]> SampleNames(string description)
    {
        var argument = new Argument<string[]>("NAME") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        argument.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word.StartsWith('-')))
            {
                result.AddError($"unknown option {word}.");
            }
        });
        return argument;
    }

    internal static Option<bool> NoInstall() =>
        new("--no-install") { Description = "Do not install packages; say which are missing instead" };

    internal static Installer.Permission PermissionOf(ParseResult parsed, Option<bool> noInstall) =>
        parsed.GetValue(noInstall) ? Installer.Permission.Refuse : Installer.Permission.Install;

    internal static Task EnsureAsync(Session session, IEnumerable<Requirement> requirements, Installer.Permission permission) =>
        Installer.EnsureAsync(requirements, permission, session.Terminal.Note, session.Layout.Root, session.Cancel);
}
