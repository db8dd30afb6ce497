// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;
using Sel4.Tools.Cli;

namespace Sel4.Tools.Testing;

/// <summary>Runs suites and tells how they went.</summary>
internal static class TestRun
{
    /// <summary>Side by side is quicker on an idle machine; one by one gives each boot the machine for itself.</summary>
    internal enum Order { OneByOne, SideBySide }

    /// <summary>Runs suites, shows every failure as it happens, writes the XML, and ends with the line of counts.</summary>
    internal static async Task<int> RunAsync(
        Session session, IReadOnlyList<ITestSuite> suites, TestFilter filter, string junit, Order order)
    {
        List<TestResult>[] results = order == Order.SideBySide
            ? await Task.WhenAll(suites.Select(suite => RunSuiteAsync(session, suite, filter)))
            : await InTurnAsync(suites, suite => RunSuiteAsync(session, suite, filter));
        List<TestResult> all = [.. results.SelectMany(ofSuite => ofSuite)];
        JunitReport.Write(junit, all);
        return Summarise(session.Terminal, all, filter);
    }

    private static async Task<List<TestResult>[]> InTurnAsync(
        IReadOnlyList<ITestSuite> suites, Func<ITestSuite, Task<List<TestResult>>> run)
    {
        var results = new List<List<TestResult>>();
        foreach (ITestSuite suite in suites) results.Add(await run(suite));
        return [.. results];
    }

    private static async Task<List<TestResult>> RunSuiteAsync(Session session, ITestSuite suite, TestFilter filter)
    {
        await Task.Yield();
        if (filter.Pattern.Length == 0) session.Terminal.Note($"{suite.Name} tests");
        var results = new List<TestResult>();
        void Report(TestResult result)
        {
            lock (results) results.Add(result);
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
        return results;
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
        if (result.Outcome == TestOutcome.Passed && result.Test.Suite is not ("host" or "corelib" or "target"))
        {
            terminal.Good($"passed {result.Test.FullName} ({result.Duration.TotalSeconds:0.0} s)");
        }
    }

    private static string Indent(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => "    " + line));
}
