// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Collects one line for the console from an interpolated string without allocating anything.</summary>
/// <remarks>
/// The root server's heap never shrinks (design L5), so that what it prints for each of thousands of children must not come from
/// it. One buffer serves all lines: the server has one thread. A line that is too long is cut.
/// </remarks>
[InterpolatedStringHandler]
public readonly ref struct LogText
{
    private const int MaxChars = 512;
    private static readonly char[] s_line = new char[MaxChars];
    private static int s_length;

    public LogText(int literalLength, int formattedCount) => s_length = 0;

    public void AppendLiteral(string text) => Append(text);

    public void AppendFormatted(string? text) => Append(text ?? "");

    public void AppendFormatted(int value) => AppendFormatted((long)value);

    public void AppendFormatted(long value)
    {
        if (value >= 0)
        {
            AppendFormatted((ulong)value);
            return;
        }

        Append('-');
        AppendFormatted((ulong)-value);
    }

    public void AppendFormatted(ulong value) => AppendDigits(value, 10);

    /// <summary>Text in a column: to its left when the alignment is negative, else to its right.</summary>
    public void AppendFormatted(string? text, int alignment)
    {
        int length = text?.Length ?? 0;
        if (alignment > length) Pad(alignment - length);
        Append(text ?? "");
        if (-alignment > length) Pad(-alignment - length);
    }

    /// <summary>A number at the right of a column.</summary>
    public void AppendFormatted(ulong value, int alignment)
    {
        int digits = 1;
        for (ulong rest = value / 10; rest != 0; rest /= 10) digits++;
        if (alignment > digits) Pad(alignment - digits);
        AppendDigits(value, 10);
    }

    /// <summary>A number at the right of a column; it must not be negative.</summary>
    public void AppendFormatted(int value, int alignment) => AppendFormatted((ulong)value, alignment);

    /// <summary>An amount of memory at the right of a column, in the largest unit that leaves three digits or more.</summary>
    public void AppendFormatted(ByteCount bytes, int alignment)
    {
        AppendFormatted(bytes.InUnit, alignment - 4);
        Append(bytes.Unit);
    }

    /// <summary>A number in hexadecimal at the right of a column.</summary>
    public void AppendFormatted(HexNumber number, int alignment)
    {
        int digits = 1;
        for (ulong rest = number.Value >> 4; rest != 0; rest >>= 4) digits++;
        if (alignment > digits + 2) Pad(alignment - digits - 2);
        Append("0x");
        AppendDigits(number.Value, 16);
    }

    /// <summary>A number in hexadecimal; the only format is "x".</summary>
    public void AppendFormatted(ulong value, string format) => AppendDigits(value, format == "x" ? 16u : 10u);

    /// <summary>A kernel error as the end of a sentence, with its details; nothing when there was none.</summary>
    public void AppendFormatted(Sel4Error error)
    {
        if (error.IsOk) return;
        Append(": the kernel says ");
        foreach (byte character in ErrorCodeNames.Of(error.Code)) Append((char)character);
        Append(" (");
        AppendFormatted(error.Detail0);
        Append(", ");
        AppendFormatted(error.Detail1);
        Append(", ");
        AppendFormatted(error.Detail2);
        Append(")");
    }

    /// <summary>What makes way for lines, when somebody types on the same screen.</summary>
    internal static IPrompt? Prompt { get; set; }

    /// <summary>The line that was put together last.</summary>
    public static ReadOnlySpan<char> Line => new(s_line, 0, s_length);

    /// <summary>Puts a line together without printing it.</summary>
    public static void Keep(LogText text)
    {
        // The handler has done it.
    }

    internal static void Write(string prefix)
    {
        Prompt?.Hide();
        Console.Write(prefix);
        Console.WriteLine(new ReadOnlySpan<char>(s_line, 0, s_length));
        Prompt?.Show();
    }

    private static void AppendDigits(ulong value, ulong radix)
    {
        ulong weight = 1;
        while (value / weight >= radix) weight *= radix;
        for (; weight != 0; weight /= radix)
        {
            ulong digit = value / weight % radix;
            Append((char)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }

    private static void Pad(int count)
    {
        for (; count > 0; count--) Append(' ');
    }

    private static void Append(string text)
    {
        for (int index = 0; index < text.Length; index++) Append(text[index]);
    }

    private static void Append(char character)
    {
        if (s_length < MaxChars) s_line[s_length++] = character;
    }
}
