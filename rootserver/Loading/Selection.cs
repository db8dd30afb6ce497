// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>One line of the selection: which program to run, how often, and with which arguments.</summary>
public sealed class SelectedProgram(string name, int repeat, string[] arguments)
{
    public string Name { get; } = name;

    public int Repeat { get; } = repeat;

    public string[] Arguments { get; } = arguments;
}

/// <summary>Reads the file <c>selection</c> of the archive: what one boot is to run.</summary>
/// <remarks>
/// Text: a header line <c>sel4rpc-selection 1</c>, then for each program its name, <c>repeat=N</c> unless once, then <c>--</c>
/// and its arguments. Blanks separate.
/// </remarks>
public static class Selection
{
    private const string Header = "sel4rpc-selection 1";
    private const int MaxRepeat = 1_000_000;

    /// <summary>The programs in order; null with a sentence in <paramref name="problem"/> when the text is not a selection.</summary>
    public static SelectedProgram[]? Parse(string text, out string problem)
    {
        problem = "";
        string[] lines = text.Split('\n');
        if (lines[0] != Header)
        {
            problem = "the selection does not begin with the line '" + Header + "'";
            return null;
        }

        var programs = new System.Collections.Generic.List<SelectedProgram>();
        for (int index = 1; index < lines.Length; index++)
        {
            if (lines[index].Length == 0) continue;
            SelectedProgram? program = ParseLine(lines[index], out problem);
            if (program == null) return null;
            programs.Add(program);
        }

        return programs.ToArray();
    }

    private static SelectedProgram? ParseLine(string line, out string problem)
    {
        problem = "";
        string[] words = line.Split(' ');
        int repeat = 1;
        int next = 1;
        if (words.Length > 1 && words[1].StartsWith("repeat="))
        {
            if (!int.TryParse(words[1].Substring(7), out repeat) || repeat < 1 || repeat > MaxRepeat)
            {
                problem = "the selection repeats '" + words[0] + "' by something that is not a number from 1 to 1000000";
                return null;
            }

            next = 2;
        }

        if (words.Length > next && words[next] != "--")
        {
            problem = "the selection has '" + words[next] + "' where '--' and arguments may follow";
            return null;
        }

        int count = words.Length > next ? words.Length - next - 1 : 0;
        string[] arguments = new string[count];
        for (int index = 0; index < count; index++) arguments[index] = words[next + 1 + index];
        return new SelectedProgram(words[0], repeat, arguments);
    }
}
