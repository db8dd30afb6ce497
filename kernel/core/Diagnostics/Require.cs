// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;

namespace Kernel.Core;

/// <summary>States what must be true if the kernel itself is right; never a judgement of what a user asked for.</summary>
public static class Require
{
    /// <summary>Stops the machine, naming the expression and its line, when <paramref name="condition"/> does not hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That(
        bool condition,
        [CallerArgumentExpression(nameof(condition))] string text = "",
        [CallerLineNumber] int line = 0)
    {
        if (!condition) Epitaph.Stop(text, line);
    }
}
