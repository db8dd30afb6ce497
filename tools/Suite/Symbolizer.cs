// SPDX-License-Identifier: BSD-2-Clause
using System.Text.RegularExpressions;
using Sel4.Tools.Build;

namespace Sel4.Tools.Suite;

/// <summary>Says which function and line an address of a program is in, from its debug information.</summary>
public sealed partial class Symbolizer(RepositoryLayout layout)
{
    private const string Program = "addr2line";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);
    private readonly Dictionary<(string, string), string> _known = [];

    [GeneratedRegex("0x(?<address>[0-9a-f]{5,16})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AddressPattern();

    /// <summary>"function at file:line" for an address in hexadecimal; empty when nothing is known of it.</summary>
    public async Task<string> DescribeAsync(string elf, string address, CancellationToken cancel)
    {
        if (_known.TryGetValue((elf, address), out string? known)) return known;
        string place = "";
        try
        {
            ProcessResult said = await ExternalProcess.RunAsync(
                Program, ["-f", "-C", "-e", elf, "0x" + address], layout.Root, s_limit, cancel);
            string[] lines = said.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            bool isKnown = said.Succeeded && lines.Length >= 2 && lines[0] != "??";
            if (isKnown) place = Describe(lines[0], lines[1]);
        }
        catch (BuildException)
        {
            // Without binutils addresses stay numbers.
        }
        return _known[(elf, address)] = place;
    }

    /// <summary>Puts the place behind each address in a text that lies in the program's code.</summary>
    public async Task<string> AnnotateAsync(string text, string elf, CancellationToken cancel)
    {
        foreach (string address in AddressPattern().Matches(text).Select(match => match.Groups["address"].Value).Distinct())
        {
            string place = await DescribeAsync(elf, address, cancel);
            if (place.Length > 0) text = Regex.Replace(text, $"0x{address}\\b", $"0x{address} ({place})");
        }
        return text;
    }

    private static string Describe(string function, string line)
    {
        const string Prefix = ImageBuilder.SourcePrefix + "/";
        string place = line.Split(" (")[0];
        if (place.StartsWith(Prefix, StringComparison.Ordinal)) place = place[Prefix.Length..];
        return place.StartsWith("??", StringComparison.Ordinal) ? function : $"{function} at {place}";
    }
}
