// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Spectre.Console;

namespace Sel4.Tools.Cli;

/// <summary>How the tool speaks to people: colours and a moving line on a terminal, plain lines everywhere else.</summary>
/// <remarks>Results go to standard output, progress and complaints to standard error, so that output can be piped.</remarks>
public sealed class Terminal : IBuildObserver
{
    private readonly IAnsiConsole _out = AnsiConsole.Create(Settings(Console.Out, Console.IsOutputRedirected));
    private readonly IAnsiConsole _error = AnsiConsole.Create(Settings(Console.Error, Console.IsErrorRedirected));
    private readonly bool _moving = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
    private readonly Lock _lock = new();
    private readonly HashSet<string> _steps = [];
    private int _finished;

    /// <summary>For tables, and for text with mark-up.</summary>
    public IAnsiConsole Out => _out;

    /// <summary>Writes a line of results.</summary>
    public void Line(string text)
    {
        lock (_lock)
        {
            ClearMovingLine();
            _out.WriteLine(text);
        }
    }

    public void Good(string text) => Coloured(_out, "green", text);

    public void Fair(string text) => Coloured(_out, "yellow", text);

    public void Bad(string text) => Coloured(_out, "red", text);

    /// <summary>Says what is going on.</summary>
    public void Note(string text) => Coloured(_error, "grey", text);

    public void Warn(string text) => Coloured(_error, "yellow", text);

    public void Error(string text) => Coloured(_error, "red", text);

    public void StepStarted(string name)
    {
        lock (_lock)
        {
            _steps.Add(name);
            if (_moving) ShowMovingLine();
            else Console.Error.WriteLine("  " + Describe(name));
        }
    }

    public void StepFinished(string name)
    {
        lock (_lock)
        {
            _steps.Remove(name);
            _finished++;
            if (_moving) ShowMovingLine();
        }
    }

    public void StepSkipped(string name)
    {
        // Nothing was done, so there is nothing to say.
    }

    /// <summary>Shows a line in the place of the last such line, on terminals; nowhere else.</summary>
    public void Progress(string text)
    {
        if (!_moving) return;
        int width = Math.Max(20, Console.BufferWidth - 1);
        lock (_lock) Console.Error.Write("\r\e[K" + (text.Length > width ? text[..width] : text));
    }

    /// <summary>Takes the moving line away, before other output or at the end of a build.</summary>
    public void ClearMovingLine()
    {
        if (_moving) Console.Error.Write("\r\e[K");
    }

    private void ShowMovingLine()
    {
        string doing = string.Join(", ", _steps.Select(Describe));
        string line = doing.Length == 0 ? "" : $"  building ({_finished} done): {doing}";
        int width = Math.Max(20, Console.BufferWidth - 1);
        Console.Error.Write("\r\e[K" + (line.Length > width ? line[..width] : line));
    }

    // Step names begin with the tool's name and a dash.
    private static string Describe(string step) => step.Replace("csc-Kernel-", "csc ").Replace("csc-User-", "csc ").Replace("ilc-", "ilc ");

    private void Coloured(IAnsiConsole console, string colour, string text)
    {
        lock (_lock)
        {
            ClearMovingLine();
            console.MarkupLineInterpolated($"[{colour}]{text}[/]");
        }
    }

    private static AnsiConsoleSettings Settings(TextWriter writer, bool isRedirected)
    {
        bool plain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new AnsiConsoleSettings
        {
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
            Out = new WideOutput(writer, isRedirected),
        };
    }

    // Text is wrapped by whoever shows it: a pipe has no width, and a wrapped line could not be searched.
    private sealed class WideOutput(TextWriter writer, bool isRedirected) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;
        public bool IsTerminal => !isRedirected;
        public int Width => isRedirected ? 4096 : Math.Max(80, Console.BufferWidth);
        public int Height => 50;
        public void SetEncoding(System.Text.Encoding encoding) => Console.OutputEncoding = encoding;
    }
}
