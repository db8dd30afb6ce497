// SPDX-License-Identifier: BSD-2-Clause
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Sel4.Testing;
using Sel4.Tools.Suite;
using Sel4.Tools.Suite.Reports;

namespace Sel4.Tests.Tooling;

/// <summary>Reports of runs of the suite are what strict readers accept, whatever a test prints.</summary>
public sealed class SuiteReportTests
{
    private const string Nasty = "]]> & < > \" ' \u0000 \u0001 \u001b \ufffe \ud800 end";

    private static SuiteReport Report(params CaseResult[] results) => new(results, [], TimeSpan.FromSeconds(3))
    {
        Properties = new Dictionary<string, string> { ["seed"] = "1", ["nasty"] = Nasty },
    };

    private static CaseResult Case(string name, string verdict, string message = "", string known = "") =>
        new(new TestInfo { Name = name, Type = TestTypes.Process, File = "a.cs", Line = 3, KnownFailure = known }, verdict)
        {
            Message = message, Duration = TimeSpan.FromMilliseconds(1.5), Assertions = 4, Output = "out " + message,
            Figures = [new Figure("speed", 42, "instructions")],
        };

    private static readonly SuiteReport s_report = Report(
        Case("A", "passed"), Case(Nasty, "failed", "first\n" + Nasty), Case("C", "timeout", "late"), Case("D", "skipped", "why # not"),
        Case("E", "not-run"), Case("F", "failed", "x", "issue 4"), Case("G", "passed", "", "issue 5"));

    private static XDocument Xml(SuiteReport report) =>
        XDocument.Parse(JunitSuite.Format(report, DateTimeOffset.UnixEpoch, "host"));

    [Theory]
    [Rule("TD:X1", "TD:X2", "TD:X3", "TD:X4")]
    [InlineData("junit-jenkins.xsd")]
    [InlineData("junit-strict.xsd")]
    public void The_xml_keeps_to_the_schema(string schema)
    {
        var schemas = new XmlSchemaSet();
        string folder = Path.Combine(Sel4.Tools.Build.RepositoryLayout.Find().Root, "tools", "tests", "Schemas");
        schemas.Add(null, Path.Combine(folder, schema));
        var problems = new List<string>();
        Xml(s_report).Validate(schemas, (_, problem) => problems.Add(problem.Message));
        Assert.Empty(problems);
    }

    [Fact]
    [Rule("TD:X1")]
    public void What_xml_cannot_hold_is_written_in_hexadecimal()
    {
        string text = JunitSuite.Format(s_report, DateTimeOffset.UnixEpoch, "host");
        Assert.Contains("\\x00", text);
        Assert.Contains("\\x1b", text);
        Assert.DoesNotContain("]]>", text);
        Assert.DoesNotContain("CDATA", text);
        using XmlReader reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = true });
        while (reader.Read())
        {
        }
    }

    [Fact]
    [Rule("TD:X2", "TD:X3", "TD:H6")]
    public void Counts_times_and_properties_are_those_of_the_run()
    {
        XElement root = Xml(s_report).Root!;
        Assert.Equal(("7", "2", "2", "2"), (
            root.Attribute("tests")!.Value, root.Attribute("failures")!.Value, root.Attribute("errors")!.Value,
            root.Attribute("skipped")!.Value));
        Assert.All(
            root.Descendants("testcase"), test => Assert.True(test.Elements().Count(e => e.Name.LocalName is "failure" or "error") <= 1));
        Assert.All(root.Descendants("testcase"), test => Assert.Equal("0.001500", test.Attribute("time")!.Value));
        Assert.Contains(root.Descendants("property"), property => property.Attribute("name")!.Value == "seed");
        Assert.Contains(root.Descendants("property"), property => property.Attribute("value")!.Value == "42 instructions");
    }

    [Fact]
    [Rule("TD:X5")]
    public void Tap_is_version_14_and_escapes_what_would_be_a_directive()
    {
        string[] lines = TapSuite.Format(s_report).Split('\n');
        Assert.Equal("TAP version 14", lines[0]);
        Assert.Equal("1..7", lines[1]);
        bool Begins(string line, string with) => line.StartsWith(with, StringComparison.Ordinal);
        Assert.Equal(7, lines.Count(line => Begins(line, "ok ") || Begins(line, "not ok ")));
        Assert.Contains(lines, line => Begins(line, "ok 4 - D") && line.EndsWith("# SKIP why \\# not", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("not ok 6 - F", StringComparison.Ordinal) && line.Contains("issue 4"));
        Assert.Contains(lines, line => line.StartsWith("not ok 7 - G", StringComparison.Ordinal));
        Assert.Equal(lines.Count(line => line == "  ---"), lines.Count(line => line == "  ..."));
    }

    [Fact]
    [Rule("TD:X5")]
    public void Lines_of_json_are_one_object_each_and_the_last_is_the_summary()
    {
        string[] lines = JsonLines.Format(s_report).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(8, lines.Length);
        foreach (string line in lines) JsonDocument.Parse(line).Dispose();
        using JsonDocument second = JsonDocument.Parse(lines[1]);
        Assert.Equal("failed", second.RootElement.GetProperty("outcome").GetString());
        using JsonDocument last = JsonDocument.Parse(lines[^1]);
        Assert.Equal(1, last.RootElement.GetProperty("exit").GetInt32());
    }

    [Fact]
    [Rule("TD:O1")]
    public void The_lines_that_scripts_look_for_say_how_it_went()
    {
        Assert.Contains(PlainLines.Bad, PlainLines.Format(s_report));
        Assert.Contains(PlainLines.Good, PlainLines.Format(Report(Case("A", "passed"))));
        Assert.Contains("Test suite passed. 1 tests passed. 0 tests disabled.", PlainLines.Format(Report(Case("A", "passed"))));
    }

    [Fact]
    [Rule("TD:H4")]
    public void A_test_that_passes_in_some_rounds_only_is_told_as_flaky()
    {
        SuiteReport report = Report(Case("A", "passed"), Case("A", "failed") with { Round = 1 }, Case("B", "passed"), Case("C", "failed"));
        Assert.Equal(["A: 1 of 2 rounds failed"], report.Flaky);
        Assert.Equal(1, report.ExitCode);
    }

    [Fact]
    public void Figures_are_compared_as_ratios()
    {
        var before = new Dictionary<string, ulong> { ["A/speed"] = 21 };
        (string name, ulong value, ulong old, double ratio) = Baseline.Compare(Report(Case("A", "passed")), before).Single();
        Assert.Equal(("A/speed", 42ul, 21ul, 2.0), (name, value, old, ratio));
    }
}
