// SPDX-License-Identifier: BSD-2-Clause
using System.Text.RegularExpressions;

namespace Sel4.Tools.Tidy;

/// <summary>Relative links in documents lead somewhere.</summary>
public sealed partial class LinkRule : ITidyRule
{
    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LinkPattern();

    public string Promise => "Links in documents lead to files and headings that exist";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where file.IsMarkdown
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        from match in LinkPattern().Matches(line.text)
        let target = match.Groups["target"].Value
        where !target.Contains("://") && !target.StartsWith("mailto:", StringComparison.Ordinal)
        let problem = Problem(tree, file, target)
        where problem is not null
        select new Violation(file.Path, line.number, problem);

    private static string? Problem(SourceTree tree, TidyFile from, string target)
    {
        string[] parts = target.Split('#', 2);
        TidyFile? to = from;
        if (parts[0].Length > 0)
        {
            string path = Resolve(from.Path, parts[0]);
            if (!tree.Exists(path)) return $"the link to {target} leads nowhere";
            to = tree.Find(path);
        }
        bool namesHeading = parts.Length == 2 && to is { IsMarkdown: true };
        return namesHeading && !HeadingsOf(to!).Contains(parts[1]) ? $"there is no heading for {target}" : null;
    }

    internal static string Resolve(string from, string link)
    {
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (string part in link.Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "" or "..")) parts.Add(part);
        }
        return string.Join('/', parts);
    }

    // The way in which forges make an anchor of a heading: lower case, blanks to dashes, punctuation dropped.
    private static IEnumerable<string> HeadingsOf(TidyFile file) =>
        file.Lines.Where(line => line.StartsWith('#')).Select(line => string.Concat(
            line.TrimStart('#').Trim().ToLowerInvariant()
                .Where(character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_')
                .Select(character => character == ' ' ? '-' : character)));
}

/// <summary>What the guided tour points at is still there.</summary>
/// <remarks>
/// In docs/tour, a word in backticks that contains a slash and a dot in its last part is a file; it must exist. Words in
/// backticks that begin with a capital letter are symbols; each must occur in one of the files that its paragraph names.
/// </remarks>
public sealed partial class TourRule : ITidyRule
{
    [GeneratedRegex(@"`(?<code>[^`]+)`", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*(\(\))?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SymbolPattern();

    public string Promise => "Files and symbols that docs/tour names exist";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where file.IsMarkdown && file.IsBelow("docs/tour")
        from paragraph in ParagraphsOf(file)
        from violation in CheckParagraph(tree, file, paragraph.Line, paragraph.Text)
        select violation;

    private static IEnumerable<Violation> CheckParagraph(SourceTree tree, TidyFile page, int line, string text)
    {
        string[] words = [.. CodePattern().Matches(text).Select(match => match.Groups["code"].Value)];
        string[] paths = [.. words.Where(IsPath)];
        foreach (string path in paths.Where(path => !tree.Exists(path))) yield return new Violation(page.Path, line, $"there is no {path}");
        TidyFile[] named = [.. paths.Select(tree.Find).OfType<TidyFile>()];
        if (named.Length == 0) yield break;
        foreach (string symbol in words.Where(word => SymbolPattern().IsMatch(word)))
        {
            string last = symbol.TrimEnd('(', ')').Split('.')[^1];
            var word = new Regex($@"\b{Regex.Escape(last)}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            bool isThere = named.Any(file => word.IsMatch(file.Text));
            if (!isThere)
            {
                yield return new Violation(page.Path, line, $"{symbol} is in none of {string.Join(", ", named.Select(file => file.Path))}");
            }
        }
    }

    private static bool IsPath(string word) =>
        word.Contains('/') && !word.Contains(' ') && !word.Contains('*') && word[0] is not ('/' or '.')
        && word.Split('/')[^1].Contains('.');

    private static bool BeginsParagraph(string line) =>
        line.Length == 0 || line.StartsWith('|') || line.StartsWith("- ", StringComparison.Ordinal);

    private static IEnumerable<(int Line, string Text)> ParagraphsOf(TidyFile file)
    {
        int start = 0;
        for (int i = 0; i <= file.Lines.Count; i++)
        {
            if (i < file.Lines.Count && !BeginsParagraph(file.Lines[i])) continue;
            if (i > start) yield return (start + 1, string.Join('\n', file.Lines.Skip(start).Take(i - start)));
            // A table row or a list item begins a paragraph of its own; an empty line belongs to none.
            start = i < file.Lines.Count && file.Lines[i].Length > 0 ? i : i + 1;
        }
    }
}

/// <summary>Each layer and each sample says on one screen what it is.</summary>
public sealed class ReadmeRule : ITidyRule
{
    private const int Screen = 60;

    public string Promise => $"Every folder with a project or a program has a README.md of at most {Screen} lines";

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        IEnumerable<string> folders = tree.Files
            .Where(file => file.Extension == ".csproj" || (file.IsBelow("samples") && Path.GetFileName(file.Path) == "Program.cs"))
            .Select(file => file.Path[..file.Path.LastIndexOf('/')])
            .Where(folder => folder != "tools/Packages")
            .Distinct();
        foreach (string folder in folders)
        {
            TidyFile? readme = tree.Find(folder + "/README.md");
            if (readme is null) yield return new Violation(folder, 0, "no README.md");
            else if (readme.Lines.Count > Screen) yield return new Violation(readme.Path, 0, $"{readme.Lines.Count} lines");
        }
    }
}

/// <summary>A sample is complete: code, explanation and what it prints.</summary>
public sealed class SampleRule : ITidyRule
{
    public string Promise => "Every sample has Program.cs, README.md and expected.txt";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from folder in tree.Files.Where(file => file.IsBelow("samples") && file.Path.Count(character => character == '/') >= 2)
            .Select(file => string.Join('/', file.Path.Split('/')[..2])).Distinct()
        from name in new[] { "Program.cs", "README.md", "expected.txt" }
        where tree.Find($"{folder}/{name}") is null
        select new Violation(folder, 0, $"no {name}");
}
