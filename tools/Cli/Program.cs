// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using System.CommandLine.Parsing;
using Sel4.Tools.Build;

namespace Sel4.Tools.Cli;

/// <summary>The entry of the tool: finds the command, runs it, and turns what happened into an exit status.</summary>
/// <remarks>
/// Exit status: 0 as asked, 1 failed, 2 not understood, 3 something must be installed first, 70 the tool is at fault,
/// 130 interrupted.
/// </remarks>
internal static class Program
{
    private const int Interrupted = 130;
    private const int ToolFailed = 70;

    private static async Task<int> Main(string[] args)
    {
        var terminal = new Terminal();
        using var interrupts = new Interrupts();
        try
        {
            var session = new Session(RepositoryLayout.Find(), terminal, interrupts);
            Command root = CommandTable.Create(session);
            if (args is [] or ["help", ..]) args = [.. args.Skip(1), "--help"];
            ParseResult parsed = root.Parse(args);
            if (parsed.Errors.Count > 0) return Complain(terminal, root, parsed, args);
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler =
                false, ProcessTerminationTimeout = null });
        }
        catch (BuildException error)
        {
            terminal.Error("sel4: " + error.Message);
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            terminal.Error("sel4: interrupted");
            return Interrupted;
        }
        catch (Exception error)
        {
            terminal.Error("sel4: this is a mistake in the tool itself, please report it:\n" + error);
            return ToolFailed;
        }
        finally
        {
            ExternalProcess.KillAll();
        }
    }

    private static int Complain(Terminal terminal, Command root, ParseResult parsed, string[] args)
    {
        string first = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "";
        bool isKnownCommand = root.Subcommands.Any(command => command.Name == first);
        if (first.Length > 0 && !isKnownCommand)
        {
            string? near = Suggestion.Nearest(first, root.Subcommands.Select(command => command.Name));
            terminal.Error($"sel4: there is no command '{first}'." + (near is null ? "" : $" Did you mean '{near}'?"));
        }
        else
        {
            foreach (ParseError error in parsed.Errors) terminal.Error("sel4: " + error.Message + NearOption(parsed, args));
        }
        terminal.Note($"See ./sel4 {(isKnownCommand ? first + " " : "")}--help");
        return BuildException.Usage;
    }

    private static string NearOption(ParseResult parsed, string[] args)
    {
        IEnumerable<string> known = parsed.CommandResult.Command.Options.Select(option => option.Name);
        string? wrong = args.FirstOrDefault(arg => arg.StartsWith("--", StringComparison.Ordinal) && !known.Contains(arg.Split('=')[0]));
        string? near = wrong is null ? null : Suggestion.Nearest(wrong.Split('=')[0], known);
        return near is null ? "" : $" Did you mean {near}?";
    }
}
