// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 doctor</c>: what this machine lacks and how to get it. Changes nothing but the package cache.</summary>
internal static class DoctorCommand
{
    internal static Command Create(Session session)
    {
        var command = new Command("doctor", "Say what is missing on this machine and how to get it");
        command.SetAction((_, _) => RunAsync(session));
        return command;
    }

    private static async Task<int> RunAsync(Session session)
    {
        Terminal terminal = session.Terminal;
        string? restoreProblem = null;
        try
        {
            Toolchain tools = await session.ToolchainAsync();
            terminal.Good($"ok       dotnet              SDK {tools.SdkVersion}: {tools.Dotnet}");
            terminal.Good($"ok       ilc                 {tools.IlcVersion}: {tools.Ilc}");
        }
        catch (BuildException error)
        {
            restoreProblem = error.Message;
            terminal.Bad($"missing  ilc                 {error.Message}");
        }
        foreach (Requirement requirement in Requirement.All)
        {
            string? found = requirement.Find();
            if (found is not null) terminal.Good($"ok       {requirement.Program,-19} {found}");
            else if (requirement.IsOptional) terminal.Fair($"optional {requirement.Program,-19} needed to {requirement.NeededFor}");
            else terminal.Bad($"missing  {requirement.Program,-19} needed to {requirement.NeededFor}");
        }
        Requirement[] missing = [.. Requirement.All.Where(requirement => requirement.Find() is null)];
        if (missing.Length > 0)
        {
            terminal.Line("");
            terminal.Line("to install:");
            terminal.Line("  " + Installer.Command(missing.Select(requirement =>
                requirement.Package).Distinct(), Environment.IsPrivilegedProcess));
        }
        bool isReady = restoreProblem is null && missing.All(requirement => requirement.IsOptional);
        terminal.Line("");
        if (isReady) terminal.Good("this machine has what it takes: try ./sel4 run");
        else terminal.Bad("something is missing");
        return isReady ? 0 : BuildException.Missing;
    }
}
