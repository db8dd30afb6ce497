// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>Assertions after which a test goes on; a failure is kept with both values, expression and place.</summary>
/// <remarks>They may stand in helper threads: every failure reaches the result.</remarks>
public static class Check
{
    /// <summary>A condition holds.</summary>
    public static void That(
        bool holds, [CallerArgumentExpression(nameof(holds))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.That(holds, new(Severity.Check, expression, file, line));

    /// <summary>Two words are equal.</summary>
    public static void Equal(
        ulong expected, ulong actual, [CallerArgumentExpression(nameof(actual))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Equal(expected, actual, new(Severity.Check, expression, file, line));

    /// <summary>An invocation was done.</summary>
    public static void Ok(
        Sel4Error error, [CallerArgumentExpression(nameof(error))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Error(default, error, 0, new(Severity.Check, expression, file, line));

    /// <summary>Two signed numbers are equal.</summary>
    public static void Equal(
        long expected, long actual, [CallerArgumentExpression(nameof(actual))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Equal(expected, actual, new(Severity.Check, expression, file, line));

    /// <summary>Two texts are equal.</summary>
    public static void Equal(
        string expected, string actual, [CallerArgumentExpression(nameof(actual))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Equal(expected, actual, new(Severity.Check, expression, file, line));

    /// <summary>A word lies between two others, both included.</summary>
    public static void Between(
        ulong least, ulong most, ulong actual, [CallerArgumentExpression(nameof(actual))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Between(least, most, actual, new(Severity.Check, expression, file, line));

    /// <summary>An invocation was refused in a certain way, whatever its details.</summary>
    public static void Fails(
        ErrorCode code, Sel4Error error, [CallerArgumentExpression(nameof(error))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Error(new(code), error, 0, new(Severity.Check, expression, file, line));

    /// <summary>An invocation was refused in a certain way with this first detail.</summary>
    public static void Fails(
        ErrorCode code, ulong detail0, Sel4Error error, [CallerArgumentExpression(nameof(error))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Error(new(code, detail0), error, 1, new(Severity.Check, expression, file, line));

    /// <summary>An invocation was refused in a certain way with these first two details.</summary>
    public static void Fails(
        ErrorCode code, ulong detail0, ulong detail1, Sel4Error error, [CallerArgumentExpression(nameof(error))] string expression = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Error(new(code, detail0, detail1), error, 2, new(Severity.Check, expression, file, line));

    /// <summary>A slot could not be found: whether the source's, why, and with how many bits left.</summary>
    public static void FailsLookup(
        LookupSide side, LookupFailureKind kind, ulong bitsLeft, Sel4Error error,
        [CallerArgumentExpression(nameof(error))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Error(
            new(ErrorCode.FailedLookup, (ulong)side, (ulong)kind, bitsLeft), error, kind == LookupFailureKind.InvalidRoot ? 2 : 3,
            new(Severity.Check, expression, file, line));

    /// <summary>Something went wrong that the caller has found out by itself.</summary>
    public static void Fail(string message, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Judge.Fail(message, new(Severity.Check, "", file, line));
}
