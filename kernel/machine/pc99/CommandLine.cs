// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The words of the kernel's command line (boot sheet §3): blanks and control characters separate them.</summary>
/// <remarks>
/// <c>console_port=</c>, <c>debug_port=</c> and <c>loglevel=</c> take a number, decimal or with 0x; of a comma list the
/// first counts. <c>disable_iommu</c> is known and changes nothing. Unknown words are ignored.
/// </remarks>
public static unsafe class CommandLine
{
    // Longer lines are cut; the loader's length is not to be trusted.
    private const int MaximumLength = 4096;

    /// <summary>Reads a zero-terminated line; what it does not mention stays as it is.</summary>
    public static void Read(byte* line, ref ushort consolePort, ref ushort debugPort, ref ulong logLevel)
    {
        int position = 0;
        while (position < MaximumLength && line[position] != 0)
        {
            if (line[position] <= ' ')
            {
                position++;
                continue;
            }
            byte* word = line + position;
            if (Starts(word, "console_port=")) consolePort = (ushort)Number(word + 13, consolePort);
            else if (Starts(word, "debug_port=")) debugPort = (ushort)Number(word + 11, debugPort);
            else if (Starts(word, "loglevel=")) logLevel = Number(word + 9, logLevel);
            while (position < MaximumLength && line[position] > ' ') position++;
        }
    }

    private static bool Starts(byte* text, string prefix)
    {
        for (int index = 0; index < prefix.Length; index++)
        {
            if (text[index] != prefix[index]) return false;
        }
        return true;
    }

    /// <summary>The number at the start of the text; <paramref name="otherwise"/> when there is none.</summary>
    private static ulong Number(byte* text, ulong otherwise)
    {
        uint radix = 10;
        if (text[0] == '0' && (text[1] | 0x20) == 'x')
        {
            radix = 16;
            text += 2;
        }
        ulong value = 0;
        int digits = 0;
        for (uint digit = Digit(*text); digit < radix && digits < 16; digit = Digit(text[digits]))
        {
            value = (value * radix) + digit;
            digits++;
        }
        return digits == 0 ? otherwise : value;
    }

    private static uint Digit(byte character)
    {
        if (character >= '0' && character <= '9') return (uint)(character - '0');
        uint letter = (uint)(character | 0x20);
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : uint.MaxValue;
    }
}
