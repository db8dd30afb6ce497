// SPDX-License-Identifier: BSD-2-Clause
using System.Globalization;

namespace Sel4.Tools.Gen.Layout;

/// <summary>C# expressions that read and write a run of bits, with no operation that has no effect.</summary>
internal static class BitExpressions
{
    /// <summary>The value of a field of the word <paramref name="word"/>.</summary>
    internal static string Read(BitField field, string word) => field.Kind switch
    {
        FieldKind.Flag => $"({word} & {Hex(field.WordMask)}) != 0",
        FieldKind.Address => ReadAddress(field, word),
        _ => Convert(field, ReadBits(field, word)),
    };

    /// <summary>The bits of a field in place, made from the value called <paramref name="value"/>.</summary>
    internal static string Place(BitField field, string value)
    {
        if (field.Kind == FieldKind.Flag)
        {
            return field.Low == 0 ? $"({value} ? 1UL : 0UL)" : $"(({value} ? 1UL : 0UL) << {field.Low})";
        }

        string number = field.TypeName == "ulong" ? value : $"(ulong)(uint){value}";
        if (field.Width == 64)
        {
            return number;
        }

        int shift = field.Low - field.DroppedBits;
        if (field.High == 63)
        {
            return Shift(number, shift);
        }

        return $"({Shift(number, shift)} & {Hex(field.WordMask)})";
    }

    internal static string Hex(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture) + "UL";

    private static string ReadBits(BitField field, string word)
    {
        string shifted = field.Low == 0 ? word : $"({word} >> {field.Low})";
        return field.High == 63 ? shifted : $"({shifted} & {Hex(field.ValueMask)})";
    }

    private static string ReadAddress(BitField field, string word)
    {
        int left = 63 - field.High;
        string top = left == 0 ? $"(long){word}" : $"(long)({word} << {left})";
        string value = $"(ulong)({top} >> {left + field.Low})";
        return field.DroppedBits == 0 ? value : $"{value} << {field.DroppedBits}";
    }

    private static string Convert(BitField field, string value) =>
        field.TypeName == "ulong" ? Strip(value) : $"({field.TypeName}){value}";

    private static string Strip(string value) =>
        value.StartsWith('(') && value.EndsWith(')') ? value[1..^1] : value;

    private static string Shift(string value, int shift) => shift switch
    {
        0 => value,
        > 0 => $"({value} << {shift})",
        _ => $"({value} >> {-shift})",
    };
}
