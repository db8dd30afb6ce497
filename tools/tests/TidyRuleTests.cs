// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Tidy;

namespace Sel4.Tests.Tooling;

/// <summary>Each rule about the sources sees what it is there for, on trees that exist only here.</summary>
public sealed class TidyRuleTests
{
    private static SourceTree Tree(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => new TidyFile(file.Path, file.Text))]);

    private static string[] Found(ITidyRule rule, params (string Path, string Text)[] files) =>
        [.. rule.Check(Tree(files)).Select(violation => violation.ToString())];

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// x\n", count));

    [Fact]
    public void A_source_without_licence_is_found_and_a_script_may_have_it_in_its_second_line()
    {
        Assert.Equal(
            ["a/b.cs: no 'SPDX-License-Identifier: BSD-2-Clause' at its head"], Found(new LicenceRule(), ("a/b.cs", "class A;\n")));
        Assert.Empty(Found(new LicenceRule(), ("sel4", "#!/bin/sh\n# SPDX-License-Identifier: BSD-2-Clause\n")));
    }

    [Fact]
    public void A_file_of_500_lines_is_allowed_and_one_of_501_is_not()
    {
        (string, string)[] small = [("s1.cs", ""), ("s2.cs", ""), ("s3.cs", "")];
        Assert.Empty(Found(new FileBudgetRule(), [.. small, ("a.cs", Lines(500))]));
        Assert.Equal(["a.cs: 501 lines"], Found(new FileBudgetRule(), [.. small, ("a.cs", Lines(501))]));
        Assert.Empty(Found(new FileBudgetRule(), [.. small, ("a.g.cs", Lines(501))]));
    }

    [Fact]
    public void A_tree_of_long_files_is_found_by_its_median() =>
        Assert.Equal([".: the median file has 150 lines"], Found(new FileBudgetRule(), ("a.cs", Lines(150)), ("b.cs", Lines(150))));

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void A_function_counts_from_its_first_word_to_its_brace(int lines, int expected)
    {
        string body = string.Concat(Enumerable.Repeat("        _x++;\n", lines - 3));
        string text = $"class A\n{{\n    /// <summary>M.</summary>\n    [Fact]\n    void M()\n    {{\n{body}    }}\n}}\n";
        Assert.Equal(expected, Found(new FunctionBudgetRule(), ("a.cs", text)).Length);
    }

    [Fact]
    public void A_long_function_in_a_CSharp_14_extension_block_is_found()
    {
        string body = string.Concat(Enumerable.Repeat("            x++;\n", 60));
        string method = $"        public void M()\n        {{\n{body}        }}\n";
        string text = $"static class A\n{{\n    extension(int x)\n    {{\n{method}    }}\n}}\n";
        Assert.Equal(["a.cs:5: a function of 63 lines"], Found(new FunctionBudgetRule(), ("a.cs", text)));
    }

    [Fact]
    public void A_line_of_141_columns_is_found() =>
        Assert.Equal(
            ["a.cs:2: 141 columns"], Found(new LineBudgetRule(), ("a.cs", new string('x', 140) + "\n" + new string('x', 141) + "\n")));

    [Theory]
    [InlineData("try { } finally { }", "try")]
    [InlineData("throw null;", "throw")]
    [InlineData("int y = x ?? throw null;", "throw")]
    [InlineData("goto end; end: ;", "goto")]
    public void Kernel_code_may_not_use_exceptions_or_jumps(string statement, string name)
    {
        string text = $"class A {{ void M() {{ {statement} }} }}";
        Assert.Equal([$"kernel/core/A.cs:1: {name}"], Found(new KernelBansRule(), ("kernel/core/A.cs", text)));
        Assert.Empty(Found(new KernelBansRule(), ("kernel/core/host/A.cs", text), ("rootserver/A.cs", text)));
    }

    [Fact]
    public void Words_in_comments_and_strings_are_not_code() =>
        Assert.Empty(Found(new KernelBansRule(), ("kernel/core/A.cs", "class A { /* try throw goto */ string s = \"catch\"; }")));

    [Fact]
    public void Conditional_compilation_is_for_the_core_library_only()
    {
        const string Text = "#if X\nclass A;\n#endif\n";
        Assert.Equal(["libsel4/A.cs:1: #if"], Found(new ConditionalCompilationRule(), ("libsel4/A.cs", Text), ("corelib/B.cs", Text)));
    }

    [Fact]
    public void Unsafe_code_needs_a_place_on_the_list_and_the_list_no_idle_place()
    {
        const string Text = "unsafe class A;\n";
        Assert.Equal(["kernel/A.cs:1: unsafe"], Found(new UnsafeRule(), ("kernel/A.cs", Text)));
        Assert.Empty(Found(new UnsafeRule(), ("kernel/x/A.cs", Text), (UnsafeRule.ListFile, "kernel/x/  # why\n")));
        Assert.Equal(
            [$"{UnsafeRule.ListFile}: 'kernel/y/' is listed but has no unsafe code"],
            Found(new UnsafeRule(), ("kernel/A.cs", "class A;\n"), (UnsafeRule.ListFile, "kernel/y/\n")));
    }

    [Fact]
    public void A_namespace_with_braces_is_found() =>
        Assert.Single(Found(new NamespaceRule(), ("a.cs", "namespace A { class B; }"), ("b.cs", "namespace A;\nclass B;\n")));

    [Fact]
    public void A_note_without_an_issue_is_found()
    {
        string note = "TO" + "DO";
        Assert.Single(Found(new LeftoverNotesRule(), ("a.cs", $"// {note}: later\n"), ("b.cs", $"// {note}(#12): later\n")));
    }

    [Fact]
    public void Machine_paths_and_package_hosts_are_found() =>
        Assert.Equal(2, Found(new MachineTextRule(), ("a.md", "see /ho" + "me/me\n"), ("b.json", "https://api.nuget" + ".org\n")).Length);

    [Fact]
    public void Links_must_lead_somewhere()
    {
        (string, string) target = ("docs/b.md", "# Two words, here\n");
        Assert.Empty(Found(new LinkRule(), ("docs/a.md", "[b](b.md#two-words-here) [up](../docs) [web](https://x.y)\n"), target));
        Assert.Equal(
            ["docs/a.md:1: the link to c.md leads nowhere", "docs/a.md:1: there is no heading for b.md#other"],
            Found(new LinkRule(), ("docs/a.md", "[c](c.md) [b](b.md#other)\n"), target));
    }

    [Fact]
    public void The_tour_names_files_and_symbols_that_exist()
    {
        (string, string) code = ("kernel/core/A.cs", "class Thing { void Run() {} }");
        Assert.Empty(Found(new TourRule(), ("docs/tour/1.md", "`kernel/core/A.cs` has `Thing.Run()` and `rax`.\n"), code));
        Assert.Equal(
            ["docs/tour/1.md:1: there is no kernel/core/B.cs", "docs/tour/1.md:3: Other is in none of kernel/core/A.cs"],
            Found(new TourRule(), ("docs/tour/1.md", "`kernel/core/B.cs`\n\n`kernel/core/A.cs` has `Other`\n"), code));
    }

    [Fact]
    public void A_project_may_refer_only_to_what_its_row_reaches()
    {
        const string Table = "| `low` | `Low` | – | host |\n| `mid` | `Mid` | `Low` | host |\n| `top` | `Top` | `Mid` | host |\n";
        static string Project(string reference) =>
            $"<Project><ItemGroup><ProjectReference Include=\"../x/{reference}.csproj\" /></ItemGroup></Project>";
        string[] found = Found(
            new LayerRule(), (LayerRule.Page, Table), ("top/Top.csproj", Project("Low")), ("mid/Mid.csproj", Project("Top")),
            ("new/New.csproj", "<Project />"));
        Assert.Contains("mid/Mid.csproj: Mid must not refer to Top", found);
        Assert.Contains("new/New.csproj: New is not in the table", found);
        Assert.DoesNotContain(found, line => line.StartsWith("top/", StringComparison.Ordinal));
        Assert.Contains(found, line => line.Contains("Kernel.Core is not in the table", StringComparison.Ordinal));
    }

    [Fact]
    public void Folders_and_samples_must_be_complete()
    {
        Assert.Equal(["a: no README.md"], Found(new ReadmeRule(), ("a/A.csproj", "")));
        Assert.Equal(
            ["samples/x: no README.md", "samples/x: no expected.txt"], Found(new SampleRule(), ("samples/x/Program.cs", "")));
    }
}
