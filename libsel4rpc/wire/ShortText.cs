// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;

namespace Sel4.Rpc.Wire;

/// <summary>A string of a message: up to 64 bytes of UTF-8, stored in place (RPC:R4).</summary>
/// <remarks>
/// A longer string is no error: it is cut before the first character that does not fit, and <see cref="IsCut"/> tells.
/// The bytes are kept as they came; text is for people, so nothing depends on it being valid UTF-8.
/// </remarks>
public struct ShortText
{
    /// <summary>How many bytes are kept at most.</summary>
    public const int Capacity = 64;

    private byte _length;
    private bool _isCut;
    private TextBytes _bytes;

    [InlineArray(Capacity)]
    private struct TextBytes
    {
        private byte _first;
    }

    /// <summary>How many bytes are kept.</summary>
    public readonly int Length => _length;

    /// <summary>True when there is no text, which is what proto3 leaves out.</summary>
    public readonly bool IsEmpty => _length == 0;

    /// <summary>True when the text was longer than <see cref="Capacity"/>.</summary>
    public readonly bool IsCut => _isCut;

    /// <summary>One byte of the text.</summary>
    public readonly byte this[int index] => _bytes[index];

    /// <summary>Makes it empty. The bytes stay: nobody reads beyond the length.</summary>
    public void Clear()
    {
        _length = 0;
        _isCut = false;
    }

    /// <summary>Adds one byte, if there is room for it.</summary>
    public void Add(byte value)
    {
        _isCut |= _length == Capacity;
        if (_length < Capacity) _bytes[_length++] = value;
    }

    /// <summary>Takes over as much of a text as fits.</summary>
    public unsafe void Set(ReadOnlySpan<byte> text)
    {
        fixed (byte* first = text) Set(first, text.Length);
    }

    /// <summary>Copies the text and returns how many bytes that were.</summary>
    /// <remarks>Copies less when the target is too small.</remarks>
    public readonly int CopyTo(Span<byte> target)
    {
        int count = _length < target.Length ? _length : target.Length;
        for (int i = 0; i < count; i++) target[i] = _bytes[i];
        return count;
    }

    /// <summary>True when the text consists of just these bytes.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text)
    {
        if (text.Length != _length) return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != _bytes[i]) return false;
        }
        return true;
    }

    internal unsafe void Set(byte* text, int length)
    {
        _isCut = length > Capacity;
        if (_isCut)
        {
            length = Capacity;
            while (length > 0 && (text[length] & 0xc0) == 0x80) length--;  // 10xxxxxx continues a character
        }
        for (int i = 0; i < length; i++) _bytes[i] = text[i];
        _length = (byte)length;
    }

    internal readonly unsafe void Write(byte* target)
    {
        for (int i = 0; i < _length; i++) target[i] = _bytes[i];
    }
}
