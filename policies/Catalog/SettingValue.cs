// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Policies.Catalog;

/// <summary>Values of settings, from text.</summary>
internal static class SettingValue
{
    public static bool TryRead(PolicyParameter parameter, string text, out ulong value)
    {
        switch (parameter.Kind)
        {
            case ParameterKind.Bytes:
                return TryReadScaled(text, "KiB", 1ul << 10, out value) || TryReadScaled(text, "MiB", 1ul << 20, out value)
                    || TryReadScaled(text, "GiB", 1ul << 30, out value) || TryReadNumber(text, out value);
            case ParameterKind.Time:
                return TryReadScaled(text, "ms", 1, out value) || TryReadScaled(text, "s", 1000, out value);
            case ParameterKind.Choice:
                for (int index = 0; index < parameter.Words.Length; index++)
                {
                    value = (ulong)index;
                    if (parameter.Words[index] == text) return true;
                }

                value = 0;
                return false;
            default:
                return TryReadNumber(text, out value);
        }
    }

    public static bool TryReadRange(string text, out NodeRange range)
    {
        range = default;
        int at = text.IndexOf('@');
        int dash = text.IndexOf('-');
        if (at < 0 || dash < at) return false;
        if (!TryReadNumber(text.Substring(0, at), out ulong node) || node > 255) return false;
        if (!TryReadNumber(text.Substring(at + 1, dash - at - 1), out ulong first)) return false;
        if (!TryReadNumber(text.Substring(dash + 1), out ulong last) || last < first) return false;
        range = new NodeRange(node, first, last);
        return true;
    }

    private static bool TryReadScaled(string text, string unit, ulong scale, out ulong value)
    {
        value = 0;
        if (!text.EndsWith(unit, StringComparison.Ordinal)) return false;
        if (!TryReadNumber(text.Substring(0, text.Length - unit.Length), out ulong number)) return false;
        if (number > ulong.MaxValue / scale) return false;
        value = number * scale;
        return true;
    }

    /// <summary>Digits alone: no sign, no blank, no separator. Overflow is an error.</summary>
    private static bool TryReadNumber(string text, out ulong value)
    {
        value = 0;
        bool isHex = text.StartsWith("0x", StringComparison.Ordinal);
        ulong radix = isHex ? 16ul : 10;
        int start = isHex ? 2 : 0;
        if (text.Length == start) return false;
        for (int index = start; index < text.Length; index++)
        {
            ulong digit = DigitOf(text[index]);
            if (digit >= radix || value > (ulong.MaxValue - digit) / radix) return false;
            value = (value * radix) + digit;
        }

        return true;
    }

    private static ulong DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => (ulong)(character - '0'),
        >= 'a' and <= 'f' => (ulong)(character - 'a' + 10),
        >= 'A' and <= 'F' => (ulong)(character - 'A' + 10),
        _ => ulong.MaxValue,
    };
}
