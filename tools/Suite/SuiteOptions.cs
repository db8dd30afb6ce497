// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;
using System.Text;
using Sel4.Testing;

namespace Sel4.Tools.Suite;

/// <summary>What a run of the suite is asked for. TD:F2, TD:F4, TD:§8.</summary>
public sealed record SuiteOptions
{
    public IReadOnlyList<string> Includes { get; init; } = [];
    public IReadOnlyList<string> Excludes { get; init; } = [];
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<string> Only { get; init; } = [];
    public string Shard { get; init; } = "";
    public ulong ShuffleSeed { get; init; }
    public ulong Seed { get; init; } = 1;
    public int Repeat { get; init; } = 1;
    public bool UntilFail { get; init; }
    public int MaxFail { get; init; }
    public int TimeoutPercent { get; init; } = 100;
    public bool LeaksFail { get; init; } = true;
    public bool HasTimer { get; init; } = true;
    public bool RunsDisabled { get; init; }
    public int Machines { get; init; } = 1;

    /// <summary>Time counted in guest instructions, so that a run repeats and idle time costs nothing.</summary>
    public bool CountInstructions { get; init; } = true;
    public int KernelLog { get; init; }
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The text that the driver, and this tool for itself, reads the selection from.</summary>
    /// <param name="machine">Which of several machines, from 1.</param>
    public string ToSelection(ulong nonce, int machine, int boot, IEnumerable<string> done)
    {
        var text = new StringBuilder(Selection.Header).Append('\n');
        void Line(string word, object value) => text.Append(CultureInfo.InvariantCulture, $"{word} {value}\n");
        Line("nonce", nonce);
        foreach (string include in Includes) Line("include", include);
        foreach (string exclude in Excludes) Line("exclude", exclude);
        foreach (string tag in Tags) Line("tag", tag);
        foreach (string only in Only) Line("only", only);
        if (Shard.Length > 0) Line("shard", Shard);
        if (Machines > 1 && machine > 0) Line("shard", $"{machine}/{Machines}");
        if (ShuffleSeed != 0) Line("shuffle", ShuffleSeed);
        Line("seed", Seed);
        Line("repeat", Repeat);
        if (UntilFail) Line("until-fail", 1);
        if (MaxFail > 0) Line("max-fail", MaxFail);
        Line("timeout-percent", TimeoutPercent);
        if (!LeaksFail) Line("leak-fails", 0);
        if (!HasTimer) Line("timer", 0);
        if (RunsDisabled) Line("disabled", 1);
        Line("boot", boot);
        foreach (string name in done) Line("done", name);
        return text.ToString();
    }
}
