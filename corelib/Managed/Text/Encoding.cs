// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Text;

/// <summary>Text as bytes. UTF-8 is the only one here.</summary>
public abstract class Encoding
{
    /// <summary>UTF-8 (RFC 3629); damaged sequences become U+FFFD.</summary>
    public static Encoding UTF8 { get; } = new UTF8Encoding();

    /// <summary>Bytes that the text takes.</summary>
    public abstract int GetByteCount(ReadOnlySpan<char> chars);

    /// <summary>Writes the text as bytes.</summary>
    public abstract int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes);

    /// <summary>UTF-16 units that the bytes give.</summary>
    public abstract int GetCharCount(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the bytes as UTF-16.</summary>
    public abstract int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars);

    /// <summary>Bytes that the text takes.</summary>
    public int GetByteCount(string s) => GetByteCount((ReadOnlySpan<char>)s);

    /// <summary>The text as bytes in a new array.</summary>
    public byte[] GetBytes(string s)
    {
        byte[] bytes = new byte[GetByteCount(s)];
        GetBytes(s, bytes);
        return bytes;
    }

    /// <summary>The bytes as a new string.</summary>
    public string GetString(ReadOnlySpan<byte> bytes)
    {
        string result = string.Allocate(GetCharCount(bytes));
        GetChars(bytes, result.Characters);
        return result;
    }

    /// <summary>The bytes as a new string.</summary>
    public string GetString(byte[] bytes) => GetString((ReadOnlySpan<byte>)bytes);

    /// <summary>Part of the bytes as a new string.</summary>
    public string GetString(byte[] bytes, int index, int count) => GetString(new ReadOnlySpan<byte>(bytes, index, count));

    /// <summary>Bytes at an address as a new string.</summary>
    public unsafe string GetString(byte* bytes, int byteCount) => GetString(new ReadOnlySpan<byte>(bytes, byteCount));
}

/// <summary>UTF-8 (RFC 3629).</summary>
public class UTF8Encoding : Encoding
{
    /// <summary>Bytes that the text takes.</summary>
    public override int GetByteCount(ReadOnlySpan<char> chars) => Utf8.CountBytes(chars);

    /// <summary>Writes the text as bytes.</summary>
    public override unsafe int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes)
    {
        int written = 0;
        byte* rune = stackalloc byte[Utf8.MaxBytesPerRune];
        while (chars.Length > 0)
        {
            int length = Utf8.Encode(Utf8.Decode(chars, out int units), rune);
            new ReadOnlySpan<byte>(rune, length).CopyTo(bytes.Slice(written));
            written += length;
            chars = chars.Slice(units);
        }
        return written;
    }

    /// <summary>UTF-16 units that the bytes give.</summary>
    public override int GetCharCount(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        while (bytes.Length > 0)
        {
            count += Utf8.Decode(bytes, out int length) > char.MaxValue ? 2 : 1;
            bytes = bytes.Slice(length);
        }
        return count;
    }

    /// <summary>Writes the bytes as UTF-16.</summary>
    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        int written = 0;
        while (bytes.Length > 0)
        {
            uint rune = Utf8.Decode(bytes, out int length);
            if (rune > char.MaxValue)
            {
                chars[written++] = (char)(0xD7C0 + (rune >> 10));
                chars[written++] = (char)(0xDC00 + (rune & 0x3FF));
            }
            else
            {
                chars[written++] = (char)rune;
            }
            bytes = bytes.Slice(length);
        }
        return written;
    }
}
