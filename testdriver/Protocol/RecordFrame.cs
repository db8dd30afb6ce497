// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Testing;

/// <summary>How records travel on a serial line that others print on as well. TD:X5.</summary>
/// <remarks>
/// A record is cut into parts of at most <see cref="PartBytes"/> bytes, and each part is a line:
/// <code>@sel4test SEQUENCE PART/PARTS CRC BASE64</code>
/// Numbers are hexadecimal. The checksum covers the run's nonce, the three numbers and the bytes. Tests do not know the nonce, which
/// the host writes into the driver's memory, so a test that prints such a line makes one that is known to be false.
/// </remarks>
public static class RecordFrame
{
    public const int PartBytes = 720;

    /// <summary>The longest line, its line end included.</summary>
    public const int MaxLineBytes = 64 + (PartBytes / 3 * 4);

    /// <summary>What every line begins with; it may stand behind other text that was not ended.</summary>
    public const string Marker = "@sel4test ";

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    /// <summary>The checksum of a part.</summary>
    public static uint ChecksumOf(ulong nonce, uint sequence, uint part, uint parts, ReadOnlySpan<byte> bytes)
    {
        uint running = Crc32.Add(Crc32.Seed, nonce);
        running = Crc32.Add(running, ((ulong)sequence << 32) | (part << 16) | parts);
        return ~Crc32.Add(running, bytes);
    }

    /// <summary>Writes the line of a part; gives its length.</summary>
    /// <param name="line">At least <see cref="MaxLineBytes"/> bytes.</param>
    public static int Write(Span<byte> line, ulong nonce, uint sequence, uint part, uint parts, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        for (int index = 0; index < Marker.Length; index++) line[at++] = (byte)Marker[index];
        at = WriteHex(line, at, sequence);
        line[at++] = (byte)' ';
        at = WriteHex(line, at, part);
        line[at++] = (byte)'/';
        at = WriteHex(line, at, parts);
        line[at++] = (byte)' ';
        at = WriteHex(line, at, ChecksumOf(nonce, sequence, part, parts, bytes));
        line[at++] = (byte)' ';
        at = WriteBase64(line, at, bytes);
        line[at++] = (byte)'\n';
        return at;
    }

    private static int WriteHex(Span<byte> line, int at, uint value)
    {
        int digits = 1;
        while (digits < 8 && value >> (4 * digits) != 0) digits++;
        for (int digit = digits - 1; digit >= 0; digit--)
        {
            uint nibble = (value >> (4 * digit)) & 15;
            line[at++] = (byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10);
        }

        return at;
    }

    private static int WriteBase64(Span<byte> line, int at, ReadOnlySpan<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index += 3)
        {
            int left = bytes.Length - index;
            uint group = (uint)bytes[index] << 16;
            if (left > 1) group |= (uint)bytes[index + 1] << 8;
            if (left > 2) group |= bytes[index + 2];
            line[at++] = Alphabet[(int)(group >> 18)];
            line[at++] = Alphabet[(int)(group >> 12) & 63];
            line[at++] = left > 1 ? Alphabet[(int)(group >> 6) & 63] : (byte)'=';
            line[at++] = left > 2 ? Alphabet[(int)group & 63] : (byte)'=';
        }

        return at;
    }
}
