// SPDX-License-Identifier: BSD-2-Clause
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
    private static readonly TimeSpan s_matchLimit = TimeSpan.FromSeconds(1);
    private readonly List<string> _lines = [];
    private readonly Dictionary<string, string> _stop = new() { ["outcome"] = "exited", ["status"] = "0" };

    public ExpectedOutput(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        // The last piece is what follows the last line end: nothing, in a well-formed file.
        foreach (string line in lines[^1].Length == 0 ? lines[..^1] : lines)
        {
            if (line.StartsWith('!')) ReadStop(line[1..]);
            else _lines.Add(line);
        }
    }

    /// <summary>Reads the sample's file; a sample without one is an error.</summary>
    public static ExpectedOutput OfSample(RepositoryLayout layout, string name)
    {
        string path = layout.Absolute($"samples/{name}/expected.txt");
        if (!File.Exists(path)) throw new BuildException($"sample {name} has no {layout.Relative(path)}");
        return new ExpectedOutput(File.ReadAllText(path));
    }

    /// <summary>Null when the child did what it should, else what is wrong, with what was expected and what came.</summary>
    public string? Difference(ChildRun run)
    {
        for (int i = 0; i < Math.Max(_lines.Count, run.Output.Count); i++)
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

    private static bool Matches(string expected, string got) =>
        expected.StartsWith('~')
            ? Regex.IsMatch(got, $"^(?:{expected[1..].Trim()})$", RegexOptions.CultureInvariant, s_matchLimit)
            : expected == got;

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
