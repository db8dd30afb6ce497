// SPDX-License-Identifier: BSD-2-Clause

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
public sealed unsafe class ElfImage
{
    private const int MaxSegments = 16;
    private const ulong UserTop = 0x7fff_ffff_f000;
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const uint TypeLoad = 1;
    private const uint TypeInterpreter = 3;

    private readonly ElfSegment[] _segments = new ElfSegment[MaxSegments];
    private byte* _file;
    private ulong _length;

    /// <summary>Number of loadable segments that occupy memory, in ascending order of address.</summary>
    public int SegmentCount { get; private set; }

    public ulong EntryPoint { get; private set; }

    /// <summary>Address of the program headers inside the loaded image; zero when no segment contains them (RT:E6).</summary>
    public ulong ProgramHeaderAddress { get; private set; }

    public int ProgramHeaderCount { get; private set; }

    public static int ProgramHeaderSize => ProgramHeaderBytes;

    public ref readonly ElfSegment Segment(int index) => ref _segments[index];

    /// <summary>Bytes of the file at an offset that a segment has been checked to contain.</summary>
    public byte* BytesAt(ulong fileOffset) => _file + fileOffset;

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
    public string? Parse(byte* file, ulong length)
    {
        _file = file;
        _length = length;
        SegmentCount = 0;
        string? problem = CheckHeader(out ulong tableOffset, out int headerCount);
        if (problem != null) return problem;
        ProgramHeaderCount = headerCount;
        ProgramHeaderAddress = 0;
        for (int index = 0; index < headerCount; index++)
        {
            problem = AddHeader(tableOffset + ((ulong)index * ProgramHeaderBytes), tableOffset);
            if (problem != null) return problem;
        }

        if (SegmentCount == 0) return "the program has nothing to load";
        return CheckLayout();
    }

    private string? CheckHeader(out ulong tableOffset, out int headerCount)
    {
        tableOffset = 0;
        headerCount = 0;
        if (_length < HeaderBytes) return "the file is shorter than an ELF header";
        if (*(uint*)_file != 0x464c_457f) return "the file does not begin with the ELF magic number";
        if (_file[4] != 2 || _file[5] != 1) return "the program is not 64-bit little-endian";
        if (*(ushort*)(_file + 18) != 62) return "the program is not for x86_64";
        if (*(ushort*)(_file + 16) != 2) return "the program is not a static executable at fixed addresses (ET_EXEC)";
        if (*(ushort*)(_file + 54) != ProgramHeaderBytes) return "the program headers do not have 56 bytes";
        EntryPoint = *(ulong*)(_file + 24);
        tableOffset = *(ulong*)(_file + 32);
        headerCount = *(ushort*)(_file + 56);
        ulong tableBytes = (ulong)headerCount * ProgramHeaderBytes;
        if (tableOffset > _length || _length - tableOffset < tableBytes) return "the program headers reach beyond the file";
        return null;
    }

    private string? AddHeader(ulong offset, ulong tableOffset)
    {
        byte* header = _file + offset;
        uint type = *(uint*)header;
        if (type == TypeInterpreter) return "the program wants a dynamic linker; only static programs can be loaded";
        if (type != TypeLoad) return null;
        ElfSegment segment;
        uint flags = *(uint*)(header + 4);
        segment.FileOffset = *(ulong*)(header + 8);
        segment.Address = *(ulong*)(header + 16);
        segment.FileBytes = *(ulong*)(header + 32);
        segment.MemoryBytes = *(ulong*)(header + 40);
        segment.IsWritable = (flags & 2) != 0;
        segment.IsExecutable = (flags & 1) != 0;
        if (segment.MemoryBytes == 0) return null;
        if (segment.FileBytes > segment.MemoryBytes) return "a segment has more bytes in the file than in memory";
        if (segment.FileOffset > _length || _length - segment.FileOffset < segment.FileBytes) return "a segment reaches beyond the file";
        if (segment.Address >= UserTop || UserTop - segment.Address < segment.MemoryBytes) return "a segment lies outside user memory";
        if (SegmentCount == MaxSegments) return "the program has more than 16 segments to load";
        if (tableOffset >= segment.FileOffset && tableOffset - segment.FileOffset < segment.FileBytes)
            ProgramHeaderAddress = segment.Address + (tableOffset - segment.FileOffset);
        InsertSorted(in segment);
        return null;
    }

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
