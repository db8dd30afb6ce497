// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text;
using Internal.Runtime;

namespace System;

/// <summary>The program as a whole.</summary>
public static unsafe class Environment
{
    private const int TextBytes = 512;

    /// <summary>What ends a line.</summary>
    public static string NewLine => "\n";

    /// <summary>Ends the program with a status.</summary>
    [DoesNotReturn]
    [RuntimeImport("*", "runtime_exit")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Exit(int exitCode);

    /// <summary>Ends the program at once with a message.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void FailFast(string? message)
    {
        byte* text = stackalloc byte[TextBytes];
        Utf8Buffer buffer = new(text, TextBytes);
        buffer.Append(message);
        Failure.FailFast(text, (nuint)buffer.Length, 0);
    }
}

/// <summary>The arena, under the name that .NET has for such questions.</summary>
public static class GC
{
    /// <summary>Bytes given out since the start; nothing is ever taken back.</summary>
    public static long GetTotalAllocatedBytes(bool precise = false) => (long)Heap.AllocatedBytes;

    /// <summary>Bytes given out since the start; a program has one thread.</summary>
    public static long GetAllocatedBytesForCurrentThread() => (long)Heap.AllocatedBytes;

    /// <summary>Nothing is ever finalized.</summary>
    public static void SuppressFinalize(object obj)
    {
    }

    /// <summary>Nothing is ever taken back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void KeepAlive(object? obj)
    {
    }
}
