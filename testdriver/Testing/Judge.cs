// SPDX-License-Identifier: BSD-2-Clause
using System;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>What happens when an assertion does not hold. TD:R1.</summary>
internal enum Severity
{
    /// <summary>The failure is kept and the test goes on.</summary>
    Check,

    /// <summary>The failure is kept and the test ends.</summary>
    Assert,

    /// <summary>The failure is kept and the whole suite ends.</summary>
    Fatal,
}

/// <summary>Where an assertion stands, and what it is about.</summary>
internal readonly struct Place(Severity severity, string expression, string file, int line)
{
    public readonly Severity Severity = severity;
    public readonly string Expression = expression;
    public readonly string File = file;
    public readonly int Line = line;
}

/// <summary>Where assertions are judged: those of <see cref="Check"/>, <see cref="Assert"/> and <see cref="Fatal"/>.</summary>
internal static unsafe class Judge
{
    private const int LineBytes = 400;

    // How the debug information names the top folder (tools/Build/ImageBuilder.cs).
    private const string SourcePrefix = "/sel4/";

    internal static void That(bool holds, in Place place)
    {
        Outcome.CountAssertion();
        if (holds) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" does not hold");
        Fail(ref line, in place);
    }

    internal static void Equal(ulong expected, ulong actual, in Place place)
    {
        Outcome.CountAssertion();
        if (expected == actual) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" is ");
        line.AddWord(actual);
        line.Add(", expected ");
        line.AddWord(expected);
        Fail(ref line, in place);
    }

    internal static void Equal(long expected, long actual, in Place place)
    {
        Outcome.CountAssertion();
        if (expected == actual) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" is ");
        line.AddSigned(actual);
        line.Add(", expected ");
        line.AddSigned(expected);
        Fail(ref line, in place);
    }

    internal static void Equal(string expected, string actual, in Place place)
    {
        Outcome.CountAssertion();
        if (expected == actual) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" is \"");
        line.Add(actual);
        line.Add("\", expected \"");
        line.Add(expected);
        line.Add("\"");
        Fail(ref line, in place);
    }

    /// <summary>Whether a value lies between two others, both included.</summary>
    internal static void Between(ulong least, ulong most, ulong actual, in Place place)
    {
        Outcome.CountAssertion();
        if (actual >= least && actual <= most) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" is ");
        line.AddWord(actual);
        line.Add(", expected ");
        line.AddWord(least);
        line.Add(" to ");
        line.AddWord(most);
        Fail(ref line, in place);
    }

    internal static void Error(Sel4Error expected, Sel4Error actual, int details, in Place place)
    {
        Outcome.CountAssertion();
        bool isSame = expected.Code == actual.Code && (details < 1 || expected.Detail0 == actual.Detail0)
            && (details < 2 || expected.Detail1 == actual.Detail1) && (details < 3 || expected.Detail2 == actual.Detail2);
        if (isSame) return;
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(place.Expression);
        line.Add(" is ");
        line.Add(actual);
        line.Add(", expected ");
        line.Add(expected);
        Fail(ref line, in place);
    }

    internal static void Fail(string message, in Place place)
    {
        Outcome.CountAssertion();
        TextLine line = Begin(stackalloc byte[LineBytes], in place);
        line.Add(message);
        Fail(ref line, in place);
    }

    private static TextLine Begin(Span<byte> memory, in Place place)
    {
        TextLine line = new(memory);
        bool isOurs = place.File.StartsWith(SourcePrefix, StringComparison.Ordinal);
        line.Add(isOurs ? place.File.AsSpan(SourcePrefix.Length) : place.File.AsSpan());
        line.Add(":");
        line.Add((ulong)place.Line);
        line.Add(": ");
        return line;
    }

    private static void Fail(ref TextLine line, in Place place)
    {
        line.Add("\n");
        Outcome.AddFailure(line.Bytes);
        if (place.Severity == Severity.Check) return;
        Outcome.Leave(place.Severity == Severity.Fatal ? TestStatus.Abort : TestStatus.Failure);
    }
}
