// SPDX-License-Identifier: BSD-2-Clause
using System.Text.Json;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>The host tests: tests/Host/Host.Tests.csproj, built by MSBuild and run by its own runner in a process of its own.</summary>
public sealed class HostSuite(RepositoryLayout layout, Action<string> say, HostSuite.Depth depth = HostSuite.Depth.Full) : ITestSuite
{
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_runLimit = TimeSpan.FromMinutes(15);
    private bool _isBuilt;

    /// <summary>How much random testing is done: every seed, or for the inner loop one of each kind.</summary>
    public enum Depth { Full, OneSeed }

    public string Name => "host";

    public async Task<IReadOnlyList<TestIdentity>> ListAsync(CancellationToken cancel)
    {
        await BuildAsync(cancel);
        var tests = new List<TestIdentity>();
        await RunnerAsync(["--list"], line => tests.Add(IdentityOf(line)), cancel);
        return tests;
    }

    public async Task RunAsync(TestFilter filter, Action<TestResult> report, CancellationToken cancel)
    {
        await BuildAsync(cancel);
        int count = 0;
        ProcessResult result = await RunnerAsync(ArgumentsFor(filter), line =>
        {
            TestIdentity test = IdentityOf(line);
            if (!filter.Accepts(test)) return;
            count++;
            TestOutcome outcome = Enum.Parse<TestOutcome>(line.GetProperty("outcome").GetString()!, ignoreCase: true);
            TimeSpan duration = TimeSpan.FromSeconds(line.GetProperty("seconds").GetDouble());
            report(new TestResult(test, outcome, duration, line.GetProperty("message").GetString() ?? ""));
        }, cancel);
        bool isCrash = result.ExitCode is not (0 or 1) || (count == 0 && filter.Pattern.Length == 0);
        if (isCrash) throw new BuildException($"the host test runner ended with {result.ExitCode} after {count} tests:\n{result.Output}");
    }

    /// <summary>Compiles the tests and everything that they test.</summary>
    public async Task BuildAsync(CancellationToken cancel)
    {
        if (_isBuilt) return;
        say("building the host tests");
        ProcessResult result = await ExternalProcess.RunAsync(
            Toolchain.FindDotnet(),
            ["build", layout.HostTestProject, "-nologo", "-v:quiet", "-clp:NoSummary;ForceNoAlign", "-nodeReuse:false"],
            layout.Root, s_buildLimit, cancel);
        if (!result.Succeeded)
        {
            throw new BuildException("the host tests do not compile:\n" + Compiler.Diagnostics(result.Output, layout.Root));
        }
        _isBuilt = true;
    }

    private string[] ArgumentsFor(TestFilter filter) =>
        ["--filter", filter.Pattern, .. depth == Depth.OneSeed ? (string[])["--quick"] : []];

    private Task<ProcessResult> RunnerAsync(string[] arguments, Action<JsonElement> onLine, CancellationToken cancel) =>
        ExternalProcess.RunAsync(
            Toolchain.FindDotnet(), [layout.HostTestAssembly, .. arguments], layout.Root, s_runLimit, cancel,
            line =>
            {
                if (!line.StartsWith('{')) return;
                using JsonDocument parsed = JsonDocument.Parse(line);
                onLine(parsed.RootElement);
            });

    private TestIdentity IdentityOf(JsonElement line) => new(
        Name,
        line.GetProperty("test").GetString()!,
        [.. line.GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!)]);
}
