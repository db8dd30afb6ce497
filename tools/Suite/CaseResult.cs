// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Testing;

namespace Sel4.Tools.Suite;

/// <summary>What a result counts as. TD:§5.</summary>
public enum CaseOutcome
{
    Passed,
    Failed,

    /// <summary>It did not come to a result of its own: too late, machine or driver gone, not run.</summary>
    Error,
    Skipped,

    /// <summary>It failed as was expected (TD:F5).</summary>
    KnownFailure,
}

/// <summary>A figure that a test told.</summary>
public sealed record Figure(string Name, ulong Value, string Unit);

/// <summary>How one run of one test ended.</summary>
/// <param name="Verdict">
/// The driver's word for it, or one of the host's: kernel-panic, halted, driver-crash, reset, silent, not-run, lost, record.
/// </param>
public sealed record CaseResult(TestInfo Test, string Verdict)
{
    public TimeSpan Duration { get; init; }
    public ulong Assertions { get; init; }

    /// <summary>What went wrong, in lines; symbols are in place.</summary>
    public string Message { get; init; } = "";

    /// <summary>What it logged, and what appeared on the serial line while it ran.</summary>
    public string Output { get; init; } = "";
    public IReadOnlyList<Figure> Figures { get; init; } = [];
    public IReadOnlyList<string> Cases { get; init; } = [];
    public ulong Seed { get; init; }

    /// <summary>Which round of <c>--repeat</c>, from 0.</summary>
    public int Round { get; init; }

    public CaseOutcome Outcome => IsExpectedFailure ? CaseOutcome.KnownFailure : PlainOutcome;

    /// <summary>It passed though it was expected to fail.</summary>
    public bool IsUnexpectedPass => Verdict == "passed" && Test.KnownFailure.Length > 0;

    public bool IsBad => Outcome is CaseOutcome.Failed or CaseOutcome.Error;

    private bool IsExpectedFailure => Test.KnownFailure.Length > 0 && Verdict != "not-run"
        && PlainOutcome is CaseOutcome.Failed or CaseOutcome.Error && !IsUnexpectedPass;

    private CaseOutcome PlainOutcome => Verdict switch
    {
        "passed" => IsUnexpectedPass ? CaseOutcome.Failed : CaseOutcome.Passed,
        "skipped" or "disabled" => CaseOutcome.Skipped,
        "failed" or "fault" or "leak" or "no-result" or "protocol" or "flood" => CaseOutcome.Failed,
        _ => CaseOutcome.Error,
    };
}
