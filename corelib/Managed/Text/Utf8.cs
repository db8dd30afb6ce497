// SPDX-License-Identifier: BSD-2-Clause
namespace System.Text;

/// <summary>UTF-16 to UTF-8 and back, one code point at a time (RFC 3629).</summary>
internal static unsafe class Utf8
{
    internal const int MaxBytesPerRune = 4;
    internal const char Replacement = '\uFFFD';

    /// <summary>Takes the first code point of UTF-16 text; half a surrogate pair becomes the replacement character.</summary>
    internal static uint Decode(ReadOnlySpan<char> text, out int units)
    {
        char first = text[0];
        units = 1;
        if (!char.IsSurrogate(first)) return first;
        if (!char.IsHighSurrogate(first) || text.Length < 2 || !char.IsLowSurrogate(text[1])) return Replacement;
        units = 2;
        return 0x10000u + (((uint)first - 0xD800) << 10) + ((uint)text[1] - 0xDC00);
    }

    /// <summary>Writes a code point, one to four bytes.</summary>
    internal static int Encode(uint rune, byte* target)
    {
        if (rune < 0x80)
        {
            target[0] = (byte)rune;
            return 1;
        }
        if (rune < 0x800)
        {
            target[0] = (byte)(0xC0 | (rune >> 6));
            target[1] = (byte)(0x80 | (rune & 0x3F));
            return 2;
        }
        if (rune < 0x10000)
        {
            target[0] = (byte)(0xE0 | (rune >> 12));
            target[1] = (byte)(0x80 | ((rune >> 6) & 0x3F));
            target[2] = (byte)(0x80 | (rune & 0x3F));
            return 3;
        }
        target[0] = (byte)(0xF0 | (rune >> 18));
        target[1] = (byte)(0x80 | ((rune >> 12) & 0x3F));
        target[2] = (byte)(0x80 | ((rune >> 6) & 0x3F));
        target[3] = (byte)(0x80 | (rune & 0x3F));
        return 4;
    }

    /// <summary>Bytes that UTF-16 text takes.</summary>
    internal static int CountBytes(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int index = 0; index < text.Length;)
        {
            uint rune = Decode(text.Slice(index), out int units);
            count += rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
            index += units;
        }
        return count;
    }

    /// <summary>
    /// Takes the first code point of UTF-8 text. A damaged sequence becomes the replacement character; <paramref name="length"/> is
    /// then the longest part that began well, so that what follows is looked at afresh (Unicode §3.9, as .NET does).
    /// </summary>
    internal static uint Decode(ReadOnlySpan<byte> text, out int length)
    {
        byte first = text[0];
        length = 1;
        if (first < 0x80) return first;
        if (first is < 0xC2 or > 0xF4) return Replacement;
        int wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        uint rune = (uint)first & (0xFFu >> (wanted + 1));
        for (; length < wanted; length++)
        {
            if (length >= text.Length) return Replacement;
            byte next = text[length];
            if ((next & 0xC0) != 0x80 || (length == 1 && !IsSecondByte(first, next))) return Replacement;
            rune = (rune << 6) | (next & 0x3Fu);
        }
        return rune;
    }

    /// <summary>Whether the second byte keeps the code point shortest, no surrogate, and within Unicode.</summary>
    private static bool IsSecondByte(byte first, byte second) => first switch
    {
        0xE0 => second >= 0xA0,
        0xED => second < 0xA0,
        0xF0 => second >= 0x90,
        0xF4 => second < 0x90,
        _ => true,
    };
}
