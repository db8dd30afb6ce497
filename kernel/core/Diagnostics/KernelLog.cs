// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Numerics;

namespace Kernel.Core;

/// <summary>Writes text for people to the kernel's console, one byte at a time: no allocation, no buffer (anchors §4.10).</summary>
internal static class KernelLog<A> where A : struct, IArch
{
    private const int NibbleBits = 4;

    /// <summary>Writes a constant text; characters beyond ASCII are not expected.</summary>
    public static void Text(string text)
    {
        for (int i = 0; i < text.Length; i++) A.WriteConsole((byte)text[i]);
    }

    /// <summary>Writes a name from one of the ABI's tables.</summary>
    public static void Name(ReadOnlySpan<byte> name)
    {
        for (int i = 0; i < name.Length; i++) A.WriteConsole(name[i]);
    }

    /// <summary>Writes a constant text, then spaces up to <paramref name="width"/> columns.</summary>
    public static void Column(string text, int width)
    {
        Text(text);
        Spaces(width - text.Length);
    }

    public static void Spaces(int count)
    {
        for (int i = 0; i < count; i++) A.WriteConsole((byte)' ');
    }

    /// <summary>Writes a number in hexadecimal, without leading zeros.</summary>
    public static void Hex(ulong value)
    {
        Text("0x");
        HexDigits(value, value == 0 ? 1 : (BitOperations.Log2(value) / NibbleBits) + 1);
    }

    /// <summary>Writes a number in hexadecimal with <paramref name="digits"/> digits.</summary>
    public static void HexDigits(ulong value, int digits)
    {
        for (int i = digits - 1; i >= 0; i--)
        {
            uint nibble = (uint)(value >> (NibbleBits * i)) & 15;
            A.WriteConsole((byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10));
        }
    }

    /// <summary>Writes a number in decimal.</summary>
    public static void Decimal(ulong value)
    {
        ulong unit = 1;
        while (value / unit >= 10) unit *= 10;
        for (; unit != 0; unit /= 10) A.WriteConsole((byte)('0' + (value / unit % 10)));
    }

    /// <summary>Writes a number in decimal, then spaces up to <paramref name="width"/> columns.</summary>
    public static void DecimalColumn(ulong value, int width)
    {
        Decimal(value);
        int digits = 1;
        for (ulong rest = value / 10; rest != 0; rest /= 10) digits++;
        Spaces(width - digits);
    }

    public static void EndLine() => A.WriteConsole((byte)'\n');

    /// <summary>Writes a thread's debug name, or its address when it has none, and returns the number of columns used.</summary>
    public static int Thread(Ref<Tcb> tcb)
    {
        if (tcb.Value.Name[0] == 0)
        {
            Text("tcb ");
            HexDigits(tcb.Address, 16);
            return 20;
        }

        int length = 0;
        while (length < DebugNames.MaximumLength && DebugNames.Character(ref tcb.Value, length) != 0)
        {
            byte character = DebugNames.Character(ref tcb.Value, length);
            A.WriteConsole(character is >= 0x20 and < 0x7f ? character : (byte)'?');
            length++;
        }

        return length;
    }
}
