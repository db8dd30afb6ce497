// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using System.Text.RegularExpressions;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Testing;

/// <summary>What a sample must print and how it must end: the file samples/NAME/expected.txt.</summary>
/// <remarks>
/// One line of the file for one line of output. A line that begins with <c>~</c> is a regular expression for the whole line.
/// A line that begins with <c>!</c> lists fields of the stop record; without one it is <c>!outcome=exited status=0</c>.
/// A child whose resources do not come back fails in any case.
/// </remarks>
public sealed class ExpectedOutput
{
    private const char Pattern = '~';
    private const char Directive = '!';
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, string> _stop = new() { ["outcome"] = "exited", ["status"] = "0" };
    private readonly bool _acceptsAnyOutput;

    public ExpectedOutput(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        // The last piece is what follows the last line end: nothing, in a well-formed file.
        foreach (string line in lines[^1].Length == 0 ? lines[..^1] : lines)
        {
            if (line.StartsWith(Directive)) ReadStop(line[1..]);
            else _lines.Add(line);
        }
    }

    private ExpectedOutput() => _acceptsAnyOutput = true;

    /// <summary>For a sample that nobody has described yet: any output, then a good end.</summary>
    public static ExpectedOutput Any { get; } = new();

    /// <summary>Where the sample's file is or should be.</summary>
    public static string PathOf(RepositoryLayout layout, string name) => layout.Absolute($"samples/{name}/expected.txt");

    /// <summary>Reads the sample's file; a sample without one is an error.</summary>
    public static ExpectedOutput OfSample(RepositoryLayout layout, string name)
    {
        string path = PathOf(layout, name);
        if (!File.Exists(path)) throw new BuildException($"sample {name} has no {layout.Relative(path)}");
        return new ExpectedOutput(File.ReadAllText(path));
    }

    /// <summary>Null when the child did what it should, else what is wrong, with what was expected and what came.</summary>
    public string? Difference(ChildRun run)
    {
        for (int i = 0; !_acceptsAnyOutput && i < Math.Max(_lines.Count, run.Output.Count); i++)
        {
            string? expected = i < _lines.Count ? _lines[i] : null;
            string? got = i < run.Output.Count ? run.Output[i] : null;
            if (expected is null) return $"line {i + 1} of its output is too many\n  got:      {got}";
            if (got is null) return $"its output ends before line {i + 1}\n  expected: {expected}";
            if (!Matches(expected, got)) return $"line {i + 1} of its output differs\n  expected: {expected}\n  got:      {got}";
        }
        if (run.Stop is null) return "it did not end";
        foreach ((string key, string value) in _stop)
        {
            if (run.Stop[key] != value) return $"it ended otherwise\n  expected: {key}={value}\n  got:      {run.Stop.Line}";
        }
        return run.Stop["reclaimed"] == "yes" ? null : $"its resources did not all come back\n  got:      {run.Stop.Line}";
    }

    /// <summary>The text of a file that expects what came. Lines that already match keep their regular expressions.</summary>
    public string Accepting(ChildRun run)
    {
        var text = new StringBuilder();
        EndRecord? stop = run.Stop;
        if (stop is not null && (stop["outcome"] != "exited" || stop["status"] != "0"))
        {
            text.Append(Directive).Append("outcome=").Append(stop["outcome"]);
            if (stop["outcome"] == "exited") text.Append(" status=").Append(stop["status"]);
            text.Append('\n');
        }
        for (int i = 0; i < run.Output.Count; i++)
        {
            string got = run.Output[i];
            bool isKnown = i < _lines.Count && Matches(_lines[i], got);
            bool needsEscape = got.StartsWith(Pattern) || got.StartsWith(Directive);
            text.Append(isKnown ? _lines[i] : needsEscape ? $"{Pattern} {Regex.Escape(got)}" : got).Append('\n');
        }
        return text.ToString();
    }

    private static bool Matches(string expected, string got)
    {
        if (!expected.StartsWith(Pattern)) return expected == got;
        string pattern = expected[1..].Trim();
        try
        {
            return Regex.IsMatch(got, $"^(?:{pattern})$", RegexOptions.CultureInvariant, s_matchLimit);
        }
        catch (ArgumentException error)
        {
            throw new BuildException($"expected.txt: '{pattern}' is no regular expression: {error.Message}");
        }
    }

    // A directive replaces the default as a whole: a child that faults has no status.
    private void ReadStop(string fields)
    {
        _stop.Clear();
        foreach (string field in fields.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = field.Split('=', 2);
            if (parts.Length != 2) throw new BuildException($"expected.txt: '{field}' is not of the form key=value");
            _stop[parts[0]] = parts[1];
        }
    }
}
