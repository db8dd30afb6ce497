// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using Sel4.Tools.Build;
using Sel4.Tools.Doctor;
using Sel4.Tools.Testing;

namespace Sel4.Tools.Cli.Commands;

/// <summary><c>./sel4 test</c>: every test there is, on the host and in QEMU.</summary>
internal static class TestCommand
{
    internal static Command Create(Session session)
    {
        var filter = new Option<string>("--filter") { Description = "Run only tests whose full name this regular expression matches", HelpName = "REGEX", DefaultValueFactory = _ => "" };
        var list = new Option<bool>("--list") { Description = "Print the names of the tests instead of running them" };
        var rules = new Option<bool>("--rules") { Description = "Print every rule with the tests that cite it, and those without one" };
        var junit = new Option<string?>("--junit") { Description = "Where to write the results as XML", HelpName = "FILE" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("test", "Run every test: gates, core library, host, whole system") { filter, list, rules, junit, noInstall };
        command.SetAction(async (parsed, _) =>
        {
            var chosen = new TestFilter(parsed.GetValue(filter)!);
            if (parsed.GetValue(rules)) return await PrintRulesAsync(session);
            if (parsed.GetValue(list)) return await ListAsync(session, chosen);
            await CommonOptions.EnsureAsync(session, Requirement.ForBooting, CommonOptions.PermissionOf(parsed, noInstall));
            return await RunAsync(session, TestSuites.All(session), chosen, parsed.GetValue(junit) ?? session.Layout.TestResults);
        });
        return command;
    }

    /// <summary>Runs suites, shows every failure as it happens, writes the XML, and ends with the line of counts.</summary>
    internal static async Task<int> RunAsync(Session session, IReadOnlyList<ITestSuite> suites, TestFilter filter, string junit)
    {
        var results = new List<TestResult>();
        foreach (ITestSuite suite in suites)
        {
            session.Terminal.Note($"{suite.Name} tests");
            var ofSuite = new List<TestResult>();
            void Report(TestResult result)
            {
                lock (ofSuite) ofSuite.Add(result);
                Show(session.Terminal, result);
            }
            try
            {
                await suite.RunAsync(filter, Report, session.Cancel);
            }
            catch (BuildException error)
            {
                // What keeps a whole suite from running is a failure of its own, and must not hide the other suites.
                Report(new TestResult(new TestIdentity(suite.Name, "runs", []), TestOutcome.Failed, TimeSpan.Zero, error.Message));
            }
            results.AddRange(ofSuite);
        }
        JunitReport.Write(junit, results);
        return Summarise(session.Terminal, results, filter);
    }

    private static int Summarise(Terminal terminal, List<TestResult> results, TestFilter filter)
    {
        int Count(TestOutcome outcome) => results.Count(result => result.Outcome == outcome);
        int failed = Count(TestOutcome.Failed);
        foreach (IGrouping<string, TestResult> suite in results.GroupBy(result => result.Test.Suite))
        {
            double seconds = suite.Sum(result => result.Duration.TotalSeconds);
            int bad = suite.Count(result => result.Outcome == TestOutcome.Failed);
            terminal.Line($"{suite.Key,-10} {suite.Count(),5} tests  {bad,3} failed  {seconds,6:0.0} s");
        }
        if (results.Count == 0 && filter.Pattern.Length > 0) terminal.Warn("no test matches the filter");
        terminal.Line($"{Count(TestOutcome.Passed)} passed, {failed} failed, {Count(TestOutcome.Skipped)} skipped");
        return failed == 0 && results.Count > 0 ? 0 : BuildException.Failure;
    }

    private static void Show(Terminal terminal, TestResult result)
    {
        if (result.Outcome == TestOutcome.Failed) terminal.Bad($"FAILED {result.Test.FullName}\n{Indent(result.Message)}");
        if (result.Outcome == TestOutcome.Skipped) terminal.Line($"skipped {result.Test.FullName}: {result.Message}");
        // Whole-system tests take seconds each: say that something happens.
        if (result.Outcome == TestOutcome.Passed && result.Test.Suite != "host") terminal.Good($"passed {result.Test.FullName} ({result.Duration.TotalSeconds:0.0} s)");
    }

    private static string Indent(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => "    " + line));

    private static async Task<int> ListAsync(Session session, TestFilter filter)
    {
        foreach (TestIdentity test in (await IdentitiesAsync(session)).Where(filter.Accepts)) session.Terminal.Line(test.FullName);
        return 0;
    }

    private static async Task<int> PrintRulesAsync(Session session)
    {
        IReadOnlyList<string> rules = RuleIndex.Read(session.Layout);
        foreach (string line in RuleIndex.Describe(rules, await IdentitiesAsync(session))) session.Terminal.Line(line);
        return 0;
    }

    private static async Task<List<TestIdentity>> IdentitiesAsync(Session session)
    {
        var tests = new List<TestIdentity>();
        foreach (ITestSuite suite in TestSuites.All(session)) tests.AddRange(await suite.ListAsync(session.Cancel));
        return tests;
    }
}
