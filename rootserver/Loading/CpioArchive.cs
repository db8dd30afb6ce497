// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.RootServer;

/// <summary>Reads the archive of child programs that the root server carries: CPIO, format "newc" (RT:§2 step 12).</summary>
/// <remarks>
/// Every number is checked against the archive's length before it is used; a damaged archive gives a sentence, never a read
/// beyond it. Entry: magic "070701", 13 numbers of eight hex digits, name with its zero, padding to 4, data, padding to 4.
/// </remarks>
public static unsafe class CpioArchive
{
    private const int HeaderBytes = 110;
    private const int FileSizeField = 6;
    private const int NameSizeField = 11;

    /// <summary>Finds a file by name. False when it is not there or the archive is damaged; <paramref name="problem"/> says which.</summary>
    public static bool TryFind(byte* archive, nuint length, string name, out byte* data, out nuint dataBytes, out string problem)
    {
        data = null;
        dataBytes = 0;
        nuint position = 0;
        while (TryReadEntry(archive, length, position, out Entry entry, out problem))
        {
            if (IsNamed(archive, in entry, "TRAILER!!!"))
            {
                problem = "the archive holds no such file";
                return false;
            }

            if (IsNamed(archive, in entry, name))
            {
                data = archive + entry.DataStart;
                dataBytes = entry.DataBytes;
                return true;
            }

            position = entry.Next;
        }

        return false;
    }

    private struct Entry
    {
        public nuint NameStart;
        public nuint NameBytes;
        public nuint DataStart;
        public nuint DataBytes;
        public nuint Next;
    }

    private static bool TryReadEntry(byte* archive, nuint length, nuint position, out Entry entry, out string problem)
    {
        entry = default;
        problem = "";
        if (position > length || length - position < HeaderBytes)
        {
            problem = "the archive ends within an entry";
            return false;
        }

        if (!HasMagic(archive + position))
        {
            problem = "an entry of the archive does not begin with 070701";
            return false;
        }

        if (!TryReadField(archive + position, NameSizeField, out entry.NameBytes) ||
            !TryReadField(archive + position, FileSizeField, out entry.DataBytes) || entry.NameBytes == 0)
        {
            problem = "an entry of the archive has a number that is not hexadecimal";
            return false;
        }

        entry.NameStart = position + HeaderBytes;
        entry.DataStart = Align(entry.NameStart + entry.NameBytes);
        entry.Next = Align(entry.DataStart + entry.DataBytes);
        // Sizes are 32-bit and positions below the length, so that these sums cannot overflow 64 bits.
        if (entry.DataStart <= length && entry.DataStart + entry.DataBytes <= length) return true;
        problem = "an entry of the archive reaches beyond its end";
        return false;
    }

    private static bool HasMagic(byte* header) =>
        header[0] == '0' && header[1] == '7' && header[2] == '0' && header[3] == '7' && header[4] == '0' && header[5] == '1';

    private static bool TryReadField(byte* header, int field, out nuint value)
    {
        value = 0;
        byte* digits = header + 6 + (8 * field);
        for (int index = 0; index < 8; index++)
        {
            int digit = HexDigit(digits[index]);
            if (digit < 0) return false;
            value = (value << 4) | (nuint)digit;
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

    private static bool IsNamed(byte* archive, in Entry entry, string name)
    {
        if (entry.NameBytes != (nuint)name.Length + 1) return false;
        byte* bytes = archive + entry.NameStart;
        for (int index = 0; index < name.Length; index++)
            if (bytes[index] != name[index]) return false;
        return bytes[name.Length] == 0;
    }

    private static nuint Align(nuint position) => (position + 3) & ~(nuint)3;
}
