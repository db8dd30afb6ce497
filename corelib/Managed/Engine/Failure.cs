// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Text;

namespace Internal.Runtime;

/// <summary>The end of a program that threw.</summary>
internal static unsafe class Failure
{
    private const int TextBytes = 1024;

    /// <summary>Where <c>throw</c> leads: prints type and message with the address of the throw, and never returns.</summary>
    [DoesNotReturn]
    [RuntimeExport("corelib_throw")]
    private static void Throw(Exception? exception, nuint address)
    {
        byte* text = stackalloc byte[TextBytes];
        Utf8Buffer buffer = new(text, TextBytes);
        buffer.Append("Unhandled exception: ");
        if (exception is null) buffer.Append("System.NullReferenceException: A null reference was thrown.");
        else exception.Describe(ref buffer);
        FailFast(text, (nuint)buffer.Length, address);
    }

    /// <summary>Ends the program because no more memory was granted.</summary>
    [DoesNotReturn]
    internal static void OutOfMemory(nuint address)
    {
        ReadOnlySpan<byte> text = "Unhandled exception: System.OutOfMemoryException: The heap is used up and was granted no more."u8;
        FailFast((byte*)Unsafe.AsPointer(in text[0]), (nuint)text.Length, address);
    }

    [DoesNotReturn]
    [RuntimeImport("*", "runtime_fail_fast")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void FailFast(byte* message, nuint length, nuint address);
}
