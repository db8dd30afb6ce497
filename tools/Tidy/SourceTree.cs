// SPDX-License-Identifier: BSD-2-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sel4.Tools.Tidy;

/// <summary>A text file of the working copy. <paramref name="Path"/> is relative to the top folder.</summary>
public sealed record TidyFile(string Path, string Text)
{
    private readonly Lazy<string[]> _lines = new(() => Text.Split('\n'));
    private readonly Lazy<SyntaxNode> _syntax = new(() => CSharpSyntaxTree.ParseText(Text, s_options, Path).GetRoot());
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>The lines; a final line feed does not begin another one.</summary>
    public IReadOnlyList<string> Lines =>
        Text.EndsWith('\n') ? new ArraySegment<string>(_lines.Value, 0, _lines.Value.Length - 1) : _lines.Value;

    public SyntaxNode Syntax => _syntax.Value;
    /// <summary>With its dot; empty when there is none.</summary>
    public string Extension => System.IO.Path.GetExtension(Path);

    public bool IsCSharp => Extension == ".cs";
    public bool IsGenerated => Path.EndsWith(".g.cs", StringComparison.Ordinal);
    public bool IsMarkdown => Extension == ".md";

    /// <summary>True for what is only compiled for the host beside the image's sources.</summary>
    public bool IsHostOnly => Path.Contains("/host/");

    public bool IsTest => Path.Contains("/tests/") || Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>True when the file lies below one of the folders.</summary>
    public bool IsBelow(params IEnumerable<string> folders) =>
        folders.Any(folder => Path.StartsWith(folder + "/", StringComparison.Ordinal));
}

/// <summary>The text files that are checked, all in memory, so that a rule can be tried on a tree that does not exist.</summary>
public sealed class SourceTree(IReadOnlyList<TidyFile> files)
{
    private static readonly string[] s_skippedFolders = [".git", "artifacts", "bin", "obj"];
    private static readonly HashSet<string> s_extensions =
    [
        ".cs", ".S", ".inc", ".c", ".h", ".ld", ".md", ".csproj", ".props", ".targets", ".json", ".proto", ".bf", ".api", ".txt",
        ".editorconfig", "",
    ];

    private readonly HashSet<string> _paths = [.. files.Select(file => file.Path)];
    private readonly HashSet<string> _folders = [.. files.SelectMany(file => FoldersAbove(file.Path))];

    public IReadOnlyList<TidyFile> Files { get; } = files;

    public IEnumerable<TidyFile> CSharp => Files.Where(file => file.IsCSharp);

    /// <summary>C# that people write.</summary>
    public IEnumerable<TidyFile> HandWritten => CSharp.Where(file => !file.IsGenerated);

    /// <summary>True when a file or folder of this relative path exists.</summary>
    public bool Exists(string path) => _paths.Contains(path.TrimEnd('/')) || _folders.Contains(path.TrimEnd('/'));

    public TidyFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    /// <summary>Reads every text file below the top folder.</summary>
    public static SourceTree Read(string root)
    {
        var found = new List<TidyFile>();
        void Visit(string folder)
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if (s_extensions.Contains(Path.GetExtension(file)))
                {
                    found.Add(new TidyFile(Path.GetRelativePath(root, file), File.ReadAllText(file)));
                }
            }
            foreach (string child in Directory.EnumerateDirectories(folder))
            {
                if (!s_skippedFolders.Contains(Path.GetFileName(child))) Visit(child);
            }
        }
        Visit(root);
        found.Sort((first, second) => string.CompareOrdinal(first.Path, second.Path));
        return new SourceTree(found);
    }

    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (int slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1)) yield return path[..slash];
    }
}

/// <summary>One thing that is not as it should be. <paramref name="Line"/> counts from 1; 0 means the whole file.</summary>
public sealed record Violation(string Path, int Line, string What)
{
    public override string ToString() => Line == 0 ? $"{Path}: {What}" : $"{Path}:{Line}: {What}";
}

/// <summary>A rule about the shape of the sources.</summary>
public interface ITidyRule
{
    /// <summary>What holds when nothing violates the rule, as a sentence.</summary>
    string Promise { get; }

    IEnumerable<Violation> Check(SourceTree tree);
}

/// <summary>The rules, in the order in which their tests are listed.</summary>
public static class TidyRules
{
    public static IReadOnlyList<ITidyRule> All { get; } =
    [
        new LicenceRule(),
        new FileBudgetRule(),
        new FunctionBudgetRule(),
        new LineBudgetRule(),
        new KernelBansRule(),
        new ConditionalCompilationRule(),
        new UnsafeRule(),
        new NamespaceRule(),
        new LeftoverNotesRule(),
        new MachineTextRule(),
        new LinkRule(),
        new TourRule(),
        new LayerRule(),
        new ReadmeRule(),
        new SampleRule(),
    ];
}
