// SPDX-License-Identifier: BSD-2-Clause
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Sel4.Testing;
using Sel4.Tools.Build;

namespace Sel4.Tools.Suite.Tables;

/// <summary>Finds the tests in C# sources: static methods with <c>[Test]</c>. Images have no reflection, so this is done before.</summary>
/// <remarks>
/// What stands in the attributes is read as text, without the compiler's knowledge of types: literals, sums of literals, true and
/// false, and the constants of TestTypes. Anything else is an error with its place.
/// </remarks>
public static class TestSources
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.None);

    /// <summary>The tests of some files, sorted by type and name.</summary>
    /// <remarks>Errors: BuildException for two of one name (TD:T3), a method that cannot be called, a value that is not constant.</remarks>
    public static IReadOnlyList<TestDeclaration> Read(RepositoryLayout layout, IEnumerable<string> files) =>
        Sorted(files.SelectMany(file => ReadFile(file, File.ReadAllText(layout.Absolute(file)))));

    /// <summary>The tests in the text of a file.</summary>
    public static IReadOnlyList<TestDeclaration> ReadText(string path, string text) => Sorted(ReadFile(path, text));

    private static IReadOnlyList<TestDeclaration> Sorted(IEnumerable<TestDeclaration> found)
    {
        TestDeclaration[] tests =
        [
            .. found.OrderBy(test => test.Info.Type).ThenBy(test => test.Info.Name, StringComparer.Ordinal)
        ];
        TestInfo[] byName = [.. tests.Select(test => test.Info)];
        Plan.SortByName(byName);
        if (TestTable.FindDuplicate(byName) is { } duplicate) throw new BuildException(duplicate);
        return tests;
    }

    private static IEnumerable<TestDeclaration> ReadFile(string path, string text)
    {
        if (!text.Contains("[Test", StringComparison.Ordinal)) yield break;
        SyntaxNode root = CSharpSyntaxTree.ParseText(text, s_options, path).GetRoot();
        foreach (MethodDeclarationSyntax method in root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            AttributeSyntax? attribute = Find(method.AttributeLists, "Test");
            if (attribute is null) continue;
            int line = method.Identifier.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            BuildException Wrong(string what) => new($"{path}:{line}: {method.Identifier.Text}: {what}");
            bool canCall = method.Modifiers.Any(SyntaxKind.StaticKeyword) && method.ParameterList.Parameters.Count == 0
                && method.TypeParameterList is null && method.ReturnType.ToString() == "void";
            if (!canCall) throw Wrong("a test is a static method without parameters that returns nothing");
            if (!method.Modifiers.Any(IsAccess)) throw Wrong("a test must not be private");
            var type = method.Parent as TypeDeclarationSyntax;
            Dictionary<string, object> own = ValuesOf(attribute, Wrong);
            AttributeSyntax? shared = type is null ? null : Find(type.AttributeLists, "Tests");
            Dictionary<string, object> common = shared is null ? [] : ValuesOf(shared, Wrong);
            yield return new TestDeclaration(InfoOf(own, common, method, path, line, Wrong), FullNameOf(method));
        }
    }

    private static bool IsAccess(SyntaxToken token) => token.IsKind(SyntaxKind.InternalKeyword) || token.IsKind(SyntaxKind.PublicKeyword);

    private static TestInfo InfoOf(
        Dictionary<string, object> own, Dictionary<string, object> common, MethodDeclarationSyntax method, string path, int line,
        Func<string, BuildException> wrong)
    {
        string Text(string key) => own.GetValueOrDefault(key) as string ?? "";
        string Both(string key) => $"{common.GetValueOrDefault(key) as string} {Text(key)}".Trim();
        int type = own.GetValueOrDefault("Type") as int? ?? common.GetValueOrDefault("Type") as int? ?? TestTypes.Process;
        var info = new TestInfo
        {
            Type = type,
            Name = Text("Name").Length > 0 ? Text("Name") : method.Identifier.Text,
            Description = Text(""),
            Tags = Both("Tags"),
            Requirements = Both("Requires"),
            KnownFailure = Text("KnownFailure"),
            Rules = Both("Rules"),
            File = path,
            Line = line,
            TimeoutMilliseconds = (uint)(own.GetValueOrDefault("TimeoutMilliseconds") as int? ?? 0),
            IsEnabled = own.GetValueOrDefault("Enabled") as bool? ?? true,
        };
        if (type is < 0 or >= TestTypes.Count) throw wrong($"there is no type {type}");
        if (info.Description.Length == 0) throw wrong("a test says in a sentence what it shows");
        if (System.Text.Encoding.UTF8.GetByteCount(info.Name) > TestLimits.MaxNameBytes) throw wrong("its name has more than 128 bytes");
        return info;
    }

    private static AttributeSyntax? Find(SyntaxList<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => attribute.Name.ToString() == name);

    // The one positional argument has the empty name.
    private static Dictionary<string, object> ValuesOf(AttributeSyntax attribute, Func<string, BuildException> wrong) =>
        (attribute.ArgumentList?.Arguments ?? default).ToDictionary(
            argument => argument.NameEquals?.Name.Identifier.Text ?? "", argument => ValueOf(argument.Expression, wrong));

    private static object ValueOf(ExpressionSyntax expression, Func<string, BuildException> wrong) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } value } => value,
        ParenthesizedExpressionSyntax inner => ValueOf(inner.Expression, wrong),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum =>
            $"{ValueOf(sum.Left, wrong)}{ValueOf(sum.Right, wrong)}",
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: nameof(TestTypes) } } constant =>
            typeof(TestTypes).GetField(constant.Name.Identifier.Text)?.GetValue(null)
            ?? throw wrong($"there is no type {constant.Name.Identifier.Text}"),
        _ => throw wrong($"{expression} is no constant that the build can read"),
    };

    private static string FullNameOf(MethodDeclarationSyntax method)
    {
        IEnumerable<string> types = method.Ancestors().OfType<TypeDeclarationSyntax>().Select(type => type.Identifier.Text).Reverse();
        string? space = method.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString();
        return "global::" + string.Join('.', (space is null ? types : types.Prepend(space)).Append(method.Identifier.Text));
    }
}
