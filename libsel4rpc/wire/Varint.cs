// SPDX-License-Identifier: BSD-2-Clause
namespace Sel4.Rpc.Wire;

/// <summary>Protobuf's variable-length integers: seven bits a byte, lowest first, the top bit says that another byte follows.</summary>
public static unsafe class Varint
{
    /// <summary>A 64-bit value has at most ten bytes, also when it is written longer than need be (RPC:M2).</summary>
    public const int MaxBytes = 10;

    /// <summary>How many bytes the shortest form of a value has (RPC:M1).</summary>
    public static int ByteCount(ulong value) => value < 0x80 ? 1 : LongByteCount(value);

    /// <summary>Reads a varint from <paramref name="position"/> up to <paramref name="end"/> at most.</summary>
    /// <remarks>
    /// Bits beyond the 64th in the tenth byte are dropped, as protobuf's own readers do. On an error
    /// <paramref name="position"/> stays where it was.
    /// Errors: Truncated when the bytes end first; VarintTooLong after ten bytes.
    /// </remarks>
    public static WireStatus Read(ref byte* position, byte* end, out ulong value)
    {
        ulong result = 0;
        byte* next = position;
        for (int shift = 0; shift < 7 * MaxBytes; shift += 7)
        {
            if (next >= end)
            {
                value = 0;
                return WireStatus.Truncated;
            }
            ulong current = *next++;
            result |= (current & 0x7f) << shift;
            if (current < 0x80)
            {
                position = next;
                value = result;
                return WireStatus.Ok;
            }
        }
        value = 0;
        return WireStatus.VarintTooLong;
    }

    /// <summary>Writes the shortest form of a value and returns the place after it.</summary>
    /// <remarks>Requires: <see cref="ByteCount"/> bytes of room.</remarks>
    public static byte* Write(byte* target, ulong value)
    {
        while (value >= 0x80)
        {
            *target++ = (byte)(value | 0x80);
            value >>= 7;
        }
        *target++ = (byte)value;
        return target;
    }

    private static int LongByteCount(ulong value)
    {
        int count = 1;
        while ((value >>= 7) != 0) count++;
        return count;
    }
}
