// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>Text of the machine layer: boot messages on the console, reports of kernel bugs on the debug port.</summary>
public static class TextOutput
{
    private static bool s_isSilent;
    private static bool s_isReport;
    private static ulong s_reportBytes;

    /// <summary>Nothing but reports is printed from now on (<c>loglevel=0</c>).</summary>
    public static void Silence() => s_isSilent = true;

    /// <summary>Everything from now on is the report of a kernel bug: it goes to the debug port, whatever the log level.</summary>
    public static void BeginReport() => s_isReport = true;

    public static void Write(string text)
    {
        for (int index = 0; index < text.Length; index++) WriteByte((byte)text[index]);
    }

    public static unsafe void Write(byte* text, nuint length)
    {
        for (nuint index = 0; index < length; index++) WriteByte(text[index]);
    }

    public static void WriteDecimal(ulong value)
    {
        ulong divisor = 1;
        while (value / divisor >= 10) divisor *= 10;
        for (; divisor != 0; divisor /= 10) WriteByte((byte)('0' + (value / divisor % 10)));
    }

    /// <summary>Writes 0x and at least one digit.</summary>
    public static void WriteHex(ulong value)
    {
        int digits = 1;
        while (digits < 16 && value >> (4 * digits) != 0) digits++;
        Write("0x");
        WriteDigits(value, digits);
    }

    /// <summary>Writes 16 digits without a prefix.</summary>
    public static void WriteWord(ulong value) => WriteDigits(value, 16);

    private static void WriteDigits(ulong value, int digits)
    {
        for (int digit = digits - 1; digit >= 0; digit--)
        {
            ulong nibble = (value >> (4 * digit)) & 15;
            WriteByte((byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10));
        }
    }

    private static void WriteByte(byte character)
    {
        if (s_isReport) WriteReport(character);
        else if (!s_isSilent) SerialPort.WriteConsole(character);
    }

    // The start of the text stays at the symbol kernel_epitaph for whoever examines the memory afterwards.
    private static unsafe void WriteReport(byte character)
    {
        SerialPort.WriteDebug(character);
        ImageSymbols* symbols = Instructions.Symbols();
        if (s_reportBytes + 1 >= symbols->EpitaphBytes) return;
        *(byte*)(symbols->Epitaph + s_reportBytes) = character;
        s_reportBytes++;
    }
}
