// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace Sel4.Rpc.Wire;

/// <summary>Protobuf's variable-length integers: seven bits a byte, lowest first, the top bit says that another byte follows.</summary>
public static unsafe class Varint
{
    /// <summary>A 64-bit value has at most ten bytes, also when it is written longer than need be (RPC:M2).</summary>
    public const int MaxBytes = 10;

    /// <summary>How many bytes the shortest form of a value has (RPC:M1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ByteCount(ulong value) => value < 0x80 ? 1 : LongByteCount(value);

    /// <summary>Reads a varint from <paramref name="position"/> up to <paramref name="end"/> at most.</summary>
    /// <remarks>
    /// Bits beyond the 64th in the tenth byte are dropped, as protobuf's own readers do. On an error
    /// <paramref name="position"/> stays where it was.
    /// Errors: Truncated when the bytes end first; VarintTooLong after ten bytes.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>A ladder: most values have two to five bytes, and each rung costs a compare and a branch.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LongByteCount(ulong value)
    {
        if (value < 1ul << 14) return 2;
        if (value < 1ul << 21) return 3;
        if (value < 1ul << 28) return 4;
        if (value < 1ul << 35) return 5;
        if (value < 1ul << 42) return 6;
        if (value < 1ul << 49) return 7;
        if (value < 1ul << 56) return 8;
        return value < 1ul << 63 ? 9 : 10;
    }
}
