// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>The outcome of an invocation. The default value means that it was done.</summary>
/// <remarks>
/// Details are the words of the kernel's answer (ABI-6.1); what they mean depends on the code. An error says that nothing
/// was changed.
/// </remarks>
public readonly struct Sel4Error
{
    /// <summary>What went wrong; None when nothing did.</summary>
    public readonly ErrorCode Code;

    private readonly byte _bitsFound;

    /// <summary>Argument or capability number, minimum, "was source" flag, or bytes left.</summary>
    public readonly ulong Detail0;

    /// <summary>Maximum, or the lookup failure.</summary>
    public readonly ulong Detail1;

    /// <summary>Bits left, for a lookup failure that has them.</summary>
    public readonly ulong Detail2;

    /// <summary>Makes an error from its parts, such as for an answer by a program.</summary>
    public Sel4Error(ErrorCode code, ulong detail0 = 0, ulong detail1 = 0, ulong detail2 = 0, int bitsFound = 0)
    {
        Code = code;
        Detail0 = detail0;
        Detail1 = detail1;
        Detail2 = detail2;
        _bitsFound = (byte)bitsFound;
    }

    /// <summary>Whether it was done.</summary>
    public bool IsOk
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Code == ErrorCode.None;
    }

    /// <summary>For FailedLookup: whether the source argument failed, and not the destination.</summary>
    public bool WasSource => Detail0 != 0;

    /// <summary>For FailedLookup: why.</summary>
    public LookupFailureKind LookupFailure =>
        Code == ErrorCode.FailedLookup ? (LookupFailureKind)Detail1 : LookupFailureKind.None;

    /// <summary>For FailedLookup: address bits that were left; 0 when the failure does not tell.</summary>
    public int BitsLeft => LookupFailure is LookupFailureKind.None or LookupFailureKind.InvalidRoot ? 0 : (int)Detail2;

    /// <summary>For DepthMismatch and GuardMismatch: address bits that were found.</summary>
    public int BitsFound => _bitsFound;

    /// <summary>A sentence that says what went wrong, for people.</summary>
    public string Describe() => Code switch
    {
        ErrorCode.None => "done",
        ErrorCode.InvalidArgument => $"argument {Detail0} is not acceptable",
        ErrorCode.InvalidCapability => Detail0 == 0
            ? "the capability that was invoked is not of the right type, or lacks a right"
            : $"extra capability {Detail0} is not of the right type, or lacks a right",
        ErrorCode.IllegalOperation => "the operation is not allowed on this object or in its present state",
        ErrorCode.RangeError => $"an argument is outside its range, {Detail0} to {Detail1}",
        ErrorCode.AlignmentError => "an address is not aligned as it must be",
        ErrorCode.FailedLookup => DescribeLookup(),
        ErrorCode.TruncatedMessage => "the message has too few words or capabilities",
        ErrorCode.DeleteFirst => "the place is occupied",
        ErrorCode.RevokeFirst => "something derived from the object, or using it, still exists",
        ErrorCode.NotEnoughMemory => $"the untyped memory has {Detail0} bytes left, which is not enough",
        _ => $"the kernel answered with the unknown error {(int)Code}",
    };

    internal static Sel4Error FromMessage(MessageInfo answer, IpcBuffer buffer)
    {
        // Words that the answer does not have keep what the request left there: they must not pass for details.
        int length = answer.Length;
        ulong detail0 = length > 0 ? buffer[0] : 0;
        ulong detail1 = length > 1 ? buffer[1] : 0;
        ulong detail2 = length > 2 ? buffer[2] : 0;
        ErrorCode code = answer.Label > byte.MaxValue ? (ErrorCode)byte.MaxValue : (ErrorCode)answer.Label;
        int bitsFound = 0;
        if (code == ErrorCode.FailedLookup && length > 3)
        {
            bitsFound = (int)buffer[length - 1];
        }

        return new Sel4Error(code, detail0, detail1, detail2, bitsFound);
    }

    private string DescribeLookup()
    {
        string side = WasSource ? "source" : "destination";
        return LookupFailure switch
        {
            LookupFailureKind.InvalidRoot => $"the {side}'s root is no CNode, or no address space",
            LookupFailureKind.MissingCapability => $"the {side}'s address leads to an empty place with {BitsLeft} bits left",
            LookupFailureKind.DepthMismatch => $"the {side}'s address does not end at a slot: {BitsLeft} bits left, {BitsFound} wanted",
            LookupFailureKind.GuardMismatch =>
                $"a guard of {BitsFound} bits does not agree with the {side}'s address, {BitsLeft} bits left",
            _ => $"the {side}'s address leads to no slot",
        };
    }
}
