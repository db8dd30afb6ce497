// SPDX-License-Identifier: BSD-2-Clause
using System.Security.Cryptography;
using Sel4.Testing;
using Sel4.Tools.Build;
using Sel4.Tools.Qemu;

namespace Sel4.Tools.Suite;

/// <summary>What a whole run came to.</summary>
/// <param name="Results">In the order in which they ended, those that did not run last.</param>
/// <param name="Problems">What went wrong with machines and lines, rather than with tests.</param>
public sealed record SuiteReport(IReadOnlyList<CaseResult> Results, IReadOnlyList<string> Problems, TimeSpan Duration)
{
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    public int Count(CaseOutcome outcome) => Results.Count(result => result.Outcome == outcome);

    /// <summary>Tests that passed in some rounds and not in others; nobody retries them in silence (TD:H4).</summary>
    public IReadOnlyList<string> Flaky =>
    [
        .. Results.GroupBy(result => result.Test.Name)
            .Where(rounds => rounds.Any(round => round.IsBad) && rounds.Any(round => round.Outcome == CaseOutcome.Passed))
            .Select(rounds => $"{rounds.Key}: {rounds.Count(round => round.IsBad)} of {rounds.Count()} rounds failed"),
    ];

    /// <summary>0 = all passed, 1 = failures, 2 = no result because of the machine or the line (TD:X6).</summary>
    public int ExitCode => Problems.Count > 0 ? 2 : Results.Any(result => result.IsBad) ? 1 : 0;
}

/// <summary>Boots machines until every selected test has a result. TD:§8, TD:§9.7.</summary>
/// <param name="boot">Makes a machine that runs a selection; a test of this class puts something else than QEMU there.</param>
public sealed class SuiteRunner(
    SuiteOptions options, TestInfo[] tests, Func<string, int, (SuiteMachine Machine, IDisposable Folder)> boot, CaseDescriber describer)
{
    private const int MaxBoots = 20;
    private readonly Lock _lock = new();
    private readonly List<CaseResult> _results = [];
    private readonly List<string> _problems = [];
    private bool _isStopped;

    /// <summary>Is told each result as it comes.</summary>
    public event Action<CaseResult>? Reported;

    /// <summary>Is told which test begins, on which machine.</summary>
    public event Action<int, TestInfo>? Started;

    /// <summary>Runs everything.</summary>
    public async Task<SuiteReport> RunAsync(CancellationToken cancel)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        TestInfo[] selected = SelectedBy(options.ToSelection(0, 0, 0, []));
        if (selected.Length == 0) _problems.Add("the selection takes no test");
        else await Task.WhenAll(Enumerable.Range(1, options.Machines).Select(machine => RunMachineAsync(machine, cancel)));
        AddMissing(selected);
        return new SuiteReport([.. _results], [.. _problems], clock.Elapsed);
    }

    /// <summary>The tests that a selection takes, in their order.</summary>
    public TestInfo[] SelectedBy(string selection) =>
        Plan.Make(tests, Selection.Parse(selection, out string problem) ?? throw new BuildException(problem, BuildException.Usage));

    /// <summary>Boots one machine again and again, each time with what is left of its share.</summary>
    private async Task RunMachineAsync(int machine, CancellationToken cancel)
    {
        HashSet<string> done = [];
        for (int turn = 0; turn < MaxBoots && !_isStopped; turn++)
        {
            ulong nonce = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
            string selection = options.ToSelection(nonce, machine, turn, done);
            if (SelectedBy(selection).Length == 0) return;
            var watch = new BootWatch(tests, nonce);
            watch.Started += test => Started?.Invoke(machine, test);
            watch.Ended += pending => Report(describer.Describe(pending));
            (SuiteMachine qemu, IDisposable folder) = boot(selection, machine);
            MachineResult ended;
            using (folder) ended = await qemu.RunAsync(watch.Add, cancel);
            done.UnionWith(watch.Names);
            if (watch.Close(ended) is { } lost) done.Add(lost);
            if (!GoesOn(watch, ended, machine)) return;
        }
        if (!_isStopped) Complain($"machine {machine} was booted {MaxBoots} times and is not done");
    }

    /// <summary>Whether the machine has to be booted again for the rest.</summary>
    private bool GoesOn(BootWatch watch, MachineResult ended, int machine)
    {
        foreach (string problem in watch.Problems) Complain(problem);
        string reason = watch.End?["reason"] ?? "";
        if (reason is "stopped" or "aborted") _isStopped = true;
        if (reason == "done" || _isStopped) return false;
        if (watch.HasBegun && reason != "fatal") return true;
        string why = watch.Fatal.Length > 0 ? watch.Fatal : Sentence(ended);
        Complain($"machine {machine} ran no test: {why}");
        return false;
    }

    private void Complain(string problem)
    {
        lock (_lock) if (!_problems.Contains(problem)) _problems.Add(problem);
    }

    private void Report(CaseResult result)
    {
        lock (_lock)
        {
            _results.Add(result);
            // Machines side by side stop when any of them has seen enough.
            bool isEnough = options.MaxFail > 0 && _results.Count(one => one.IsBad) >= options.MaxFail;
            if (isEnough || (options.UntilFail && result.IsBad) || result.Verdict == "aborted") _isStopped = true;
            Reported?.Invoke(result);
        }
    }

    /// <summary>What was selected and has no result did not run (TD:R3, TD:X4).</summary>
    private void AddMissing(TestInfo[] selected)
    {
        HashSet<string> seen = [.. _results.Select(result => result.Test.Name)];
        foreach (TestInfo test in selected.Where(test => !seen.Contains(test.Name)))
            Report(new CaseResult(test, "not-run") { Message = "the run ended before its turn" });
    }

    /// <summary>One sentence about the end of a machine.</summary>
    internal static string Sentence(MachineResult ended) => ended.End switch
    {
        MachineEnd.Panicked => "the kernel stopped the machine",
        MachineEnd.Halted => "a program had the machine stopped",
        MachineEnd.Reset => "the machine reset itself",
        MachineEnd.QemuFailed => $"QEMU failed: {ended.QemuMessages}",
        MachineEnd.Silent => "nothing was heard of the machine for too long",
        MachineEnd.TimedOut => "the machine took too long",
        _ => "the driver ended early",
    } + (ended.LastLine.Length > 0 ? $"; its last line was: {ended.LastLine}" : "");
}
