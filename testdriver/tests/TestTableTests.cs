// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Suite.Tables;

namespace Sel4.Tests.Driver;

/// <summary>From attributes in sources to the table in a program and back.</summary>
public sealed class TestTableTests
{
    private const string Head = "using Sel4.Testing;\nnamespace N;\n";

    private static IReadOnlyList<TestDeclaration> Read(string text) => TestSources.ReadText("tests/Some.cs", Head + text);

    [Fact]
    [Rule("TD:T1")]
    public void Attributes_become_entries_and_those_of_the_class_are_added()
    {
        TestDeclaration test = Read("""
            [Tests(Tags = "area", Rules = "R-1")]
            internal static class Some
            {
                [Test("What it " + "shows", Rules = "R-2 R-3", Tags = "slow", Requires = "timer", TimeoutMilliseconds = 50,
                    KnownFailure = "issue 7", Enabled = false, Type = TestTypes.Benchmark)]
                internal static void ONE0001() { }
            }
            """).Single();
        TestInfo info = test.Info;
        Assert.Equal("global::N.Some.ONE0001", test.Method);
        Assert.Equal(
            ("ONE0001", "What it shows", "area slow", "R-1 R-2 R-3", "timer", "issue 7"),
            (info.Name, info.Description, info.Tags, info.Rules, info.Requirements, info.KnownFailure));
        Assert.Equal(
            (50u, false, TestTypes.Benchmark, "tests/Some.cs", 8),
            (info.TimeoutMilliseconds, info.IsEnabled, info.Type, info.File, info.Line));
    }

    [Fact]
    [Rule("TD:T1")]
    public void A_table_is_read_as_it_was_written()
    {
        TestInfo[] tests =
        [
            new()
            {
                Name = "ünï", Description = "d", Tags = "a b", Requirements = "timer", KnownFailure = "k", Rules = "R-1", File = "f",
                Line = 9, TimeoutMilliseconds = 7, IsEnabled = true, Type = 1,
            },
            new() { Name = new string('n', 128), Description = "]]>\u0001" },
        ];
        byte[] table = TestTableWriter.Write(tests);
        TestInfo[]? read = TestTable.Read(table, 3, out string problem);
        Assert.True(read is not null, problem);
        Assert.Equal(tests.Select(Everything), read.Select(Everything));
        Assert.All(read, test => Assert.Equal(3, test.Program));
        Assert.Equal(1, TestTable.IndexOf(table, Encoding.UTF8.GetBytes(tests[1].Name)));
        Assert.Equal(-1, TestTable.IndexOf(table, "other"u8));
    }

    private static string Everything(TestInfo test) =>
        $"{test.Name}|{test.Description}|{test.Tags}|{test.Requirements}|{test.KnownFailure}|{test.Rules}|{test.File}|{test.Line}"
        + $"|{test.TimeoutMilliseconds}|{test.IsEnabled}|{test.Type}";

    [Fact]
    [Rule("TD:T1")]
    public void Every_cut_table_is_refused()
    {
        byte[] table = TestTableWriter.Write([new() { Name = "A", Description = "d" }, new() { Name = "B", Description = "e" }]);
        for (int length = 0; length < table.Length; length++) Assert.Null(TestTable.Read(table.AsSpan(0, length), 0, out _));
    }

    [Fact]
    [Rule("TD:T3")]
    public void Two_tests_of_one_name_are_refused_with_both_places()
    {
        const string Twice = """
            internal static class A { [Test("d")] internal static void ONE() { } }
            internal static class B { [Test("d")] internal static void ONE() { } }
            """;
        string message = Assert.Throws<BuildException>(() => Read(Twice)).Message;
        Assert.Contains("tests/Some.cs:3", message);
        Assert.Contains("tests/Some.cs:4", message);
    }

    [Theory]
    [InlineData("internal static class A { [Test(\"d\")] internal void ONE() { } }", "static")]
    [InlineData("internal static class A { [Test(\"d\")] internal static void ONE(int x) { } }", "static")]
    [InlineData("internal static class A { [Test(\"d\")] private static void ONE() { } }", "private")]
    [InlineData("internal static class A { [Test(\"d\", Tags = Other.Tags)] internal static void ONE() { } }", "constant")]
    [InlineData("internal static class A { [Test(\"\")] internal static void ONE() { } }", "sentence")]
    [InlineData("internal static class A { [Test(\"d\", Type = TestTypes.None)] internal static void ONE() { } }", "type")]
    public void A_declaration_that_cannot_work_is_refused_with_its_place(string text, string reason)
    {
        string message = Assert.Throws<BuildException>(() => Read(text)).Message;
        Assert.StartsWith("tests/Some.cs:3: ONE", message);
        Assert.Contains(reason, message);
    }

    [Fact]
    public void A_name_of_its_own_replaces_that_of_the_method() =>
        Assert.Equal(
            "]]> & <",
            Read("internal static class A { [Test(\"d\", Name = \"]]> & <\")] internal static void ONE() { } }").Single().Info.Name);
}
