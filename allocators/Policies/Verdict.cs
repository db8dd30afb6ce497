// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>What a policy says about a request.</summary>
public enum VerdictKind : byte
{
    /// <summary>No opinion: the next policy is asked (AL:X1).</summary>
    Next,
    Allow,
    Deny,

    /// <summary>Not now; the requester is to wait, when it can.</summary>
    Wait,
}

/// <summary>Why a policy denies. The numbers are those of the protocol's reasons, so that a reply can carry them.</summary>
public enum DenialReason : byte
{
    None = 0,
    Unsupported = 2,
    QuotaExceeded = 3,
    OutOfMemory = 4,
    OutOfRange = 15,
    NotPermitted = 17,
    RateLimited = 19,
}

/// <summary>A policy's answer: two words and a constant sentence, nothing is allocated.</summary>
public readonly struct Verdict
{
    private Verdict(VerdictKind kind, ErrorCode error, DenialReason reason, string text, ulong available)
    {
        Kind = kind;
        Error = error;
        Reason = reason;
        Text = text;
        Available = available;
    }

    public VerdictKind Kind { get; }

    /// <summary>What the requester is told.</summary>
    public ErrorCode Error { get; }

    public DenialReason Reason { get; }

    /// <summary>Why, for people; a constant.</summary>
    public string Text { get; }

    /// <summary>How much would have been allowed.</summary>
    public ulong Available { get; }

    /// <summary>No opinion.</summary>
    public static Verdict Next => new(VerdictKind.Next, ErrorCode.None, DenialReason.None, "", 0);

    /// <summary>Granted as far as policies go; those further down the list are not asked.</summary>
    public static Verdict Allow(string text) => new(VerdictKind.Allow, ErrorCode.None, DenialReason.None, text, 0);

    /// <summary>Refused.</summary>
    /// <param name="error">What the requester is told.</param>
    /// <param name="reason">The finer reason.</param>
    /// <param name="text">A constant sentence for <c>why</c>.</param>
    /// <param name="available">How much would have been allowed, where that means something.</param>
    public static Verdict Deny(ErrorCode error, DenialReason reason, string text, ulong available = 0) =>
        new(VerdictKind.Deny, error, reason, text, available);

    /// <summary>To be asked again later; for a requester that cannot wait it is a refusal with the same reason.</summary>
    public static Verdict Wait(DenialReason reason, string text) =>
        new(VerdictKind.Wait, ErrorCode.NotEnoughMemory, reason, text, 0);
}

/// <summary>What to do after a shortage (AL:X5).</summary>
public enum Recovery : byte
{
    /// <summary>Nothing can be done.</summary>
    Fail,

    /// <summary>Something was or will be given back: try again.</summary>
    Retry,

    /// <summary>Try again when something was given back.</summary>
    Wait,
}
