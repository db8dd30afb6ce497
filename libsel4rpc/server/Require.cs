// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;

namespace Sel4.Rpc;

/// <summary>States what must hold inside the server, whatever a client sends.</summary>
internal static class Require
{
    /// <summary>Ends the program when the condition does not hold: the tables cannot be trusted any more.</summary>
    internal static void That(bool condition, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        if (!condition) Fail(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(string text) => throw new InvalidOperationException("must hold: " + text);
}
