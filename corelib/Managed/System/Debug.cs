// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Diagnostics;

/// <summary>Checks that are compiled in where DEBUG is defined.</summary>
public static class Debug
{
    /// <summary>Ends the program when the condition does not hold.</summary>
    [Conditional("DEBUG")]
    public static void Assert(
        [DoesNotReturnIf(false)] bool condition, [CallerArgumentExpression(nameof(condition))] string? message = null)
    {
        if (!condition) Fail(message);
    }

    /// <summary>Ends the program.</summary>
    [DoesNotReturn]
    [Conditional("DEBUG")]
    public static void Fail(string? message) => Environment.FailFast("Assertion failed: " + message);
}

/// <summary>What code may be unreachable.</summary>
public sealed class UnreachableException : Exception
{
    /// <summary>Makes an exception with its class's own message.</summary>
    public UnreachableException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    public UnreachableException(string? message) : base(message)
    {
    }

    private protected override string DefaultMessage => "The program executed an instruction that was thought to be unreachable.";

    internal override unsafe Internal.Runtime.KnownClass NearestKnownClass
        => new(Internal.Runtime.MethodTable.Of<UnreachableException>(), "System.Diagnostics.UnreachableException");
}
