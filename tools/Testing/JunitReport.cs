// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>Writes test results in the XML form that CI systems read.</summary>
public static class JunitReport
{
    public static void Write(string path, IReadOnlyList<TestResult> results) =>
        AtomicFile.WriteBytes(path, Encoding.UTF8.GetBytes(Format(results)));

    public static string Format(IReadOnlyList<TestResult> results)
    {
        IEnumerable<XElement> suites = results.GroupBy(result => result.Test.Suite).Select(suite => new XElement(
            "testsuite", new XAttribute("name", suite.Key), Counts(suite), suite.Select(CaseOf)));
        var root = new XElement("testsuites", Counts(results), suites);
        return new XDeclaration("1.0", "utf-8", null) + "\n" + root + "\n";
    }

    private static object[] Counts(IEnumerable<TestResult> results)
    {
        TestResult[] all = [.. results];
        return
        [
            new XAttribute("tests", all.Length),
            new XAttribute("failures", all.Count(result => result.Outcome == TestOutcome.Failed)),
            new XAttribute("skipped", all.Count(result => result.Outcome == TestOutcome.Skipped)),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(all.Sum(result => result.Duration.Ticks)))),
        ];
    }

    private static XElement CaseOf(TestResult result) => new(
        "testcase",
        new XAttribute("classname", result.Test.Suite),
        new XAttribute("name", Printable(result.Test.Name)),
        new XAttribute("time", Seconds(result.Duration)),
        result.Outcome switch
        {
            TestOutcome.Failed => new XElement(
                "failure", new XAttribute("message", Printable(FirstLine(result.Message))), Printable(result.Message)),
            TestOutcome.Skipped => new XElement("skipped", new XAttribute("message", Printable(result.Message))),
            _ => null,
        });

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    private static string FirstLine(string text) => text.Split('\n')[0];

    // XML 1.0 has no way to write most control characters.
    private static string Printable(string text) =>
        string.Concat(text.Select(character =>
            System.Xml.XmlConvert.IsXmlChar(character) || char.IsSurrogate(character) ? character : '\uFFFD'));
}
