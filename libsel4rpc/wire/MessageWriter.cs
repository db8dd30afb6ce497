// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace Sel4.Rpc.Wire;

/// <summary>Writes fields in protobuf's binary format.</summary>
/// <remarks>
/// Sizes are computed before anything is written (<c>ByteCount</c> of the generated messages), so a message that does not
/// fit is refused by <see cref="Framing"/> without a byte changed. The writer checks its bounds all the same and keeps the
/// first error: what it is asked to write outside them is dropped.
/// </remarks>
public unsafe ref struct MessageWriter
{
    private byte* _position;
    private readonly byte* _end;
    private WireStatus _status;

    /// <summary>Begins at the first byte of the target.</summary>
    public MessageWriter(byte* first, int capacityBytes)
    {
        _position = first;
        _end = first + capacityBytes;
        _status = WireStatus.Ok;
    }

    /// <summary>The first error, or Ok.</summary>
    public readonly WireStatus Status => _status;

    /// <summary>The address of the byte that would be written next.</summary>
    public readonly byte* Position => _position;

    /// <summary>Writes a header of one byte and a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteField(uint header, ulong value)
    {
        byte* position = _position;
        if (value < 0x80 && _end - position >= 2)
        {
            *(ushort*)position = (ushort)(header | (uint)value << 8);  // little-endian: the header comes first
            _position = position + 2;
            return;
        }
        WriteLongField(header, value);
    }

    /// <summary>Writes a header of any length and a varint.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteWideField(uint header, ulong value)
    {
        if (_end - _position < 2 * Varint.MaxBytes)
        {
            WriteVarint(header);
            WriteVarint(value);
            return;
        }
        // Near the end sizes are looked at; here there is room for any two varints.
        _position = Varint.Write(Varint.Write(_position, header), value);
    }

    /// <summary>Writes a header of one or two bytes and leaves a byte for the length of a message of 127 bytes at most.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint BeginMessage(uint header)
    {
        if (header < 0x80) WriteField(header, 0);
        else WriteWideField(header, 0);
        return (nuint)_position;
    }

    /// <summary>Puts the length where <see cref="BeginMessage"/> left room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void EndMessage(nuint begin)
    {
        if (_status == WireStatus.Ok) ((byte*)begin)[-1] = (byte)(_position - (byte*)begin);
    }

    /// <summary>Writes a header and eight bytes, lowest first.</summary>
    public void WriteFixed64Field(uint header, ulong value)
    {
        WriteVarint(header);
        if (!HasRoom(8)) return;
        *(ulong*)_position = value;
        _position += 8;
    }

    /// <summary>Writes a header, a length and a text.</summary>
    public void WriteTextField(uint header, in ShortText text)
    {
        WriteWideField(header, (ulong)text.Length);
        if (!HasRoom(text.Length)) return;
        text.Write(_position);
        _position += text.Length;
    }

    /// <summary>Writes a varint in its shortest form.</summary>
    public void WriteVarint(ulong value)
    {
        if (!HasRoom(Varint.ByteCount(value))) return;
        _position = Varint.Write(_position, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteLongField(uint header, ulong value)
    {
        byte* position = _position;
        if (_end - position < 1 + Varint.MaxBytes)
        {
            WriteVarint(header);
            WriteVarint(value);
            return;
        }
        *position = (byte)header;
        _position = Varint.Write(position + 1, value);
    }

    private bool HasRoom(int byteCount)
    {
        if (_end - _position >= byteCount && _status == WireStatus.Ok) return true;
        _status = WireStatus.BufferTooSmall;
        return false;
    }
}
