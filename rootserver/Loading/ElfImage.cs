// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Buffers.Binary;

namespace Sel4.RootServer;

/// <summary>One loadable segment of a program.</summary>
public struct ElfSegment
{
    public ulong FileOffset;
    public ulong FileBytes;

    /// <summary>Virtual address, not necessarily page aligned.</summary>
    public ulong Address;
    public ulong MemoryBytes;
    public bool IsWritable;
    public bool IsExecutable;

    /// <summary>Address of the first page.</summary>
    public readonly ulong FirstPage => Address & ~4095ul;

    /// <summary>Address after the last page.</summary>
    public readonly ulong EndPage => (Address + MemoryBytes + 4095) & ~4095ul;
}

/// <summary>A checked view of an ELF64 executable for x86_64 (RT:E1, RT:E2).</summary>
/// <remarks>
/// Everything is checked against the length of the file before anything is loaded; the object is reused for each program, so
/// that loading allocates nothing.
/// </remarks>
public sealed class ElfImage
{
    private const int MaxSegments = 16;
    private const ulong UserTop = 0x7fff_ffff_f000;
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const uint TypeLoad = 1;
    private const uint TypeInterpreter = 3;

    private readonly ElfSegment[] _segments = new ElfSegment[MaxSegments];

    /// <summary>Number of loadable segments that occupy memory, in ascending order of address.</summary>
    public int SegmentCount { get; private set; }

    public ulong EntryPoint { get; private set; }

    /// <summary>Address of the program headers inside the loaded image; zero when no segment contains them (RT:E6).</summary>
    public ulong ProgramHeaderAddress { get; private set; }

    public int ProgramHeaderCount { get; private set; }

    public static int ProgramHeaderSize => ProgramHeaderBytes;

    public ref readonly ElfSegment Segment(int index) => ref _segments[index];

    /// <summary>Number of pages that the segments cover together.</summary>
    public int PageCount
    {
        get
        {
            ulong pages = 0;
            for (int index = 0; index < SegmentCount; index++) pages += (_segments[index].EndPage - _segments[index].FirstPage) >> 12;
            return (int)pages;
        }
    }

    /// <summary>Reads and checks a program; null when all is well, else what is wrong with it.</summary>
    public string? Parse(ReadOnlySpan<byte> file)
    {
        SegmentCount = 0;
        string? problem = CheckHeader(file, out ulong tableOffset, out int headerCount);
        if (problem != null) return problem;
        ProgramHeaderCount = headerCount;
        ProgramHeaderAddress = 0;
        for (int index = 0; index < headerCount; index++)
        {
            problem = AddHeader(file, tableOffset + ((ulong)index * ProgramHeaderBytes), tableOffset);
            if (problem != null) return problem;
        }

        if (SegmentCount == 0) return "the program has nothing to load";
        return CheckLayout();
    }

    private string? CheckHeader(ReadOnlySpan<byte> file, out ulong tableOffset, out int headerCount)
    {
        tableOffset = 0;
        headerCount = 0;
        if (file.Length < HeaderBytes) return "the file is shorter than an ELF header";
        if (BinaryPrimitives.ReadUInt32LittleEndian(file) != 0x464c_457f) return "the file does not begin with the ELF magic number";
        if (file[4] != 2 || file[5] != 1) return "the program is not 64-bit little-endian";
        if (BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(18)) != 62) return "the program is not for x86_64";
        if (BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(16)) != 2)
            return "the program is not a static executable at fixed addresses (ET_EXEC)";
        if (BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(54)) != ProgramHeaderBytes)
            return "the program headers do not have 56 bytes";
        EntryPoint = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(24));
        tableOffset = BinaryPrimitives.ReadUInt64LittleEndian(file.Slice(32));
        headerCount = BinaryPrimitives.ReadUInt16LittleEndian(file.Slice(56));
        ulong tableBytes = (ulong)headerCount * ProgramHeaderBytes;
        return IsInside(file, tableOffset, tableBytes) ? null : "the program headers reach beyond the file";
    }

    private string? AddHeader(ReadOnlySpan<byte> file, ulong offset, ulong tableOffset)
    {
        ReadOnlySpan<byte> header = file.Slice((int)offset, ProgramHeaderBytes);
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (type == TypeInterpreter) return "the program wants a dynamic linker; only static programs can be loaded";
        if (type != TypeLoad) return null;
        ElfSegment segment;
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4));
        segment.FileOffset = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(8));
        segment.Address = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(16));
        segment.FileBytes = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(32));
        segment.MemoryBytes = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(40));
        segment.IsWritable = (flags & 2) != 0;
        segment.IsExecutable = (flags & 1) != 0;
        if (segment.MemoryBytes == 0) return null;
        if (segment.FileBytes > segment.MemoryBytes) return "a segment has more bytes in the file than in memory";
        if (!IsInside(file, segment.FileOffset, segment.FileBytes)) return "a segment reaches beyond the file";
        if (segment.Address >= UserTop || UserTop - segment.Address < segment.MemoryBytes) return "a segment lies outside user memory";
        if (SegmentCount == MaxSegments) return "the program has more than 16 segments to load";
        if (tableOffset >= segment.FileOffset && tableOffset - segment.FileOffset < segment.FileBytes)
            ProgramHeaderAddress = segment.Address + (tableOffset - segment.FileOffset);
        InsertSorted(in segment);
        return null;
    }

    private static bool IsInside(ReadOnlySpan<byte> file, ulong offset, ulong bytes) =>
        offset <= (ulong)file.Length && (ulong)file.Length - offset >= bytes;

    private void InsertSorted(in ElfSegment segment)
    {
        int position = SegmentCount++;
        while (position > 0 && _segments[position - 1].Address > segment.Address)
        {
            _segments[position] = _segments[position - 1];
            position--;
        }

        _segments[position] = segment;
    }

    private string? CheckLayout()
    {
        bool isEntryInside = false;
        for (int index = 0; index < SegmentCount; index++)
        {
            ref ElfSegment segment = ref _segments[index];
            if (segment.IsWritable && segment.IsExecutable) return "a segment is both writable and executable";
            if (index > 0 && segment.FirstPage < _segments[index - 1].EndPage) return "two segments share a page";
            isEntryInside |= segment.IsExecutable && EntryPoint >= segment.Address && EntryPoint - segment.Address < segment.MemoryBytes;
        }

        return isEntryInside ? null : "the entry point lies in no executable segment";
    }
}
