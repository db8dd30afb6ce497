// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;

namespace System;

/// <summary>Integers to text and back.</summary>
internal static class Number
{
    /// <summary>Room for any integer in any format: a precision above this is refused.</summary>
    internal const int MaxDigits = 128;

    /// <summary>Room for any integer as plain decimal digits: the least long has a sign and 19 of them.</summary>
    internal const int MaxDecimalDigits = 20;

    private const int MaxPrecision = MaxDigits - 1;

    /// <summary>Writes an integer given as magnitude and sign for decimals, and as its bits for hexadecimals.</summary>
    internal static bool TryFormat(
        ulong magnitude, bool negative, ulong bits, ReadOnlySpan<char> format, Span<char> destination, out int written)
    {
        written = 0;
        if (!TryParseFormat(format, out char letter, out int precision)) throw new FormatException("Format specifier was invalid.");
        bool hexadecimal = letter is 'X' or 'x';
        ulong value = hexadecimal ? bits : magnitude;
        int digits = hexadecimal ? CountHexDigits(value) : CountDigits(value);
        if (digits < precision) digits = precision;
        int length = digits + (negative && !hexadecimal ? 1 : 0);
        if (length > destination.Length) return false;
        written = length;
        if (hexadecimal) WriteHex(destination.Slice(0, digits), value, letter == 'X' ? 'A' : 'a');
        else WriteDecimal(destination.Slice(length - digits, digits), value);
        if (length > digits) destination[0] = '-';
        return true;
    }

    private static bool TryParseFormat(ReadOnlySpan<char> format, out char letter, out int precision)
    {
        letter = 'D';
        precision = 0;
        if (format.IsEmpty) return true;
        letter = format[0];
        if (letter is 'd' or 'G' or 'g') letter = 'D';
        if (letter is not ('D' or 'X' or 'x')) return false;
        for (int index = 1; index < format.Length; index++)
        {
            uint digit = (uint)format[index] - '0';
            if (digit > 9) return false;
            precision = (precision * 10) + (int)digit;
            if (precision > MaxPrecision) return false;
        }
        return format[0] is not ('G' or 'g') || precision == 0;
    }

    private static void WriteDecimal(Span<char> target, ulong value)
    {
        for (int index = target.Length - 1; index >= 0; index--)
        {
            ulong rest = value / 10;
            target[index] = (char)('0' + (value - (rest * 10)));
            value = rest;
        }
    }

    private static void WriteHex(Span<char> target, ulong value, char ten)
    {
        for (int index = target.Length - 1; index >= 0; index--)
        {
            int digit = (int)(value & 15);
            target[index] = (char)(digit < 10 ? '0' + digit : ten - 10 + digit);
            value >>= 4;
        }
    }

    private static int CountHexDigits(ulong value) => (Numerics.BitOperations.Log2(value) >> 2) + 1;

    private static int CountDigits(ulong value)
    {
        int digits = 1;
        while (value >= 10)
        {
            value /= 10;
            digits++;
        }
        return digits;
    }

    /// <summary>Reads an integer as magnitude and sign; false when there is none, something else too, or above 64 bits.</summary>
    internal static bool TryParse(ReadOnlySpan<char> text, NumberStyles style, out ulong magnitude, out bool negative)
    {
        magnitude = 0;
        negative = false;
        int start = 0;
        int end = text.Length;
        if ((style & NumberStyles.AllowLeadingWhite) != 0) while (start < end && char.IsWhiteSpace(text[start])) start++;
        if ((style & NumberStyles.AllowTrailingWhite) != 0) while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        if ((style & NumberStyles.AllowLeadingSign) != 0 && start < end && text[start] is ('-' or '+')) negative = text[start++] == '-';
        if (start >= end) return false;
        ReadOnlySpan<char> digits = text.Slice(start, end - start);
        return (style & NumberStyles.AllowHexSpecifier) != 0 ? TryParseHex(digits, out magnitude) : TryParseDecimal(digits, out magnitude);
    }

    private static bool TryParseDecimal(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (char character in digits)
        {
            uint digit = (uint)character - '0';
            if (digit > 9 || value > ulong.MaxValue / 10 || value * 10 > ulong.MaxValue - digit) return false;
            value = (value * 10) + digit;
        }
        return true;
    }

    private static bool TryParseHex(ReadOnlySpan<char> digits, out ulong value)
    {
        value = 0;
        foreach (char character in digits)
        {
            if (!char.IsAsciiHexDigit(character) || value >> 60 != 0) return false;
            value = (value << 4) | (uint)(character <= '9' ? character - '0' : (character | 0x20) - 'a' + 10);
        }
        return true;
    }

    /// <summary>The exception for text that was refused: a number too large, or no number.</summary>
    internal static Exception ParseError(ReadOnlySpan<char> text, NumberStyles style)
    {
        int digits = 0;
        bool hexadecimal = (style & NumberStyles.AllowHexSpecifier) != 0;
        foreach (char character in text.Trim())
        {
            bool isDigit = hexadecimal ? char.IsAsciiHexDigit(character) : char.IsAsciiDigit(character);
            if (!isDigit && (digits > 0 || character is not ('-' or '+'))) return BadFormat();
            if (isDigit) digits++;
        }
        return digits == 0 ? BadFormat() : new OverflowException("Value was either too large or too small for its type.");
    }

    private static FormatException BadFormat() => new("The input string was not in a correct format.");
}
