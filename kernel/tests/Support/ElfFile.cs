// SPDX-License-Identifier: BSD-2-Clause

using System.Buffers.Binary;

namespace Kernel.Tests.Support;

/// <summary>An ELF64 file for the boot code to load, right or wrong in whatever way a test wants.</summary>
public sealed class ElfFile
{
    public const uint Load = 1;
    private const int HeaderBytes = 64;
    private const int SegmentHeaderBytes = 56;

    private readonly List<(uint Type, ulong Address, byte[] Bytes, ulong MemoryBytes)> _segments = [];

    public ulong Entry { get; set; }

    /// <summary>EI_CLASS: 2 for 64 bits.</summary>
    public byte Class { get; set; } = 2;

    public ushort SegmentHeaderSize { get; set; } = SegmentHeaderBytes;

    /// <summary>Adds a segment; with more memory than bytes, the rest is to be zero.</summary>
    public ElfFile Segment(ulong address, byte[] bytes, ulong? memoryBytes = null, uint type = Load)
    {
        _segments.Add((type, address, bytes, memoryBytes ?? (ulong)bytes.Length));
        return this;
    }

    /// <summary>A root task of that many pages at 4 MiB, each page filled with its number plus one.</summary>
    public static ElfFile OfPages(int pages, ulong address = 0x40_0000)
    {
        byte[] bytes = new byte[pages * 4096];
        for (int index = 0; index < bytes.Length; index++) bytes[index] = (byte)((index >> 12) + 1);
        return new ElfFile { Entry = address + 0x10 }.Segment(address, bytes);
    }

    public byte[] Build()
    {
        int offset = HeaderBytes + (_segments.Count * SegmentHeaderBytes);
        byte[] file = new byte[offset + _segments.Sum(segment => segment.Bytes.Length)];
        Span<byte> header = file;
        "\u007fELF"u8.CopyTo(header);
        header[4] = Class;
        header[5] = 1;
        header[6] = 1;
        Write(header, 16, (ushort)2);
        Write(header, 18, (ushort)0x3e);
        Write(header, 24, Entry);
        Write(header, 32, (ulong)HeaderBytes);
        Write(header, 54, SegmentHeaderSize);
        Write(header, 56, (ushort)_segments.Count);
        int position = HeaderBytes;
        foreach ((uint type, ulong address, byte[] bytes, ulong memoryBytes) in _segments)
        {
            Span<byte> segment = header[position..];
            BinaryPrimitives.WriteUInt32LittleEndian(segment, type);
            Write(segment, 8, (ulong)offset);
            Write(segment, 16, address);
            Write(segment, 32, (ulong)bytes.Length);
            Write(segment, 40, memoryBytes);
            bytes.CopyTo(file, offset);
            offset += bytes.Length;
            position += SegmentHeaderBytes;
        }
        return file;
    }

    private static void Write(Span<byte> target, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(target[offset..], value);

    private static void Write(Span<byte> target, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(target[offset..], value);
}
