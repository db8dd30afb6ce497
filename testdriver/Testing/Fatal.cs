// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>Assertions without which no other test makes sense: a failure ends the suite.</summary>
/// <remarks>Everything that has not run is then told as not run (TD:R3).</remarks>
public static class Fatal
{
    /// <summary>A condition holds.</summary>
    public static void That(
        bool holds, [CallerArgumentExpression(nameof(holds))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.That(holds, new(Severity.Fatal, expression, file, line));

    /// <summary>Two words are equal.</summary>
    public static void Equal(
        ulong expected, ulong actual, [CallerArgumentExpression(nameof(actual))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Equal(expected, actual, new(Severity.Fatal, expression, file, line));

    /// <summary>An invocation was done.</summary>
    public static void Ok(
        Sel4Error error, [CallerArgumentExpression(nameof(error))] string expression = "", [CallerFilePath] string file = "",
        [CallerLineNumber] int line = 0) => Judge.Error(default, error, 0, new(Severity.Fatal, expression, file, line));
}
