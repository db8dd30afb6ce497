// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Text;

namespace Sel4.Testing;

/// <summary>Puts the text of a record together, without allocating: a word for its kind, then lines of key and value.</summary>
/// <remarks>
/// A key may come several times. In values a line feed is written <c>\n</c> and a backslash <c>\\</c>; all other bytes are as they
/// came. What does not fit any more is left out, and the record then ends with the line <c>cut yes</c>.
/// </remarks>
public sealed class RecordText
{
    private const int Reserve = 16;
    private readonly byte[] _bytes;
    private int _length;
    private bool _isCut;

    public RecordText(int capacityBytes) => _bytes = new byte[capacityBytes];

    /// <summary>What has been put together.</summary>
    public ReadOnlySpan<byte> Bytes => new(_bytes, 0, _length);

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        _length = 0;
        _isCut = false;
    }

    /// <summary>Adds lines that are finished already.</summary>
    public void AddLines(ReadOnlySpan<byte> lines)
    {
        for (int index = 0; index < lines.Length; index++) Byte(lines[index]);
    }

    /// <summary>Starts a new record.</summary>
    public void Begin(string kind)
    {
        Clear();
        Plain(kind);
        Byte((byte)'\n');
    }

    /// <summary>Ends it; the text can be sent then.</summary>
    public void End()
    {
        if (!_isCut) return;
        _isCut = false;
        if (_length > _bytes.Length - Reserve) _length = _bytes.Length - Reserve;
        ReadOnlySpan<byte> note = "\ncut yes\n"u8;
        for (int index = 0; index < note.Length; index++) _bytes[_length++] = note[index];
    }

    public void Add(string key, string value)
    {
        Key(key);
        Text(value);
        Byte((byte)'\n');
    }

    public void Add(string key, ReadOnlySpan<byte> value)
    {
        Key(key);
        for (int index = 0; index < value.Length; index++) Escaped(value[index]);
        Byte((byte)'\n');
    }

    public void Add(string key, ReadOnlySpan<char> value)
    {
        Key(key);
        Text(value);
        Byte((byte)'\n');
    }

    public void Add(string key, ulong value)
    {
        Key(key);
        Digits(value);
        Byte((byte)'\n');
    }

    /// <summary>A line that is put together by several calls: this, then <see cref="More(string)"/>, then <see cref="EndLine"/>.</summary>
    public void Key(string key)
    {
        Plain(key);
        Byte((byte)' ');
    }

    public void More(string text) => Text(text);

    public void More(ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++) Escaped(text[index]);
    }

    public void More(ulong value) => Digits(value);

    public void MoreHex(ulong value)
    {
        int shift = 60;
        while (shift > 0 && value >> shift == 0) shift -= 4;
        for (; shift >= 0; shift -= 4) Byte((byte)"0123456789abcdef"[(int)(value >> shift) & 15]);
    }

    public void EndLine() => Byte((byte)'\n');

    private void Plain(string text)
    {
        for (int index = 0; index < text.Length; index++) Byte((byte)text[index]);
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Span<byte> encoded = stackalloc byte[4];
        for (int index = 0; index < text.Length; index++)
        {
            char character = text[index];
            if (character < 0x80)
            {
                Escaped((byte)character);
                continue;
            }

            int count = char.IsHighSurrogate(character) && index + 1 < text.Length ? 2 : 1;
            int length = Encoding.UTF8.GetBytes(text.Slice(index, count), encoded);
            for (int at = 0; at < length; at++) Byte(encoded[at]);
            index += count - 1;
        }
    }

    private void Escaped(byte value)
    {
        if (value == '\n') Two((byte)'\\', (byte)'n');
        else if (value == '\\') Two((byte)'\\', (byte)'\\');
        else Byte(value);
    }

    private void Two(byte first, byte second)
    {
        Byte(first);
        Byte(second);
    }

    private void Digits(ulong value)
    {
        ulong weight = 1;
        while (value / weight >= 10) weight *= 10;
        for (; weight != 0; weight /= 10) Byte((byte)('0' + (value / weight % 10)));
    }

    private void Byte(byte value)
    {
        if (_length < _bytes.Length - Reserve) _bytes[_length++] = value;
        else _isCut = true;
    }
}
