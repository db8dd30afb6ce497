// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Testing;

/// <summary>The checksum of records: CRC-32 as in Ethernet and ZIP (reflected, polynomial 0xEDB88320).</summary>
public static class Crc32
{
    /// <summary>What a checksum starts with.</summary>
    public const uint Seed = uint.MaxValue;

    private const uint Polynomial = 0xEDB88320;

    /// <summary>Adds bytes to a running checksum; the checksum itself is the complement of the last result.</summary>
    public static uint Add(uint running, ReadOnlySpan<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++) running = AddByte(running, bytes[index]);
        return running;
    }

    /// <summary>Adds a word, lowest byte first.</summary>
    public static uint Add(uint running, ulong word)
    {
        for (int shift = 0; shift < 64; shift += 8) running = AddByte(running, (byte)(word >> shift));
        return running;
    }

    private static uint AddByte(uint running, byte value)
    {
        running ^= value;
        for (int bit = 0; bit < 8; bit++) running = (running >> 1) ^ ((running & 1) != 0 ? Polynomial : 0);
        return running;
    }
}
