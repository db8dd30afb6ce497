// SPDX-License-Identifier: BSD-2-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sel4.Tools.Tidy;

/// <summary>Files stay small enough to be read at one sitting.</summary>
public sealed class FileBudgetRule : ITidyRule
{
    private const int MaxLines = 500;
    private const int MaxMedian = 150;

    public string Promise => $"No file has more than {MaxLines} lines, and half of them have fewer than {MaxMedian}";

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        TidyFile[] files = [.. tree.HandWritten, .. tree.Files.Where(file => file.Extension == ".S")];
        foreach (TidyFile file in files.Where(file => file.Lines.Count > MaxLines))
        {
            yield return new Violation(file.Path, 0, $"{file.Lines.Count} lines");
        }
        int[] lengths = [.. files.Where(file => !file.IsTest).Select(file => file.Lines.Count).Order()];
        if (lengths.Length > 0 && lengths[lengths.Length / 2] >= MaxMedian)
        {
            yield return new Violation(".", 0, $"the median file has {lengths[lengths.Length / 2]} lines");
        }
    }
}

/// <summary>Functions fit on a screen.</summary>
public sealed class FunctionBudgetRule : ITidyRule
{
    private const int MaxLines = 60;

    public string Promise => $"No function has more than {MaxLines} lines";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.HandWritten
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax
        let lines = LinesOf(node)
        where lines.Count > MaxLines
        select new Violation(file.Path, lines.First, $"a function of {lines.Count} lines");

    // From the first token after attributes; the documentation above belongs to the reader, not to the budget.
    private static (int First, int Count) LinesOf(SyntaxNode node)
    {
        SyntaxToken first = node.ChildNodesAndTokens().Where(child => !child.IsKind(SyntaxKind.AttributeList)).Select(FirstToken).First();
        int start = first.GetLocation().GetLineSpan().StartLinePosition.Line;
        int end = node.GetLocation().GetLineSpan().EndLinePosition.Line;
        return (start + 1, end - start + 1);
    }

    private static SyntaxToken FirstToken(SyntaxNodeOrToken child) => child.IsToken ? child.AsToken() : child.AsNode()!.GetFirstToken();
}

/// <summary>Lines fit beside another window.</summary>
public sealed class LineBudgetRule : ITidyRule
{
    private const int MaxColumns = 140;

    public string Promise => $"No line has more than {MaxColumns} columns";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.Files
        where (file.IsCSharp && !file.IsGenerated) || file.Extension is ".S" or ".ld"
        from line in file.Lines.Select((text, index) => (text, number: index + 1))
        where line.text.Length > MaxColumns
        select new Violation(file.Path, line.number, $"{line.text.Length} columns");
}
