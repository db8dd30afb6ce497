// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.RootServer;

/// <summary>Reads the archive of child programs that the root server carries: CPIO, format "newc" (RT:§2 step 12).</summary>
/// <remarks>
/// Every number is checked against the archive's length before it is used; a damaged archive gives a sentence, never a read
/// beyond it. Entry: magic "070701", 13 numbers of eight hex digits, name with its zero, padding to 4, data, padding to 4.
/// </remarks>
public static class CpioArchive
{
    private const int HeaderBytes = 110;
    private const int FileSizeField = 6;
    private const int NameSizeField = 11;

    /// <summary>Finds a file by name; false when it is not there or the archive is damaged, and which of the two.</summary>
    public static bool TryFind(ReadOnlySpan<byte> archive, string name, out ReadOnlySpan<byte> data, out string problem)
    {
        data = default;
        long position = 0;
        while (TryReadEntry(archive, position, out Entry entry, out problem))
        {
            if (IsNamed(archive, in entry, "TRAILER!!!"))
            {
                problem = "the archive holds no such file";
                return false;
            }

            if (IsNamed(archive, in entry, name))
            {
                data = archive.Slice((int)entry.DataStart, (int)entry.DataBytes);
                return true;
            }

            position = entry.Next;
        }

        return false;
    }

    private struct Entry
    {
        public long NameStart;
        public long NameBytes;
        public long DataStart;
        public long DataBytes;
        public long Next;
    }

    private static bool TryReadEntry(ReadOnlySpan<byte> archive, long position, out Entry entry, out string problem)
    {
        entry = default;
        problem = "";
        if (position > archive.Length || archive.Length - position < HeaderBytes)
        {
            problem = "the archive ends within an entry";
            return false;
        }

        ReadOnlySpan<byte> header = archive.Slice((int)position, HeaderBytes);
        if (!HasMagic(header))
        {
            problem = "an entry of the archive does not begin with 070701";
            return false;
        }

        if (!TryReadField(header, NameSizeField, out entry.NameBytes) ||
            !TryReadField(header, FileSizeField, out entry.DataBytes) || entry.NameBytes == 0)
        {
            problem = "an entry of the archive has a number that is not hexadecimal";
            return false;
        }

        entry.NameStart = position + HeaderBytes;
        entry.DataStart = Align(entry.NameStart + entry.NameBytes);
        entry.Next = Align(entry.DataStart + entry.DataBytes);
        // Sizes are 32-bit and positions below the length, so that these sums cannot overflow 64 bits.
        if (entry.DataStart <= archive.Length && entry.DataStart + entry.DataBytes <= archive.Length) return true;
        problem = "an entry of the archive reaches beyond its end";
        return false;
    }

    private static bool HasMagic(ReadOnlySpan<byte> header) =>
        header[0] == '0' && header[1] == '7' && header[2] == '0' && header[3] == '7' && header[4] == '0' && header[5] == '1';

    private static bool TryReadField(ReadOnlySpan<byte> header, int field, out long value)
    {
        value = 0;
        ReadOnlySpan<byte> digits = header.Slice(6 + (8 * field), 8);
        for (int index = 0; index < 8; index++)
        {
            int digit = HexDigit(digits[index]);
            if (digit < 0) return false;
            value = (value << 4) | (uint)digit;
        }

        return true;
    }

    private static int HexDigit(byte character)
    {
        if (character >= '0' && character <= '9') return character - '0';
        if (character >= 'A' && character <= 'F') return character - 'A' + 10;
        if (character >= 'a' && character <= 'f') return character - 'a' + 10;
        return -1;
    }

    private static bool IsNamed(ReadOnlySpan<byte> archive, in Entry entry, string name)
    {
        if (entry.NameBytes != name.Length + 1) return false;
        ReadOnlySpan<byte> bytes = archive.Slice((int)entry.NameStart, name.Length + 1);
        for (int index = 0; index < name.Length; index++)
            if (bytes[index] != name[index]) return false;
        return bytes[name.Length] == 0;
    }

    private static long Align(long position) => (position + 3) & ~3L;
}
