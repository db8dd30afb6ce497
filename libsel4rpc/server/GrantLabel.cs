// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>A few words that a client gives its grant: up to 31 bytes, more are cut off.</summary>
public struct GrantLabel
{
    /// <summary>How many bytes are kept.</summary>
    public const int Capacity = 31;

    private byte _length;
    private LabelBytes _bytes;

    [InlineArray(Capacity)]
    private struct LabelBytes
    {
        private byte _first;
    }

    /// <summary>How many bytes it has.</summary>
    public readonly int Length => _length;

    /// <summary>One byte of it.</summary>
    public readonly byte this[int index] => _bytes[index];

    /// <summary>Makes it empty.</summary>
    public void Clear() => _length = 0;

    /// <summary>Takes over the beginning of a text, whole characters only.</summary>
    public void Set(in ShortText text)
    {
        int length = text.Length;
        if (length > Capacity)
        {
            length = Capacity;
            while (length > 0 && (text[length] & 0xc0) == 0x80) length--;  // 10xxxxxx continues a character
        }
        for (int i = 0; i < length; i++) _bytes[i] = text[i];
        _length = (byte)length;
    }

    /// <summary>Puts it into a message.</summary>
    internal readonly void CopyTo(ref ShortText text)
    {
        text.Clear();
        for (int i = 0; i < _length; i++) text.Add(_bytes[i]);
    }
}
