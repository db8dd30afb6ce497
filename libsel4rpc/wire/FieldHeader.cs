// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc.Wire;

/// <summary>How the bytes after a field header are to be read.</summary>
public enum WireType : byte
{
    /// <summary>A varint.</summary>
    Varint = 0,

    /// <summary>Eight bytes.</summary>
    Fixed64 = 1,

    /// <summary>A varint n, then n bytes.</summary>
    LengthDelimited = 2,

    /// <summary>Four bytes.</summary>
    Fixed32 = 5,
}

/// <summary>What stands before each field: its number and its wire type in one varint.</summary>
/// <remarks>Holding one proves nothing: number 0 and unknown wire types are judged by <see cref="MessageReader.Skip"/>.</remarks>
public readonly struct FieldHeader(uint value)
{
    /// <summary>The packed form: number in bits 3 and up, wire type in bits 0 to 2.</summary>
    public readonly uint Value = value;

    /// <summary>A header from its parts.</summary>
    public FieldHeader(int number, WireType type) : this((uint)number << 3 | (uint)type)
    {
    }

    /// <summary>The field number, 0 for a header that no field may have.</summary>
    public uint Number => Value >> 3;

    /// <summary>The wire type, which may be a number that <see cref="WireType"/> does not name.</summary>
    public WireType Type => (WireType)(Value & 7);
}
