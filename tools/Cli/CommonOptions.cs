// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Build.Description;
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

    internal static Option<string?> SystemFile() =>
        new("--system") { Description = "A system description to use in place of the samples' own", HelpName = "FILE" };

    internal static Option<string[]> Policies() => new("--policy")
    {
        Description = "A policy in front of all others, NAME or NAME:KEY=VALUE,KEY=VALUE; may be given several times",
        HelpName = "NAME",
        DefaultValueFactory = _ => [],
    };

    /// <summary>The system that a command line names: samples, or a file, never both.</summary>
    internal static SystemDescription Describe(Session session, string[] samples, string? file, DescriptionChanges changes)
    {
        if (file is not null && samples.Length > 0)
            throw new BuildException("name either samples or a description with --system, not both", BuildException.Usage);
        if (file is not null) return session.Systems.OfFile(file, changes);
        session.RequireSamples(samples);
        if (samples.Length == 0) samples = [.. session.Graph.Samples];
        if (samples.Length == 0) throw new BuildException("there are no samples to run");
        return session.Systems.OfPrograms(samples, changes);
    }

    internal static Option<bool> NoInstall() =>
        new("--no-install") { Description = "Do not install packages; say which are missing instead" };

    internal static Installer.Permission PermissionOf(ParseResult parsed, Option<bool> noInstall) =>
        parsed.GetValue(noInstall) ? Installer.Permission.Refuse : Installer.Permission.Install;

    internal static Task EnsureAsync(Session session, IEnumerable<Requirement> requirements, Installer.Permission permission) =>
        Installer.EnsureAsync(requirements, permission, session.Terminal.Note, session.Layout.Root, session.Cancel);
}
