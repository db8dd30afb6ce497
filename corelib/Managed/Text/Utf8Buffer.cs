// SPDX-License-Identifier: BSD-2-Clause
namespace System.Text;

/// <summary>Text collected as UTF-8 in memory of fixed size; what does not fit is left out.</summary>
internal unsafe ref struct Utf8Buffer
{
    private readonly byte* _bytes;
    private readonly int _capacity;

    internal Utf8Buffer(byte* bytes, int capacity)
    {
        _bytes = bytes;
        _capacity = capacity;
    }

    /// <summary>Bytes collected.</summary>
    internal int Length { get; private set; }

    internal void Append(ReadOnlySpan<byte> text)
    {
        int length = Math.Min(text.Length, _capacity - Length);
        text.Slice(0, length).CopyTo(new Span<byte>(_bytes + Length, length));
        Length += length;
    }

    internal void Append(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            uint rune = Utf8.Decode(text, out int units);
            if (_capacity - Length < Utf8.MaxBytesPerRune) return;
            Length += Utf8.Encode(rune, _bytes + Length);
            text = text.Slice(units);
        }
    }
}
