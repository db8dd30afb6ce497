// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;
using Sel4.Abi;

namespace Sel4.Testing;

/// <summary>Puts a line of text together in memory of the caller's, without allocating; what does not fit is left out.</summary>
public ref struct TextLine(Span<byte> memory)
{
    private readonly Span<byte> _memory = memory;
    private int _length;

    public readonly ReadOnlySpan<byte> Bytes => _memory.Slice(0, _length);

    public void Add(string text) => Add(text.AsSpan());

    public void Add(ReadOnlySpan<char> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] < 0x80)
            {
                AddByte((byte)text[index]);
                continue;
            }

            int count = char.IsHighSurrogate(text[index]) && index + 1 < text.Length ? 2 : 1;
            Span<byte> encoded = stackalloc byte[4];
            int length = Encoding.UTF8.GetBytes(text.Slice(index, count), encoded);
            for (int at = 0; at < length; at++) AddByte(encoded[at]);
            index += count - 1;
        }
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++) AddByte(text[index]);
    }

    public void Add(ulong value) => AddDigits(value, 10);

    /// <summary>A number as people want to compare it: decimal, and hexadecimal beside it when it is large.</summary>
    public void AddWord(ulong value)
    {
        AddDigits(value, 10);
        if (value < 10) return;
        Add(" (0x");
        AddDigits(value, 16);
        Add(")");
    }

    public void AddSigned(long value)
    {
        if (value < 0) Add("-");
        AddDigits(value < 0 ? (ulong)-value : (ulong)value, 10);
    }

    /// <summary>A kernel's answer by name and details.</summary>
    public void Add(Sel4Error error)
    {
        if (error.IsOk)
        {
            Add("done");
            return;
        }

        Add(ErrorCodeNames.Of(error.Code));
        Add(" (");
        AddDigits(error.Detail0, 10);
        Add(", ");
        AddDigits(error.Detail1, 10);
        Add(", ");
        AddDigits(error.Detail2, 10);
        Add(")");
    }

    private void AddDigits(ulong value, ulong radix)
    {
        ulong weight = 1;
        while (value / weight >= radix) weight *= radix;
        for (; weight != 0; weight /= radix)
        {
            ulong digit = value / weight % radix;
            AddByte((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
        }
    }

    private void AddByte(byte value)
    {
        if (_length < _memory.Length) _memory[_length++] = value;
    }
}
