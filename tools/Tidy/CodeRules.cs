// SPDX-License-Identifier: BSD-2-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Sel4.Tools.Tidy;

/// <summary>Kernel code does not use what has no meaning there: a <c>catch</c> compiles and never runs.</summary>
public sealed class KernelBansRule : ITidyRule
{
    private static readonly string[] s_kernelFolders = ["kernel/core", "kernel/arch", "kernel/machine", "kernel/image"];

    public string Promise => "Kernel code has no try, catch, throw or goto";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where file.IsBelow(s_kernelFolders) && !file.IsTest && !file.IsHostOnly
        from node in file.Syntax.DescendantNodes()
        let banned = NameOf(node)
        where banned is not null
        select new Violation(file.Path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, banned);

    private static string? NameOf(SyntaxNode node) => node switch
    {
        TryStatementSyntax => "try",
        CatchClauseSyntax => "catch",
        ThrowStatementSyntax or ThrowExpressionSyntax => "throw",
        GotoStatementSyntax => "goto",
        _ => null,
    };
}

/// <summary>Variants are chosen by assembly, type argument or constant; only the core library may ask the preprocessor.</summary>
public sealed class ConditionalCompilationRule : ITidyRule
{
    public string Promise => "There is no #if outside corelib";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.CSharp
        where !file.IsBelow("corelib")
        from trivia in file.Syntax.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.IfDirectiveTrivia)
        select new Violation(file.Path, trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "#if");
}

/// <summary>Raw pointers stay where the list says, so that a reader knows where to look for memory bugs.</summary>
public sealed class UnsafeRule : ITidyRule
{
    internal const string ListFile = "tools/Tidy/unsafe-allowed.txt";
    private static readonly string[] s_checkedFolders =
        ["kernel", "libsel4", "libsel4rpc", "allocators", "rootserver", "samples"];

    public string Promise => $"unsafe appears only in the places that {ListFile} lists, and each of these needs it";

    public IEnumerable<Violation> Check(SourceTree tree)
    {
        string[] allowed =
        [
            .. (tree.Find(ListFile)?.Lines ?? []).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)
        ];
        var used = new HashSet<string>();
        foreach (TidyFile file in tree.CSharp.Where(file => file.IsBelow(s_checkedFolders) && !file.IsTest && !file.IsHostOnly))
        {
            SyntaxToken found = file.Syntax.DescendantTokens().FirstOrDefault(token => token.IsKind(SyntaxKind.UnsafeKeyword));
            if (!found.IsKind(SyntaxKind.UnsafeKeyword)) continue;
            string? entry = allowed.FirstOrDefault(place => file.Path == place || file.IsBelow(place.TrimEnd('/')));
            if (entry is not null) used.Add(entry);
            else yield return new Violation(file.Path, found.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "unsafe");
        }
        foreach (string stale in allowed.Except(used))
        {
            yield return new Violation(ListFile, 0, $"'{stale}' is listed but has no unsafe code");
        }
    }
}

/// <summary>One namespace a file, without an extra level of indentation.</summary>
public sealed class NamespaceRule : ITidyRule
{
    public string Promise => "Namespaces are file-scoped";

    public IEnumerable<Violation> Check(SourceTree tree) =>
        from file in tree.HandWritten
        where !file.IsBelow("corelib")
        from node in file.Syntax.DescendantNodes(node => node is CompilationUnitSyntax)
        where node is NamespaceDeclarationSyntax
        select new Violation(file.Path, node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, "a namespace with braces");
}
