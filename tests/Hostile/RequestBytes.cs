// SPDX-License-Identifier: BSD-2-Clause

using System;

/// <summary>Writes protobuf fields by number, sound or not: it knows the grammar and nothing of what is allowed.</summary>
internal sealed class RequestBytes
{
    private const int Capacity = 1000;
    private readonly byte[] _bytes = new byte[Capacity];

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Bytes => new(_bytes, 0, Length);

    internal void Clear() => Length = 0;

    internal void Byte(byte value)
    {
        if (Length < Capacity) _bytes[Length++] = value;
    }

    internal void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    internal void Header(uint number, uint wireType) => Varint((ulong)number << 3 | wireType);

    /// <summary>A field that is a number.</summary>
    internal void Number(uint number, ulong value)
    {
        Header(number, 0);
        Varint(value);
    }

    /// <summary>Begins a field that is a message; its length takes one byte, so that it can be filled in afterwards.</summary>
    internal int Begin(uint number)
    {
        Header(number, 2);
        Byte(0);
        return Length;
    }

    /// <summary>Ends it. A message of more than 127 bytes gets a length that is wrong, which is as good.</summary>
    internal void End(int begin)
    {
        if (begin <= Capacity) _bytes[begin - 1] = (byte)((Length - begin) & 0x7f);
    }

    internal void Flip(int bit) => _bytes[(bit >> 3) % Math.Max(1, Length)] ^= (byte)(1 << (bit & 7));
}
