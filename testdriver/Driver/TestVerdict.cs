// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.TestDriver;

/// <summary>How a test ended, as the driver sees it. TD:§5.</summary>
internal enum TestVerdict
{
    /// <summary>It has not ended yet.</summary>
    None,
    Passed,
    Failed,

    /// <summary>It failed, and said that nothing else makes sense.</summary>
    Aborted,

    /// <summary>A thread of it was stopped by the kernel.</summary>
    Fault,

    /// <summary>It took too long.</summary>
    Timeout,

    /// <summary>It passed but left something behind.</summary>
    Leak,

    /// <summary>It ended without a result.</summary>
    NoResult,

    /// <summary>It sent what is no message of the protocol.</summary>
    Protocol,

    /// <summary>It sent more than anybody would read.</summary>
    Flood,

    /// <summary>It cannot run here.</summary>
    Skipped,

    /// <summary>It is switched off.</summary>
    Disabled,

    /// <summary>Its process could not be made.</summary>
    Refused,
}

/// <summary>The words that records use for verdicts.</summary>
internal static class VerdictNames
{
    internal static string Of(TestVerdict verdict) => verdict switch
    {
        TestVerdict.Passed => "passed",
        TestVerdict.Failed => "failed",
        TestVerdict.Aborted => "aborted",
        TestVerdict.Fault => "fault",
        TestVerdict.Timeout => "timeout",
        TestVerdict.Leak => "leak",
        TestVerdict.NoResult => "no-result",
        TestVerdict.Protocol => "protocol",
        TestVerdict.Flood => "flood",
        TestVerdict.Skipped => "skipped",
        TestVerdict.Disabled => "disabled",
        TestVerdict.Refused => "refused",
        _ => "none",
    };

    /// <summary>Whether the verdict is neither a pass nor a test that did not run.</summary>
    internal static bool IsFailure(TestVerdict verdict) =>
        verdict is not (TestVerdict.Passed or TestVerdict.Skipped or TestVerdict.Disabled);
}
