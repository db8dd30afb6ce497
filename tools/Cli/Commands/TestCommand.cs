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
        var filter = new Option<string>("--filter")
        {
            Description = "Run only tests whose full name this regular expression matches", HelpName = "REGEX",
            DefaultValueFactory = _ => "",
        };
        var list = new Option<bool>("--list") { Description = "Print the names of the tests instead of running them" };
        var rules = new Option<bool>("--rules") { Description = "Print every rule with the tests that cite it, and those without one" };
        var junit = new Option<string?>("--junit") { Description = "Where to write the results as XML", HelpName = "FILE" };
        var noInstall = CommonOptions.NoInstall();
        var command = new Command("test", "Run every test: gates, core library, host, whole system")
        {
            filter, list, rules, junit, noInstall,
        };
        command.SetAction(async (parsed, _) =>
        {
            var chosen = new TestFilter(parsed.GetValue(filter)!);
            if (parsed.GetValue(rules)) return await PrintRulesAsync(session);
            if (parsed.GetValue(list)) return await ListAsync(session, chosen);
            Installer.Permission permission = CommonOptions.PermissionOf(parsed, noInstall);
            await CommonOptions.EnsureAsync(session, Requirement.ForBooting, permission);
            // One test needs a C compiler; where we may not install it, that test is skipped and says so.
            if (Installer.CanInstall(permission)) await CommonOptions.EnsureAsync(session, [Requirement.C], permission);
            using BuildLock held = await session.LockAsync();
            string report = parsed.GetValue(junit) ?? session.Layout.TestResults;
            return await TestRun.RunAsync(session, TestSuites.All(session), chosen, Path.GetFullPath(report), TestRun.Order.OneByOne);
        });
        return command;
    }

    private static async Task<int> ListAsync(Session session, TestFilter filter)
    {
        foreach (TestIdentity test in (await IdentitiesAsync(session)).Where(filter.Accepts)) session.Terminal.Line(test.FullName);
        return 0;
    }

    private static async Task<int> PrintRulesAsync(Session session)
    {
        IReadOnlyList<string> rules = RuleIndex.Read(session.Layout);
        IReadOnlyList<UntestedRule> reasons = RuleIndex.ReadReasons(session.Layout);
        List<TestIdentity> tests = await IdentitiesAsync(session);
        foreach (string line in RuleIndex.Describe(rules, tests, reasons)) session.Terminal.Line(line);
        string[] defects = [.. RuleIndex.Defects(rules, tests, reasons)];
        foreach (string defect in defects) session.Terminal.Bad(defect);
        return defects.Length == 0 ? 0 : BuildException.Failure;
    }

    private static async Task<List<TestIdentity>> IdentitiesAsync(Session session)
    {
        var tests = new List<TestIdentity>();
        foreach (ITestSuite suite in TestSuites.All(session)) tests.AddRange(await suite.ListAsync(session.Cancel));
        return tests;
    }
}
