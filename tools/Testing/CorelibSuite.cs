// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using System.Text.RegularExpressions;
using Sel4.Tools.Build;

namespace Sel4.Tools.Testing;

/// <summary>The core library's self-test: compiled like any user program, but run as a Linux process, where it is quick to try.</summary>
/// <remarks>
/// Without arguments it prints <c>ok NAME</c> or <c>FAIL NAME: …</c> for each check and a line of counts. <c>failures</c> lists ways to
/// end badly (name, status, beginning of the message, separated by tabs), and <c>fail NAME</c> takes one of them.
/// </remarks>
internal sealed partial class CorelibSuite(ImageGraph graph, Func<Task<ImageBuilder>> builder) : ITestSuite
{
    private const string Good = "ok ";
    private const string Bad = "FAIL ";
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private sealed record Ending(string Name, int Status, string Message);

    public string Name => "corelib";

    public async Task<IReadOnlyList<TestIdentity>> ListAsync(CancellationToken cancel)
    {
        string program = await BuildAsync(cancel);
        ProcessResult checks = await RunAsync(program, [], cancel);
        return [.. ResultsOf(checks).Select(result => result.Test), .. (await EndingsAsync(program, cancel)).Select(IdentityOf)];
    }

    public async Task RunAsync(TestFilter filter, Action<TestResult> report, CancellationToken cancel)
    {
        string program = await BuildAsync(cancel);
        ProcessResult checks = await RunAsync(program, [], cancel);
        TestResult[] results = [.. ResultsOf(checks)];
        foreach (TestResult result in results.Where(result => filter.Accepts(result.Test))) report(result);
        foreach (Ending ending in (await EndingsAsync(program, cancel)).Where(ending => filter.Accepts(IdentityOf(ending))))
        {
            report(await TryAsync(program, ending, cancel));
        }
        // A self-test that stops half-way must not look like one that passed. One check prints its own line, uncounted: it
        // is there to show that the text arrives unharmed.
        int failed = results.Count(result => result.Outcome == TestOutcome.Failed);
        Match counts = CountsPattern().Match(checks.Output);
        bool isComplete = counts.Success
            && int.Parse(counts.Groups["passed"].Value) is var counted && counted > 0 && counted <= results.Length - failed
            && int.Parse(counts.Groups["failed"].Value) == failed
            && checks.ExitCode == (failed == 0 ? 0 : 1);
        if (!isComplete)
        {
            throw new BuildException($"the self-test did not reach its end, status {checks.ExitCode}:\n{LastLines(checks.Output)}");
        }
    }

    [GeneratedRegex(@"^(?<passed>\d+) passed, (?<failed>\d+) failed\s*\z", RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CountsPattern();

    private async Task<string> BuildAsync(CancellationToken cancel) =>
        (await (await builder()).BuildProgramAsync(graph.Program(ImageGraph.CorelibTestProgram), cancel)).Elf;

    private static Task<ProcessResult> RunAsync(string program, string[] arguments, CancellationToken cancel) =>
        ExternalProcess.RunAsync(program, arguments, "/", s_limit, cancel);

    private IEnumerable<TestResult> ResultsOf(ProcessResult checks)
    {
        foreach (string line in checks.Output.Split('\n'))
        {
            if (line.StartsWith(Good, StringComparison.Ordinal))
            {
                yield return new TestResult(new TestIdentity(Name, line[Good.Length..], []), TestOutcome.Passed, TimeSpan.Zero);
            }
            if (line.StartsWith(Bad, StringComparison.Ordinal))
            {
                string name = line[Bad.Length..].Split(": got ")[0];
                yield return new TestResult(new TestIdentity(Name, name, []), TestOutcome.Failed, TimeSpan.Zero, line);
            }
        }
    }

    private static async Task<IReadOnlyList<Ending>> EndingsAsync(string program, CancellationToken cancel)
    {
        ProcessResult list = await RunAsync(program, ["failures"], cancel);
        Ending[] endings =
        [
            .. list.Output.Split('\n')
                .Select(line => line.Split('\t'))
                .Where(parts => parts.Length == 3)
                .Select(parts => new Ending(parts[0], int.Parse(parts[1]), parts[2]))
        ];
        return endings.Length > 0 ? endings : throw new BuildException($"the self-test lists no ways to end badly:\n{list.Output}");
    }

    private TestIdentity IdentityOf(Ending ending) => new(Name, $"ends as it should: {ending.Name}", []);

    private async Task<TestResult> TryAsync(string program, Ending ending, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        ProcessResult result = await RunAsync(program, ["fail", ending.Name], cancel);
        bool isRight = result.ExitCode == ending.Status && result.Output.StartsWith(ending.Message, StringComparison.Ordinal);
        string problem = $"expected status {ending.Status} and '{ending.Message}', got {result.ExitCode} and:\n{result.Output}";
        return new TestResult(IdentityOf(ending), isRight ? TestOutcome.Passed : TestOutcome.Failed, clock.Elapsed, isRight ? "" : problem);
    }

    private static string LastLines(string output) => string.Join('\n', output.TrimEnd().Split('\n').TakeLast(5));
}
