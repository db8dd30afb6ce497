// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;

namespace System.Buffers.Binary;

/// <summary>Integers in bytes of a stated order.</summary>
public static class BinaryPrimitives
{
    /// <summary>The bytes in the opposite order.</summary>
    public static short ReverseEndianness(short value) => (short)ReverseEndianness((ushort)value);

    /// <summary>Reads, lowest byte first.</summary>
    public static short ReadInt16LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<short>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteInt16LittleEndian(Span<byte> destination, short value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt16LittleEndian(ReadOnlySpan<byte> source, out short value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static short ReadInt16BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<short>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteInt16BigEndian(Span<byte> destination, short value)
        => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt16BigEndian(ReadOnlySpan<byte> source, out short value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }

    /// <summary>The bytes in the opposite order.</summary>
    public static ushort ReverseEndianness(ushort value) => (ushort)((value >> 8) | (value << 8));

    /// <summary>Reads, lowest byte first.</summary>
    public static ushort ReadUInt16LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<ushort>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteUInt16LittleEndian(Span<byte> destination, ushort value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt16LittleEndian(ReadOnlySpan<byte> source, out ushort value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static ushort ReadUInt16BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<ushort>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteUInt16BigEndian(Span<byte> destination, ushort value)
        => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt16BigEndian(ReadOnlySpan<byte> source, out ushort value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }

    /// <summary>The bytes in the opposite order.</summary>
    public static int ReverseEndianness(int value) => (int)ReverseEndianness((uint)value);

    /// <summary>Reads, lowest byte first.</summary>
    public static int ReadInt32LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<int>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteInt32LittleEndian(Span<byte> destination, int value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt32LittleEndian(ReadOnlySpan<byte> source, out int value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static int ReadInt32BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<int>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteInt32BigEndian(Span<byte> destination, int value) => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt32BigEndian(ReadOnlySpan<byte> source, out int value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }

    /// <summary>The bytes in the opposite order.</summary>
    public static uint ReverseEndianness(uint value)
        => (value >> 24) | ((value >> 8) & 0xFF00) | ((value << 8) & 0xFF_0000) | (value << 24);

    /// <summary>Reads, lowest byte first.</summary>
    public static uint ReadUInt32LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<uint>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteUInt32LittleEndian(Span<byte> destination, uint value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt32LittleEndian(ReadOnlySpan<byte> source, out uint value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static uint ReadUInt32BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<uint>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteUInt32BigEndian(Span<byte> destination, uint value)
        => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt32BigEndian(ReadOnlySpan<byte> source, out uint value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }

    /// <summary>The bytes in the opposite order.</summary>
    public static long ReverseEndianness(long value) => (long)ReverseEndianness((ulong)value);

    /// <summary>Reads, lowest byte first.</summary>
    public static long ReadInt64LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<long>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteInt64LittleEndian(Span<byte> destination, long value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt64LittleEndian(ReadOnlySpan<byte> source, out long value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static long ReadInt64BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<long>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteInt64BigEndian(Span<byte> destination, long value)
        => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadInt64BigEndian(ReadOnlySpan<byte> source, out long value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }

    /// <summary>The bytes in the opposite order.</summary>
    public static ulong ReverseEndianness(ulong value)
        => ((ulong)ReverseEndianness((uint)value) << 32) | ReverseEndianness((uint)(value >> 32));

    /// <summary>Reads, lowest byte first.</summary>
    public static ulong ReadUInt64LittleEndian(ReadOnlySpan<byte> source) => MemoryMarshal.Read<ulong>(source);

    /// <summary>Writes, lowest byte first.</summary>
    public static void WriteUInt64LittleEndian(Span<byte> destination, ulong value) => MemoryMarshal.Write(destination, value);

    /// <summary>Reads, lowest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt64LittleEndian(ReadOnlySpan<byte> source, out ulong value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        return complete;
    }

    /// <summary>Reads, highest byte first.</summary>
    public static ulong ReadUInt64BigEndian(ReadOnlySpan<byte> source) => ReverseEndianness(MemoryMarshal.Read<ulong>(source));

    /// <summary>Writes, highest byte first.</summary>
    public static void WriteUInt64BigEndian(Span<byte> destination, ulong value)
        => MemoryMarshal.Write(destination, ReverseEndianness(value));

    /// <summary>Reads, highest byte first, if there are bytes enough.</summary>
    public static bool TryReadUInt64BigEndian(ReadOnlySpan<byte> source, out ulong value)
    {
        bool complete = MemoryMarshal.TryRead(source, out value);
        value = ReverseEndianness(value);
        return complete;
    }
}
