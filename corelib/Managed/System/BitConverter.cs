// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace System;

/// <summary>Numbers as bytes in the processor's order.</summary>
public static class BitConverter
{
    /// <summary>The lowest byte comes first.</summary>
    public static readonly bool IsLittleEndian = true;

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(short value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static short ToInt16(ReadOnlySpan<byte> value) => MemoryMarshal.Read<short>(value);

    /// <summary>Reads from a place.</summary>
    public static short ToInt16(byte[] value, int startIndex) => MemoryMarshal.Read<short>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, short value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(ushort value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static ushort ToUInt16(ReadOnlySpan<byte> value) => MemoryMarshal.Read<ushort>(value);

    /// <summary>Reads from a place.</summary>
    public static ushort ToUInt16(byte[] value, int startIndex) => MemoryMarshal.Read<ushort>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, ushort value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(int value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static int ToInt32(ReadOnlySpan<byte> value) => MemoryMarshal.Read<int>(value);

    /// <summary>Reads from a place.</summary>
    public static int ToInt32(byte[] value, int startIndex) => MemoryMarshal.Read<int>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, int value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(uint value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static uint ToUInt32(ReadOnlySpan<byte> value) => MemoryMarshal.Read<uint>(value);

    /// <summary>Reads from a place.</summary>
    public static uint ToUInt32(byte[] value, int startIndex) => MemoryMarshal.Read<uint>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, uint value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(long value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static long ToInt64(ReadOnlySpan<byte> value) => MemoryMarshal.Read<long>(value);

    /// <summary>Reads from a place.</summary>
    public static long ToInt64(byte[] value, int startIndex) => MemoryMarshal.Read<long>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, long value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bytes in a new array.</summary>
    public static byte[] GetBytes(ulong value) => Bytes(value);

    /// <summary>Reads from the beginning.</summary>
    public static ulong ToUInt64(ReadOnlySpan<byte> value) => MemoryMarshal.Read<ulong>(value);

    /// <summary>Reads from a place.</summary>
    public static ulong ToUInt64(byte[] value, int startIndex) => MemoryMarshal.Read<ulong>(value.AsSpan(startIndex));

    /// <summary>Writes at the beginning if there is room.</summary>
    public static bool TryWriteBytes(Span<byte> destination, ulong value) => MemoryMarshal.TryWrite(destination, value);

    /// <summary>The bits of a number.</summary>
    public static long DoubleToInt64Bits(double value) => Unsafe.BitCast<double, long>(value);

    /// <summary>The bits of a number.</summary>
    public static ulong DoubleToUInt64Bits(double value) => Unsafe.BitCast<double, ulong>(value);

    /// <summary>The number of the bits.</summary>
    public static double Int64BitsToDouble(long value) => Unsafe.BitCast<long, double>(value);

    /// <summary>The number of the bits.</summary>
    public static double UInt64BitsToDouble(ulong value) => Unsafe.BitCast<ulong, double>(value);

    /// <summary>The bits of a number.</summary>
    public static int SingleToInt32Bits(float value) => Unsafe.BitCast<float, int>(value);

    /// <summary>The number of the bits.</summary>
    public static float Int32BitsToSingle(int value) => Unsafe.BitCast<int, float>(value);

    private static byte[] Bytes<T>(T value) where T : struct
    {
        byte[] bytes = new byte[Unsafe.SizeOf<T>()];
        MemoryMarshal.Write(bytes, value);
        return bytes;
    }
}
