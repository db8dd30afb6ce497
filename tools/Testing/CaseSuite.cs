// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>Thrown by a test to say that it cannot run here, and why.</summary>
public sealed class SkipException(string reason) : Exception(reason);

/// <summary>One test as a function: it returns when the test passed and throws a BuildException when it failed.</summary>
public sealed record TestCase(string Name, IReadOnlyList<string> Rules, Func<CancellationToken, Task> Run);

/// <summary>A suite whose tests are functions, run one after the other.</summary>
/// <param name="prepare">Builds what the cases share; called once, and only when a case is going to run.</param>
public sealed class CaseSuite(string name, IReadOnlyList<TestCase> cases, Func<CancellationToken, Task>? prepare = null) : ITestSuite
{
    public string Name => name;

    public Task<IReadOnlyList<TestIdentity>> ListAsync(CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<TestIdentity>>([.. cases.Select(IdentityOf)]);

    public async Task RunAsync(TestFilter filter, Action<TestResult> report, CancellationToken cancel)
    {
        TestCase[] chosen = [.. cases.Where(test => filter.Accepts(IdentityOf(test)))];
        if (chosen.Length == 0) return;
        if (prepare is not null) await prepare(cancel);
        foreach (TestCase test in chosen) report(await RunOneAsync(test, cancel));
    }

    private TestIdentity IdentityOf(TestCase test) => new(name, test.Name, test.Rules);

    private async Task<TestResult> RunOneAsync(TestCase test, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            await test.Run(cancel);
            return new TestResult(IdentityOf(test), TestOutcome.Passed, clock.Elapsed);
        }
        catch (SkipException skip)
        {
            return new TestResult(IdentityOf(test), TestOutcome.Skipped, clock.Elapsed, skip.Message);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            string message = error is BuildException ? error.Message : error.ToString();
            return new TestResult(IdentityOf(test), TestOutcome.Failed, clock.Elapsed, message);
        }
    }
}
