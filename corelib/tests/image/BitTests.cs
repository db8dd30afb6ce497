// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;

/// <summary>Bit operations, byte order, indivisible operations, Unsafe.</summary>
internal static class BitTests
{
    private static int s_word;
    private static long s_long;

    internal static void Run()
    {
        Counting();
        Bytes();
        Indivisible();
    }

    private static void Counting()
    {
        bool scans = BitOperations.TrailingZeroCount(0u) == 32 && BitOperations.TrailingZeroCount(0ul) == 64
            && BitOperations.LeadingZeroCount(0u) == 32 && BitOperations.LeadingZeroCount(0ul) == 64 && BitOperations.Log2(0u) == 0;
        Check.That("bit scans of zero", scans);
        bool each = true;
        for (int bit = 0; bit < 64; bit++)
        {
            ulong word = 1ul << bit;
            each &= BitOperations.TrailingZeroCount(word) == bit && BitOperations.LeadingZeroCount(word) == 63 - bit;
            each &= BitOperations.Log2(word | (word >> 1)) == bit && BitOperations.PopCount(word - 1) == bit;
            if (bit >= 32) continue;
            uint half = (uint)word;
            each &= BitOperations.TrailingZeroCount(half) == bit && BitOperations.LeadingZeroCount(half) == 31 - bit;
            each &= BitOperations.Log2(half) == bit && BitOperations.PopCount(half - 1) == bit;
        }
        Check.That("scans and counts at every bit", each && BitOperations.PopCount(ulong.MaxValue) == 64);
        Check.That("turning", BitOperations.RotateLeft(0x80000001u, 1) == 3 && BitOperations.RotateRight(1ul, 4) == 1ul << 60);
        Check.That("powers of two", BitOperations.IsPow2(64) && !BitOperations.IsPow2(0u) && !BitOperations.IsPow2(-8)
            && BitOperations.RoundUpToPowerOf2(17u) == 32
            && BitOperations.RoundUpToPowerOf2(1ul) == 1 && BitOperations.RoundUpToPowerOf2((1ul << 40) + 1) == 1ul << 41);
    }

    private static void Bytes()
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x11223344);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], 0x5566);
        Check.That("writing in either order", bytes[0] == 0x44 && bytes[3] == 0x11 && bytes[4] == 0x55);
        Check.That("reading in either order", BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0x44332211
            && BinaryPrimitives.ReadInt16LittleEndian(bytes[4..]) == 0x6655);
        Check.That("turning around", BinaryPrimitives.ReverseEndianness(0x0102030405060708ul) == 0x0807060504030201
            && BinaryPrimitives.ReverseEndianness((short)0x0102) == 0x0201);
        Check.That("too short", !BinaryPrimitives.TryReadUInt64LittleEndian(bytes[1..], out _)
            && BinaryPrimitives.TryReadInt64BigEndian(bytes, out long read) && read == 0x4433221155660000);
        Check.That("as bytes", BitConverter.GetBytes(0x0102)[0] == 2 && BitConverter.ToInt32(new byte[] { 9, 1, 0, 0, 0 }, 1) == 1);
    }

    private static void Indivisible()
    {
        Check.Equal("increment and add", Interlocked.Increment(ref s_word) + Interlocked.Add(ref s_word, 5)
            + Interlocked.Decrement(ref s_word), 12);
        Check.That("exchange", Interlocked.Exchange(ref s_word, 9) == 5 && s_word == 9);
        Check.That("compare and exchange", Interlocked.CompareExchange(ref s_word, 1, 8) == 9
            && Interlocked.CompareExchange(ref s_word, 1, 9) == 9 && s_word == 1);
        Check.That("and, or", Interlocked.Or(ref s_long, 6) == 0 && Interlocked.And(ref s_long, 3) == 6 && s_long == 2);
        Volatile.Write(ref s_word, 77);
        Check.Equal("volatile", Volatile.Read(ref s_word), 77);
        uint bits = Unsafe.BitCast<float, uint>(1f);
        int[] array = [1, 2, 3];
        Check.That("Unsafe", bits == 0x3F800000 && Unsafe.Add(ref array[0], 2) == 3
            && Unsafe.AreSame(ref array[1], ref Unsafe.Add(ref array[0], 1)));
    }
}
