// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Sel4.Testing;

namespace Sel4.Tools.Suite.Reports;

/// <summary>Writes a run in the JUnit dialect that Jenkins, GitLab, GitHub's actions and Azure read. TD:§7.3.</summary>
public static class JunitSuite
{
    private const string ClassName = "sel4test";
    private const int MaxOutput = 50_000;

    public static string Format(SuiteReport report, DateTimeOffset started, string host)
    {
        int id = 0;
        IEnumerable<XElement> suites = report.Results.GroupBy(result => result.Test.Type).OrderBy(group => group.Key).Select(group =>
            new XElement(
                "testsuite",
                new XAttribute("name", TestTypes.NameOf(group.Key)),
                Counts([.. group]),
                new XAttribute("timestamp", started.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
                new XAttribute("hostname", host),
                new XAttribute("id", id++),
                PropertiesOf(report),
                group.Select(CaseOf)));
        XElement root = new("testsuites", new XAttribute("name", ClassName), Counts(report.Results), suites);
        return new XDeclaration("1.0", "utf-8", null) + "\n" + root + "\n";
    }

    private static object[] Counts(IReadOnlyList<CaseResult> results) =>
    [
        new XAttribute("tests", results.Count),
        new XAttribute("failures", results.Count(result => result.Outcome == CaseOutcome.Failed)),
        new XAttribute("errors", results.Count(result => result.Outcome == CaseOutcome.Error)),
        new XAttribute("skipped", results.Count(result => result.Outcome is CaseOutcome.Skipped or CaseOutcome.KnownFailure)),
        new XAttribute("time", Seconds(TimeSpan.FromTicks(results.Sum(result => result.Duration.Ticks)))),
    ];

    private static XElement PropertiesOf(SuiteReport report)
    {
        IEnumerable<XElement> problems = report.Problems.Select(problem => Property("problem", problem));
        return new XElement("properties", report.Properties.Select(pair => Property(pair.Key, pair.Value)), problems);
    }

    private static XElement Property(string name, string value) =>
        new("property", new XAttribute("name", name), new XAttribute("value", Printable(value)));

    private static XElement CaseOf(CaseResult result) => new(
        "testcase",
        new XAttribute("name", Printable(NameOf(result))),
        new XAttribute("classname", $"{ClassName}.{TestTypes.NameOf(result.Test.Type)}"),
        new XAttribute("time", Seconds(result.Duration)),
        new XAttribute("file", result.Test.File),
        new XAttribute("line", result.Test.Line),
        new XAttribute("assertions", result.Assertions),
        result.Figures.Count == 0 ? null : new XElement("properties", result.Figures.Select(figure =>
            Property(figure.Name, string.Create(CultureInfo.InvariantCulture, $"{figure.Value} {figure.Unit}")))),
        VerdictOf(result),
        result.Output.Length == 0 ? null : new XElement("system-out", Printable(Shortened(result.Output))));

    // One element at most: Jenkins keeps only one (TD:X2).
    private static XElement? VerdictOf(CaseResult result) => result.Outcome switch
    {
        CaseOutcome.Failed or CaseOutcome.Error => new XElement(
            result.Outcome == CaseOutcome.Failed ? "failure" : "error",
            new XAttribute("message", Printable(result.Message.Split('\n')[0])),
            new XAttribute("type", result.IsUnexpectedPass ? "unexpected-pass" : result.Verdict),
            Printable(Shortened(result.Message))),
        CaseOutcome.Skipped => new XElement("skipped", new XAttribute("message", Printable(
            result.Verdict == "disabled" ? "disabled" : result.Message))),
        CaseOutcome.KnownFailure => new XElement(
            "skipped", new XAttribute("message", Printable($"known failure: {result.Test.KnownFailure}"))),
        _ => null,
    };

    private static string NameOf(CaseResult result) =>
        result.Round == 0 ? result.Test.Name : $"{result.Test.Name} (round {result.Round + 1})";

    private static string Shortened(string text) => text.Length <= MaxOutput ? text : text[..MaxOutput] + "\n(cut)";

    private static string Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds).ToString("0.000000", CultureInfo.InvariantCulture);

    /// <summary>What XML 1.0 has no way to write is written in hexadecimal (TD:X1); the writer escapes the rest.</summary>
    public static string Printable(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            bool isPair = char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
            if (isPair) result.Append(character).Append(text[++index]);
            else if (System.Xml.XmlConvert.IsXmlChar(character)) result.Append(character);
            else result.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
        }
        return result.ToString();
    }
}
