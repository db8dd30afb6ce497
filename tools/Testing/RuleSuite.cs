// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>Compares the list of rules with the tests of all other suites.</summary>
internal static class RuleSuite
{
    internal static ITestSuite Create(RepositoryLayout layout, IReadOnlyList<ITestSuite> suites)
    {
        async Task Run(CancellationToken cancel)
        {
            var tests = new List<TestIdentity>();
            foreach (ITestSuite suite in suites) tests.AddRange(await suite.ListAsync(cancel));
            string[] defects = [.. RuleIndex.Defects(RuleIndex.Read(layout), tests, RuleIndex.ReadReasons(layout))];
            if (defects.Length > 0) throw new BuildException(string.Join('\n', defects));
        }

        return new CaseSuite("rules", [new TestCase("Every rule has a test or a reason why not", [], Run)]);
    }
}
