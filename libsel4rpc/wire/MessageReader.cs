// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.CompilerServices;

namespace Sel4.Rpc.Wire;

/// <summary>Reads the fields of one protobuf message and of the messages inside it.</summary>
/// <remarks>
/// It keeps a position and the first error. After an error every read gives 0 and no further header is found, so callers
/// check <see cref="Status"/> once, at the end. It never reads outside the bytes that it was given. What it accepts and
/// what it refuses is RPC:M2 and RPC:M3. Sub-messages are entered only where the generated code expects one, three deep
/// at most; unknown ones are skipped without being looked into, so nesting cannot be used to exhaust the stack (RPC:R4).
/// </remarks>
public unsafe ref struct MessageReader
{
    private byte* _position;
    private byte* _end;
    private WireStatus _status;

    /// <summary>Begins at the first byte of a message.</summary>
    public MessageReader(byte* first, int byteCount)
    {
        _position = first;
        _end = first + byteCount;
        _status = WireStatus.Ok;
    }

    /// <summary>The first error, or Ok.</summary>
    public readonly WireStatus Status => _status;

    /// <summary>Reads the next field's header; false at the end of the message, and after an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadHeader(out uint header)
    {
        byte* position = _position;
        if (position >= _end)
        {
            header = 0;
            return false;
        }
        header = *position;
        if (header >= 0x80) return TryReadLongHeader(out header);
        _position = position + 1;
        return true;
    }

    /// <summary>Reads a varint.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadVarint()
    {
        byte* position = _position;
        if (position < _end)
        {
            ulong first = *position;
            if (first < 0x80)
            {
                _position = position + 1;
                return first;
            }
        }
        return ReadLongVarint();
    }

    /// <summary>Reads a varint that must be below 2^32: cutting it off would make one port or error number of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32()
    {
        ulong value = ReadVarint();
        if (value > uint.MaxValue)
        {
            Fail(WireStatus.ValueTooLarge);
            return 0;
        }
        return (uint)value;
    }

    /// <summary>Reads a truth value: every varint but 0 is true.</summary>
    public bool ReadBool() => ReadVarint() != 0;

    /// <summary>Reads eight bytes, lowest first.</summary>
    public ulong ReadFixed64()
    {
        if (_end - _position < 8)
        {
            Fail(WireStatus.Truncated);
            return 0;
        }
        ulong value = *(ulong*)_position;
        _position += 8;
        return value;
    }

    /// <summary>Reads a string.</summary>
    public void ReadText(ref ShortText text)
    {
        int length = ReadLength();
        text.Set(_position, length);
        _position += length;
    }

    /// <summary>Reads a string or bytes where they lie: the span is of the memory that the reader was given.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        int length = ReadLength();
        ReadOnlySpan<byte> bytes = new(_position, length);
        _position += length;
        return bytes;
    }

    /// <summary>Goes into a sub-message and returns what <see cref="Leave"/> needs to come out again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nuint Enter()
    {
        int length = ReadLength();
        byte* outer = _end;
        _end = _position + length;
        return (nuint)outer;
    }

    /// <summary>Comes out of a sub-message, all of whose bytes have been read. After an error there is no way on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave(nuint outer)
    {
        if (_status == WireStatus.Ok) _end = (byte*)outer;
    }

    /// <summary>Passes over a field that the message does not have (RPC:M2).</summary>
    /// <param name="header">The header just read.</param>
    /// <param name="knownFields">One bit for each field number that the message does have: such a one has the wrong wire type.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Skip(uint header, ulong knownFields)
    {
        var field = new FieldHeader(header);
        if (field.Number == 0)
        {
            Fail(WireStatus.BadFieldNumber);
            return;
        }
        if (field.Number < 64 && (knownFields >> (int)field.Number & 1) != 0)
        {
            Fail(WireStatus.WrongWireType);
            return;
        }
        switch (field.Type)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                SkipBytes(8);
                break;
            case WireType.LengthDelimited:
                SkipBytes(ReadLength());
                break;
            case WireType.Fixed32:
                SkipBytes(4);
                break;
            default:
                Fail(WireStatus.BadWireType);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadLongHeader(out uint header)
    {
        ulong value = ReadLongVarint();
        header = (uint)value;
        if (value > uint.MaxValue) Fail(WireStatus.BadFieldNumber);
        return _status == WireStatus.Ok;
    }

    /// <summary>Reads a varint of which the first byte has been looked at: it is missing, or others follow it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongVarint()
    {
        byte* first = _position;
        if (_end - first >= 4)
        {
            // Handles and addresses mostly have two to four bytes: no loop and one look at the end for them.
            uint bytes = *(uint*)first;
            uint value = bytes & 0x7f | bytes >> 1 & 0x3f80;
            if ((bytes & 0x8000) == 0)
            {
                _position = first + 2;
                return value;
            }
            value |= bytes >> 2 & 0x1fc000;
            if ((bytes & 0x800000) == 0)
            {
                _position = first + 3;
                return value;
            }
            if ((bytes & 0x80000000) == 0)
            {
                _position = first + 4;
                return value | bytes >> 3 & 0xfe00000;
            }
        }
        return ReadAnyVarint();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadAnyVarint()
    {
        byte* position = _position;  // a local, so that the loop runs in registers
        WireStatus status = Varint.Read(ref position, _end, out ulong value);
        _position = position;
        if (status != WireStatus.Ok) Fail(status);
        return value;
    }

    /// <summary>Reads a length and proves that as many bytes are left; 0 after an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ReadLength()
    {
        ulong length = ReadVarint();
        if (length <= (ulong)(_end - _position)) return (int)length;
        Fail(WireStatus.LengthOverrun);
        return 0;
    }

    private void SkipBytes(int count)
    {
        if (_end - _position < count) Fail(WireStatus.Truncated);
        else _position += count;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(WireStatus status)
    {
        if (_status == WireStatus.Ok) _status = status;
        _end = _position;  // so that every loop over fields ends
    }
}
