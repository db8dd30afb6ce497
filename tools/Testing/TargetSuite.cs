// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Cli;
using Sel4.Tools.Suite;
using Sel4.Tools.Suite.Tables;

namespace Sel4.Tools.Testing;

/// <summary>The tests that run on the machine, each as a test of its own; <c>./sel4 suite</c> has more ways to run them.</summary>
internal sealed class TargetSuite(Session session) : ITestSuite
{
    private static readonly string[] s_assemblies = ["TestDriver", "Suite"];

    public string Name => "target";

    /// <summary>Reads the sources: nothing is built for a list.</summary>
    public Task<IReadOnlyList<TestIdentity>> ListAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TestIdentity>>([.. s_assemblies.SelectMany(ReadSources).Select(IdentityOf)]);

    public async Task RunAsync(TestFilter filter, Action<TestResult> report, CancellationToken cancel)
    {
        TestIdentity[] chosen = [.. (await ListAsync(cancel)).Where(filter.Accepts)];
        if (chosen.Length == 0) return;
        SuiteImage image = await SuiteImageBuilder.BuildAsync(session, [ImageGraph.SuiteProgram]);
        var options = new SuiteOptions { Only = [.. chosen.Select(test => test.Name.Split(':')[0])] };
        SuiteReport result = await new SuiteSession(session, image, image.ReadTests(), options).RunMachinesAsync(null);
        foreach (CaseResult one in result.Results) report(ResultOf(one));
        if (result.Problems.Count > 0) throw new BuildException(string.Join('\n', result.Problems));
    }

    private IEnumerable<TestInfo> ReadSources(string assembly) => TestSources
        .Read(session.Layout, session.Graph.SourcesOf(session.Graph.Assembly(assembly, Flavour.User), "*.cs"))
        .Select(test => test.Info);

    private TestIdentity IdentityOf(TestInfo test) =>
        new(Name, $"{test.Name}: {test.Description}", test.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private TestResult ResultOf(CaseResult result) => new(
        IdentityOf(result.Test),
        result.IsBad ? TestOutcome.Failed : result.Outcome == CaseOutcome.Passed ? TestOutcome.Passed : TestOutcome.Skipped,
        result.Duration,
        result.Outcome == CaseOutcome.KnownFailure ? result.Test.KnownFailure : result.Message);
}
