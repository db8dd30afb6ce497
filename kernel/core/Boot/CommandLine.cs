// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>The kernel's command line: words between blanks or control characters; unknown ones are ignored (boot sheet §3).</summary>
public static class CommandLine
{
    private const ulong MaxNumber = 0xffff;
    private const int DecimalBase = 10;
    private const int HexadecimalBase = 16;

    /// <summary>Reads at most <paramref name="maxBytes"/> characters at a kernel address, up to a zero.</summary>
    public static void Parse(ulong text, ulong maxBytes, ref BootOptions options)
    {
        ulong end = 0;
        while (end < maxBytes && RawMemory.ReadByte(text + end) != 0) end++;
        ulong position = 0;
        while (position < end)
        {
            ulong start = position;
            while (position < end && !IsSeparator(RawMemory.ReadByte(text + position))) position++;
            if (position > start) ParseWord(text + start, position - start, ref options);
            position++;
        }
    }

    private static void ParseWord(ulong word, ulong length, ref BootOptions options)
    {
        if (IsPrefix("console_port=", word, length))
            options.HasConsolePort |= TryNumber(word, length, "console_port=".Length, ref options.ConsolePort);
        else if (IsPrefix("debug_port=", word, length))
            options.HasDebugPort |= TryNumber(word, length, "debug_port=".Length, ref options.DebugPort);
        else if (IsPrefix("loglevel=", word, length))
            TryNumber(word, length, "loglevel=".Length, ref options.LogLevel);
        else if (length == (ulong)"disable_iommu".Length && IsPrefix("disable_iommu", word, length))
            options.IsIommuDisabled = true;
    }

    private static bool IsSeparator(byte character) => character <= ' ';

    private static bool IsPrefix(string prefix, ulong word, ulong length)
    {
        if (length < (ulong)prefix.Length) return false;
        for (int index = 0; index < prefix.Length; index++)
        {
            if (RawMemory.ReadByte(word + (ulong)index) != prefix[index]) return false;
        }
        return true;
    }

    /// <summary>The first number of a comma list, hexadecimal after 0x; false, and nothing stored, when it is none below 2^16.</summary>
    private static bool TryNumber(ulong word, ulong length, int offset, ref ulong number)
    {
        ulong position = (ulong)offset;
        int numberBase = DecimalBase;
        if (IsPrefix("0x", word + position, length - position))
        {
            numberBase = HexadecimalBase;
            position += 2;
        }
        ulong start = position;
        ulong value = 0;
        for (; position < length && RawMemory.ReadByte(word + position) != ','; position++)
        {
            int digit = DigitOf(RawMemory.ReadByte(word + position));
            if (digit >= numberBase) return false;
            value = (value * (ulong)numberBase) + (ulong)digit;
            if (value > MaxNumber) return false;
        }
        if (position == start) return false;
        number = value;
        return true;
    }

    /// <summary>A value above any base for what is no digit.</summary>
    private static int DigitOf(byte character)
    {
        if (character >= '0' && character <= '9') return character - '0';
        int letter = character | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + DecimalBase : int.MaxValue;
    }
}
