// SPDX-License-Identifier: BSD-2-Clause
using System.CommandLine;
using System.Text.Json;
using Sel4.Tools.Build;
using Sel4.Tools.Suite;

namespace Sel4.Tools.Cli.Commands;

/// <summary>Where reports go; null for those that nobody wants.</summary>
internal sealed record ReportFiles(string Junit, string? Tap, string? Json, string? Plain, string? Baseline, bool RecordBaseline);

/// <summary>The options of <c>./sel4 suite</c>.</summary>
internal sealed class SuiteCommandOptions
{
    private readonly Option<string[]> _include = Many("--include", "REGEX", "Only tests whose name it matches, or whose tags with @EXPR");
    private readonly Option<string[]> _exclude = Many("--exclude", "REGEX", "Not these, whatever else includes them");
    private readonly Option<string[]> _tag = Many("--tag", "EXPR", "Only tests with these tags: a&b, a,b, !a");
    private readonly Option<string> _shard = Text("--shard", "I/N", "The I-th of N parts, by a hash of the names");
    private readonly Option<ulong> _shuffle = Number("--shuffle", "SEED", "Shuffle the order within each type; 0 = by name", 0);
    private readonly Option<ulong> _seed = Number("--seed", "N", "What everything random in tests comes from", 1);
    private readonly Option<ulong> _repeat = Number("--repeat", "N", "Run everything so many times", 1);
    private readonly Option<bool> _untilFail = new("--until-fail") { Description = "Repeat until something fails" };
    private readonly Option<string?> _failedFrom = Maybe("--failed-from", "Only what failed in an earlier --json");
    private readonly Option<ulong> _maxFail = Number("--max-fail", "N", "Stop after so many failures; 0 = never", 0);
    private readonly Option<int> _machines = new("--jobs", "-j")
    {
        Description = "Machines side by side", HelpName = "N", DefaultValueFactory = _ => 1,
    };

    private readonly Option<ulong> _timeouts = Number("--timeout-percent", "N", "Percent of the time that tests may take", 100);
    private readonly Option<string> _leaks = Text("--leaks", "fail|warn", "Whether something left behind fails a test", "fail");
    private readonly Option<string> _clock = Text("--clock", "instructions|host", "What time is counted in", "instructions");
    private readonly Option<bool> _noTimer = new("--no-timer") { Description = "As on a machine without a timer" };
    private readonly Option<bool> _disabled = new("--disabled") { Description = "Run tests that are switched off, too" };
    private readonly Option<ulong> _kernelLog = Number("--kernel-log", "LEVEL", "How much the kernel prints", 0);
    private readonly Option<ulong> _silence = Number("--silence", "SECONDS", "Without a sign of life for so long the machine has hung", 60);
    private readonly Option<ulong> _limit = Number("--timeout", "SECONDS", "No machine runs for longer", 600);
    private readonly Option<string> _junit = Text("--junit", "FILE", "Where the JUnit XML goes", "artifacts/suite-results.xml");
    private readonly Option<string?> _tap = Maybe("--tap", "Write TAP 14");
    private readonly Option<string?> _json = Maybe("--json", "Write lines of JSON");
    private readonly Option<string?> _plain = Maybe("--plain", "Write the lines that scripts for sel4test look for");
    private readonly Option<string?> _baseline = Maybe("--baseline", "Compare figures with those of a file");
    private readonly Option<bool> _record = new("--record-baseline") { Description = "Write the figures to that file instead" };

    internal Option<bool> List { get; } = new("--list") { Description = "Print the tests instead of running them; nothing is booted" };

    internal Option<string[]> Programs { get; } = new("--program")
    {
        Description = "Programs with tests", HelpName = "NAME", DefaultValueFactory = _ => [ImageGraph.SuiteProgram],
    };

    internal Option<bool> NoInstall { get; } = CommonOptions.NoInstall();

    internal IEnumerable<Option> All =>
    [
        List, _include, _exclude, _tag, _shard, _shuffle, _seed, _repeat, _untilFail, _failedFrom, _maxFail, _machines, _timeouts, _leaks,
        _clock, _noTimer, _disabled, _kernelLog, _silence, _limit, _junit, _tap, _json, _plain, _baseline, _record, Programs, NoInstall,
    ];

    internal SuiteOptions Read(ParseResult parsed) => new()
    {
        Includes = parsed.GetValue(_include)!,
        Excludes = parsed.GetValue(_exclude)!,
        Tags = parsed.GetValue(_tag)!,
        Only = parsed.GetValue(_failedFrom) is { } file ? FailedIn(file) : [],
        Shard = parsed.GetValue(_shard)!,
        ShuffleSeed = parsed.GetValue(_shuffle),
        Seed = parsed.GetValue(_seed),
        Repeat = parsed.GetValue(_untilFail) && parsed.GetResult(_repeat) is null or { Implicit: true }
            ? parsed.GetValue(_untilFail) ? 1000 : 1
            : (int)parsed.GetValue(_repeat),
        UntilFail = parsed.GetValue(_untilFail),
        MaxFail = (int)parsed.GetValue(_maxFail),
        Machines = Math.Clamp(parsed.GetValue(_machines), 1, 64),
        TimeoutPercent = (int)parsed.GetValue(_timeouts),
        LeaksFail = parsed.GetValue(_leaks) != "warn",
        CountInstructions = parsed.GetValue(_clock) != "host",
        HasTimer = !parsed.GetValue(_noTimer),
        RunsDisabled = parsed.GetValue(_disabled),
        KernelLog = (int)parsed.GetValue(_kernelLog),
        Silence = TimeSpan.FromSeconds(parsed.GetValue(_silence)),
        Limit = TimeSpan.FromSeconds(parsed.GetValue(_limit)),
    };

    internal ReportFiles ReportsOf(ParseResult parsed) => new(
        parsed.GetValue(_junit)!, parsed.GetValue(_tap), parsed.GetValue(_json), parsed.GetValue(_plain), parsed.GetValue(_baseline),
        parsed.GetValue(_record));

    /// <summary>The names of what failed in a run whose lines of JSON were kept.</summary>
    private static IReadOnlyList<string> FailedIn(string file)
    {
        if (!File.Exists(file)) throw new BuildException($"--failed-from: there is no {file}", BuildException.Usage);
        var names = new List<string>();
        foreach (string line in File.ReadLines(file).Where(line => line.StartsWith('{')))
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            JsonElement root = parsed.RootElement;
            bool isBad = root.TryGetProperty("test", out JsonElement name)
                && root.GetProperty("outcome").GetString() is "failed" or "error";
            if (isBad) names.Add(name.GetString()!);
        }
        return names.Count > 0 ? names : throw new BuildException($"--failed-from: nothing failed in {file}", BuildException.Usage);
    }

    private static Option<string[]> Many(string name, string value, string what) => new(name)
    {
        Description = what, HelpName = value, DefaultValueFactory = _ => [],
    };

    private static Option<string?> Maybe(string name, string what) => new(name) { Description = what, HelpName = "FILE" };

    private static Option<string> Text(string name, string value, string what, string usual = "") => new(name)
    {
        Description = what, HelpName = value, DefaultValueFactory = _ => usual,
    };

    private static Option<ulong> Number(string name, string value, string what, ulong usual) => new(name)
    {
        Description = what, HelpName = value, DefaultValueFactory = _ => usual,
    };
}
