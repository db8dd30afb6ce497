// SPDX-License-Identifier: BSD-2-Clause

using System.Buffers.Binary;
using Sel4.RootServer;

namespace Sel4.Tests.RootServer;

public sealed class ElfImageTests
{
    private sealed record Header(uint Type, uint Flags, ulong Offset, ulong Address, ulong FileBytes, ulong MemoryBytes);

    private static readonly Header s_text = new(1, 5, 0x1000, 0x40_0000, 0x200, 0x200);
    private static readonly Header s_data = new(1, 6, 0x1200, 0x40_2000, 0x100, 0x2100);

    private static byte[] Make(ulong entry, params Header[] headers)
    {
        byte[] file = new byte[0x1400];
        Span<byte> bytes = file;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, 0x464c457f);
        file[4] = 2;
        file[5] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], 62);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], entry);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[56..], (ushort)headers.Length);
        for (int index = 0; index < headers.Length; index++)
        {
            Span<byte> header = bytes[(64 + (56 * index))..];
            BinaryPrimitives.WriteUInt32LittleEndian(header, headers[index].Type);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], headers[index].Flags);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], headers[index].Offset);
            BinaryPrimitives.WriteUInt64LittleEndian(header[16..], headers[index].Address);
            BinaryPrimitives.WriteUInt64LittleEndian(header[32..], headers[index].FileBytes);
            BinaryPrimitives.WriteUInt64LittleEndian(header[40..], headers[index].MemoryBytes);
        }

        return file;
    }

    private static string? Parse(byte[] file, out ElfImage image)
    {
        image = new ElfImage();
        return image.Parse(file);
    }

    [Fact]
    [Rule("RT:E1")]
    public void A_sound_program_is_accepted_and_its_segments_come_in_order()
    {
        Assert.Null(Parse(Make(0x40_0010, s_data, s_text), out ElfImage image));
        Assert.Equal(2, image.SegmentCount);
        Assert.Equal(0x40_0000ul, image.Segment(0).Address);
        Assert.True(image.Segment(1).IsWritable);
        Assert.Equal(0x40_0010ul, image.EntryPoint);
        Assert.Equal(1 + 3, image.PageCount);
        Assert.Equal(0ul, image.ProgramHeaderAddress);
    }

    [Fact]
    [Rule("RT:E6")]
    public void Program_headers_inside_a_segment_have_an_address()
    {
        Assert.Null(Parse(Make(0x40_0010, new Header(1, 5, 0, 0x40_0000, 0x1200, 0x1200)), out ElfImage image));
        Assert.Equal(0x40_0040ul, image.ProgramHeaderAddress);
    }

    public static TheoryData<string, byte[]> Unsound => new()
    {
        { "magic", Changed(0, 0) },
        { "64-bit", Changed(4, 1) },
        { "little-endian", Changed(5, 2) },
        { "x86_64", Changed(18, 3) },
        { "ET_EXEC", Changed(16, 3) },
        { "56 bytes", Changed(54, 32) },
        { "program headers reach beyond", Changed(33, 0xff) },
        { "nothing to load", Make(0x40_0010) },
        { "nothing to load", Make(0x40_0010, s_text with { MemoryBytes = 0, FileBytes = 0 }) },
        { "dynamic linker", Make(0x40_0010, s_text, new Header(3, 4, 0, 0, 0, 0)) },
        { "more bytes in the file", Make(0x40_0010, s_text with { FileBytes = 0x201 }) },
        { "beyond the file", Make(0x40_0010, s_text with { Offset = 0x1400 }) },
        { "beyond the file", Make(0x40_0010, s_text with { Offset = ulong.MaxValue }) },
        { "outside user memory", Make(0x40_0010, s_text with { Address = 0x7fff_ffff_f000 }) },
        { "outside user memory", Make(0x40_0010, s_text with { Address = 0xffff_ffff_ffff_f000 }) },
        { "outside user memory", Make(0x40_0010, s_text with { MemoryBytes = ulong.MaxValue }) },
        { "writable and executable", Make(0x40_0010, s_text with { Flags = 7 }) },
        { "share a page", Make(0x40_0010, s_text, s_data with { Address = 0x40_0800 }) },
        { "entry point", Make(0x40_2000, s_text, s_data) },
        { "entry point", Make(0, s_text, s_data) },
        { "more than 16 segments", Make(0x40_0010, ManySegments(17)) },
        { "shorter than an ELF header", new byte[63] },
    };

    private static Header[] ManySegments(int count) =>
        [.. Enumerable.Range(0x400, count).Select(page => s_text with { Address = (ulong)page << 12 })];

    private static byte[] Changed(int offset, byte value)
    {
        byte[] file = Make(0x40_0010, s_text, s_data);
        file[offset] = value;
        return file;
    }

    [Theory]
    [MemberData(nameof(Unsound))]
    [Rule("RT:E1", "RT:E2", "RT:E6")]
    public void An_unsound_program_is_refused_with_its_reason(string reason, byte[] file) => Assert.Contains(reason, Parse(file, out _));

    [Fact]
    [Rule("RT:E1")]
    public void Random_damage_is_refused_or_stays_inside_the_file()
    {
        Random random = new(11);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = Make(0x40_0010, s_text, s_data);
            for (int change = random.Next(1, 4); change > 0; change--) file[random.Next(64 + 112)] = (byte)random.Next(256);
            if (Parse(file, out ElfImage image) != null) continue;
            for (int index = 0; index < image.SegmentCount; index++)
            {
                ref readonly ElfSegment segment = ref image.Segment(index);
                Assert.True(segment.FileOffset + segment.FileBytes <= (ulong)file.Length);
                Assert.True(segment.FileBytes <= segment.MemoryBytes);
                Assert.True(segment.EndPage <= 0x7fff_ffff_f000);
            }
        }
    }
}
