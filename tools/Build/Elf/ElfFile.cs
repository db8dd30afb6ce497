// SPDX-License-Identifier: BSD-2-Clause
using System.Buffers.Binary;
using System.Text;

namespace Sel4.Tools.Build.Elf;

/// <summary>A section of an object or program file.</summary>
public sealed record ElfSection(int Index, string Name, uint Type, ulong Flags, ulong Address, ulong Offset, ulong Size, uint Link)
{
    private const uint NoBits = 8;
    private const ulong Allocated = 2;

    /// <summary>False for .bss and the like, which have a size but no content.</summary>
    public bool HasContent => Type != NoBits;

    /// <summary>True when the section is loaded into memory.</summary>
    public bool IsLoaded => (Flags & Allocated) != 0;
}

/// <summary>A symbol. <paramref name="Section"/> is 0 when it is defined elsewhere.</summary>
public sealed record ElfSymbol(string Name, ulong Value, ulong Size, int Section, bool IsFunction, bool IsGlobal)
{
    public bool IsUndefined => Section == 0 && Name.Length > 0;
}

/// <summary>Reads sections and symbols of an ELF64 little-endian file.</summary>
/// <remarks>Source: System V ABI, chapters 4 and 5. Errors: BuildException when the file is something else or cut short.</remarks>
public sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int SymbolSize = 24;
    private const uint SymbolTable = 2;
    private const int FunctionType = 2;
    private readonly byte[] _bytes;

    // The magic, then class 2 (64 bits) and encoding 1 (little-endian).
    private static ReadOnlySpan<byte> Start => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1];

    public ElfFile(byte[] bytes)
    {
        _bytes = bytes;
        bool isElf64 = bytes.Length >= HeaderSize && bytes.AsSpan(0, 6).SequenceEqual(Start);
        if (!isElf64) throw new BuildException("not an ELF64 little-endian file");
        try
        {
            Sections = ReadSections();
            Symbols = ReadSymbols();
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new BuildException("the ELF file is cut short");
        }
    }

    public IReadOnlyList<ElfSection> Sections { get; }

    public IReadOnlyList<ElfSymbol> Symbols { get; }

    public static ElfFile Open(string path) => new(File.ReadAllBytes(path));

    public ReadOnlySpan<byte> ContentOf(ElfSection section) =>
        section.HasContent ? _bytes.AsSpan((int)section.Offset, (int)section.Size) : [];

    private ElfSection[] ReadSections()
    {
        ulong table = Word64(0x28);
        int count = Word16(0x3C);
        int names = Word16(0x3E);
        ElfSection[] raw = [.. Enumerable.Range(0, count).Select(index => ReadSection((int)table + (index * SectionHeaderSize), index))];
        if (count == 0) return raw;
        int nameTable = (int)raw[names].Offset;
        return [.. raw.Select(section => section with { Name = TextAt(nameTable + int.Parse(section.Name)) })];
    }

    // The name is the offset in the name table until that table is known.
    private ElfSection ReadSection(int at, int index) => new(
        index, Word32(at).ToString(), Word32(at + 4), Word64(at + 8), Word64(at + 16), Word64(at + 24), Word64(at + 32),
        Word32(at + 40));

    private ElfSymbol[] ReadSymbols()
    {
        ElfSection? table = Sections.FirstOrDefault(section => section.Type == SymbolTable);
        if (table is null) return [];
        int names = (int)Sections[(int)table.Link].Offset;
        return
        [
            .. Enumerable.Range(0, (int)(table.Size / SymbolSize)).Select(index =>
            {
                int at = (int)table.Offset + (index * SymbolSize);
                byte info = _bytes[at + 4];
                return new ElfSymbol(
                    TextAt(names + (int)Word32(at)), Word64(at + 8), Word64(at + 16), Word16(at + 6),
                    (info & 15) == FunctionType, info >> 4 != 0);
            })
        ];
    }

    private string TextAt(int offset)
    {
        int length = _bytes.AsSpan(offset).IndexOf((byte)0);
        return Encoding.UTF8.GetString(_bytes, offset, Math.Max(0, length));
    }

    private int Word16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at, 2));

    private uint Word32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at, 4));

    private ulong Word64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_bytes.AsSpan(at, 8));
}
