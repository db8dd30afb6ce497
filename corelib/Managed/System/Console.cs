// SPDX-License-Identifier: BSD-2-Clause
using System.IO;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace System;

/// <summary>Text for people, through <c>runtime_console_write</c>.</summary>
public static class Console
{
    /// <summary>Ordinary output.</summary>
    public static TextWriter Out { get; } = new ConsoleWriter();

    /// <summary>Complaints; the image has one output for both.</summary>
    public static TextWriter Error => Out;

    /// <summary>Ends the line.</summary>
    public static void WriteLine() => ConsoleWriter.Write(default, LineEnd.Yes);

    /// <summary>A text as a line.</summary>
    public static void WriteLine(string? value) => ConsoleWriter.Write(value, LineEnd.Yes);

    /// <summary>A text as a line.</summary>
    public static void WriteLine(ReadOnlySpan<char> value) => ConsoleWriter.Write(value, LineEnd.Yes);

    /// <summary>The text of an object as a line.</summary>
    public static void WriteLine(object? value) => ConsoleWriter.Write(value?.ToString(), LineEnd.Yes);

    /// <summary>A character as a line.</summary>
    public static void WriteLine(char value) => ConsoleWriter.Write(new ReadOnlySpan<char>(in value), LineEnd.Yes);

    /// <summary>True or False as a line.</summary>
    public static void WriteLine(bool value) => ConsoleWriter.Write(value.ToString(), LineEnd.Yes);

    /// <summary>Digits as a line.</summary>
    public static void WriteLine(int value) => ConsoleWriter.WriteNumber(value, LineEnd.Yes);

    /// <summary>Digits as a line.</summary>
    public static void WriteLine(uint value) => ConsoleWriter.WriteNumber(value, LineEnd.Yes);

    /// <summary>Digits as a line.</summary>
    public static void WriteLine(long value) => ConsoleWriter.WriteNumber(value, LineEnd.Yes);

    /// <summary>Digits as a line.</summary>
    public static void WriteLine(ulong value) => ConsoleWriter.WriteNumber(value, LineEnd.Yes);

    /// <summary>A text.</summary>
    public static void Write(string? value) => ConsoleWriter.Write(value, LineEnd.No);

    /// <summary>A text.</summary>
    public static void Write(ReadOnlySpan<char> value) => ConsoleWriter.Write(value, LineEnd.No);

    /// <summary>The text of an object.</summary>
    public static void Write(object? value) => ConsoleWriter.Write(value?.ToString(), LineEnd.No);

    /// <summary>A character.</summary>
    public static void Write(char value) => ConsoleWriter.Write(new ReadOnlySpan<char>(in value), LineEnd.No);

    /// <summary>True or False.</summary>
    public static void Write(bool value) => ConsoleWriter.Write(value.ToString(), LineEnd.No);

    /// <summary>Digits.</summary>
    public static void Write(int value) => ConsoleWriter.WriteNumber(value, LineEnd.No);

    /// <summary>Digits.</summary>
    public static void Write(uint value) => ConsoleWriter.WriteNumber(value, LineEnd.No);

    /// <summary>Digits.</summary>
    public static void Write(long value) => ConsoleWriter.WriteNumber(value, LineEnd.No);

    /// <summary>Digits.</summary>
    public static void Write(ulong value) => ConsoleWriter.WriteNumber(value, LineEnd.No);
}

/// <summary>Whether a line ends after the text.</summary>
internal enum LineEnd
{
    No,
    Yes,
}

/// <summary>Turns text into UTF-8 on the stack and passes it on, a line in one piece while it is not very long.</summary>
internal sealed unsafe class ConsoleWriter : TextWriter
{
    private const int BufferBytes = 512;

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value), LineEnd.No);

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer, LineEnd.No);

    public override void WriteLine(ReadOnlySpan<char> buffer) => Write(buffer, LineEnd.Yes);

    [SkipLocalsInit]
    internal static void Write(ReadOnlySpan<char> text, LineEnd end)
    {
        byte* bytes = stackalloc byte[BufferBytes];
        int length = 0;
        while (text.Length > 0)
        {
            length += Text.Utf8.Encode(Text.Utf8.Decode(text, out int units), bytes + length);
            text = text.Slice(units);
            if (length <= BufferBytes - Text.Utf8.MaxBytesPerRune - 1) continue;
            ConsoleWrite(bytes, (nuint)length);
            length = 0;
        }
        if (end == LineEnd.Yes) bytes[length++] = (byte)'\n';
        if (length > 0) ConsoleWrite(bytes, (nuint)length);
    }

    internal static void WriteNumber<T>(T value, LineEnd end) where T : ISpanFormattable
    {
        Span<char> digits = stackalloc char[Number.MaxDigits];
        value.TryFormat(digits, out int length, default, null);
        Write(digits.Slice(0, length), end);
    }

    [RuntimeImport("*", "runtime_console_write")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void ConsoleWrite(byte* text, nuint length);
}
