// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Threading;

namespace Sel4.Testing;

/// <summary>What the assertions of the running test came to. TD:R1, TD:R2.</summary>
/// <remarks>
/// One for all threads of the program: an assertion in a helper thread counts like one in the test itself. Threads write to the
/// text side by side, each into a piece that it has taken for itself, and nothing is allocated.
/// </remarks>
public static unsafe class Outcome
{
    private static readonly byte[] s_text = new byte[TestLimits.MaxResultBytes];
    private static long s_assertions;
    private static long s_failures;
    private static int s_textBytes;

    /// <summary>Ends the running test at once, from whichever thread; set by whoever runs tests.</summary>
    public static delegate*<TestStatus, void> Leave { get; set; }

    public static ulong Assertions => (ulong)Volatile.Read(ref s_assertions);

    public static ulong Failures => (ulong)Volatile.Read(ref s_failures);

    /// <summary>A line for each failure, as far as there is room.</summary>
    public static ReadOnlySpan<byte> Text => new(s_text, 0, Math.Min(Volatile.Read(ref s_textBytes), s_text.Length));

    /// <summary>Forgets everything, before a test. The first call also makes the buffer, which helper threads could not.</summary>
    public static void Begin()
    {
        s_assertions = 0;
        s_failures = 0;
        s_textBytes = 0;
        s_text[0] = 0;
    }

    internal static void CountAssertion() => Interlocked.Increment(ref s_assertions);

    /// <summary>Counts a failure and keeps its line; what no longer fits is only counted.</summary>
    internal static void AddFailure(ReadOnlySpan<byte> line)
    {
        Interlocked.Increment(ref s_failures);
        int start = Interlocked.Add(ref s_textBytes, line.Length) - line.Length;
        if (start >= s_text.Length) return;
        int length = Math.Min(line.Length, s_text.Length - start);
        line.Slice(0, length).CopyTo(new Span<byte>(s_text, start, length));
    }
}
