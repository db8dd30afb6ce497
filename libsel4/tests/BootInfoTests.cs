// SPDX-License-Identifier: BSD-2-Clause
using System.Buffers.Binary;
using Sel4.Abi;

namespace Sel4.Tests.Client;

/// <summary>Reading and checking BootInfo.</summary>
public sealed class BootInfoTests
{
    [Fact]
    [Rule("BOOT-6", "RT:B2", "RT:B4")]
    public void Fields_are_read_from_their_offsets()
    {
        BootInfo info = new(Sample());
        Assert.Null(BootInfoCheck.FindDefect(info));
        Assert.Equal((1UL, 0UL, ulong.MaxValue), (info.NodeCount, info.NodeId, info.IoPageTableLevels));
        Assert.Equal(0x7dc000UL, info.IpcBufferAddress);
        Assert.Equal(12, info.CNodeRadix);
        Assert.Equal((134UL, 4096UL), (info.Empty.Start, info.Empty.End));
        Assert.Equal((20UL, 40UL), (info.UserImageFrames.Start, info.UserImageFrames.End));
        Assert.Equal((16UL, 19UL), (info.UserImagePaging.Start, info.UserImagePaging.End));
        Assert.Equal((19UL, 20UL), (info.ExtraPages.Start, info.ExtraPages.End));
        Assert.Equal(3, info.UntypedCount);
        UntypedDescriptor last = info.Untyped(2);
        Assert.Equal((42UL, 0x100000UL, 20, false), (last.Slot, last.PhysicalAddress, last.SizeBits, last.IsDevice));
        Assert.True(info.Untyped(0).IsDevice);
    }

    [Fact]
    [Rule("BOOT-7", "RT:B1")]
    public void Chunks_are_found_by_their_lengths_and_unknown_ones_are_skipped()
    {
        BootInfo info = new(Sample());
        List<(BootInfoChunk, int)> seen = [];
        foreach (BootInfoChunkView chunk in info.Chunks)
        {
            seen.Add((chunk.Kind, chunk.Bytes.Length));
        }

        Assert.Equal([(BootInfoChunk.X86AcpiRsdp, 52), ((BootInfoChunk)99, 17), (BootInfoChunk.X86TscFrequency, 20)], seen);
        Assert.Equal(2893U, info.TscMegahertz);
        Assert.True(info.Chunk(BootInfoChunk.X86Vbe).IsEmpty);
    }

    [Fact]
    [Rule("RT:B1")]
    public void A_kernel_that_does_not_tell_the_frequency_gives_zero()
    {
        byte[] bytes = Sample();
        Put(bytes, BootInfoLayout.ExtraLength, 52);
        Assert.Equal(0U, new BootInfo(bytes).TscMegahertz);
    }

    [Theory]
    [InlineData(BootInfoLayout.CNodeSizeBits, 0, "radix of 0")]
    [InlineData(BootInfoLayout.CNodeSizeBits, 60, "radix of 60")]
    [InlineData(BootInfoLayout.IpcBuffer, 0, "IPC buffer")]
    [InlineData(BootInfoLayout.IpcBuffer, 0x7dc100, "IPC buffer")]
    [InlineData(BootInfoLayout.Empty, 5000, "empty, 5000 to 4096, is not inside")]
    [InlineData(BootInfoLayout.Empty + 8, 4097, "empty, 134 to 4097, is not inside")]
    [InlineData(BootInfoLayout.Empty, 30, "userImageFrames overlap")]
    [InlineData(BootInfoLayout.UserImagePaging, 15, "where fixed capabilities are")]
    [InlineData(BootInfoLayout.Untyped, 39, "overlap")]
    [InlineData(BootInfoLayout.UntypedList + 8, 3, "untyped 0 cannot have a size of 2^3")]
    [InlineData(BootInfoLayout.UntypedList + 24, 48, "untyped 1 cannot have a size of 2^48")]
    [InlineData(BootInfoLayout.UntypedList + 32, 0x180000, "untyped 2 at 1572864 is not aligned")]
    [InlineData(BootInfoLayout.ExtraLength, 5000, "should have 5000 bytes")]
    [InlineData(BootInfoLayout.ExtraLength, 60, "extra chunk 1 has a length that does not fit")]
    [InlineData(BootInfoLayout.ExtraOffset + 8, 15, "extra chunk 0 has a length")]
    [InlineData(BootInfoLayout.ExtraOffset + 8, 90, "extra chunk 0 has a length")]
    [Rule("RT:B1")]
    public void A_defect_is_named(int offset, ulong value, string sentence)
    {
        byte[] bytes = Sample();
        Put(bytes, offset, value);
        Assert.Contains(sentence, BootInfoCheck.FindDefect(new BootInfo(bytes)));
    }

    [Fact]
    [Rule("RT:B1")]
    public void More_untyped_capabilities_than_places_are_a_defect()
    {
        byte[] bytes = Sample();
        Put(bytes, BootInfoLayout.Empty, 1000);
        Put(bytes, BootInfoLayout.Untyped + 8, 40 + 231);
        Assert.Contains("231 untyped capabilities", BootInfoCheck.FindDefect(new BootInfo(bytes)));
        Assert.Equal(230, new BootInfo(bytes).UntypedCount);
    }

    [Fact]
    [Rule("BOOT-8.2")]
    public void Huge_device_memory_may_be_less_aligned_than_it_is_large()
    {
        byte[] bytes = Sample();
        Put(bytes, BootInfoLayout.UntypedList, 0x80_0000_0000);
        bytes[BootInfoLayout.UntypedList + 8] = 46;
        Assert.Null(BootInfoCheck.FindDefect(new BootInfo(bytes)));
    }

    [Fact]
    [Rule("RT:B1")]
    public void Random_bytes_are_always_answered_and_never_read_beyond()
    {
        Random random = new(7);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = round % 2 == 0 ? Sample() : new byte[random.Next(0, 4300)];
            for (int change = 0; change < 1 + (round % 7); change++)
            {
                if (bytes.Length > 0)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }
            }

            string? defect = BootInfoCheck.FindDefect(new BootInfo(bytes));
            if (defect == null)
            {
                BootInfo info = new(bytes);
                _ = info.TscMegahertz;
                for (int i = 0; i < info.UntypedCount; i++)
                {
                    _ = info.Untyped(i);
                }
            }
        }
    }

    [Fact]
    [Rule("RT:B3")]
    public void A_cut_list_shows_in_the_sums()
    {
        BootInfo info = new(Sample());
        Assert.False(BootMemory.IsListFull(info));
        Assert.Equal(1ul << 20, BootMemory.RamOfList(info));
        Assert.Equal(0ul, BootMemory.RamOfMap(info));

        byte[] bytes = new byte[BootInfoLayout.ExtraOffset + 16 + 4 + (3 * 24) + 5];
        Sample().AsSpan(0, BootInfoLayout.ExtraOffset).CopyTo(bytes);
        Put(bytes, BootInfoLayout.ExtraLength, (ulong)(bytes.Length - BootInfoLayout.ExtraOffset));
        Region(bytes, BootInfoLayout.Untyped, 40, 40ul + AbiConstants.MaxBootUntypeds);
        Chunk(bytes, 0, BootInfoChunk.X86MemoryMap, (uint)(bytes.Length - BootInfoLayout.ExtraOffset));
        (ulong Length, uint Type)[] map = [(0x9fc00, 1), (0x400, 2), (0x1ff0_0000, 1)];
        for (int entry = 0; entry < map.Length; entry++)
        {
            Span<byte> place = bytes.AsSpan(BootInfoLayout.ExtraOffset + 20 + (24 * entry));
            BinaryPrimitives.WriteUInt64LittleEndian(place[12..], map[entry].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(place[20..], map[entry].Type);
        }

        info = new BootInfo(bytes);
        Assert.True(BootMemory.IsListFull(info));
        Assert.Equal(0x1ff0_0000ul + 0x9fc00, BootMemory.RamOfMap(info));
    }

    private static byte[] Sample()
    {
        byte[] bytes = new byte[BootInfoLayout.ExtraOffset + 89];
        Put(bytes, BootInfoLayout.ExtraLength, 89);
        Put(bytes, BootInfoLayout.NodeCount, 1);
        Put(bytes, BootInfoLayout.IoPageTableLevels, ulong.MaxValue);
        Put(bytes, BootInfoLayout.IpcBuffer, 0x7dc000);
        Region(bytes, BootInfoLayout.Empty, 134, 4096);
        Region(bytes, BootInfoLayout.UserImageFrames, 20, 40);
        Region(bytes, BootInfoLayout.UserImagePaging, 16, 19);
        Region(bytes, BootInfoLayout.ExtraPages, 19, 20);
        Put(bytes, BootInfoLayout.CNodeSizeBits, 12);
        Region(bytes, BootInfoLayout.Untyped, 40, 43);
        Entry(bytes, 0, 0, 20, 1);
        Entry(bytes, 1, 0xfee01000, 12, 1);
        Entry(bytes, 2, 0x100000, 20, 0);
        Chunk(bytes, 0, BootInfoChunk.X86AcpiRsdp, 52);
        Chunk(bytes, 52, (BootInfoChunk)99, 17);
        Chunk(bytes, 69, BootInfoChunk.X86TscFrequency, 20);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(BootInfoLayout.ExtraOffset + 69 + 16), 2893);
        return bytes;
    }

    private static void Chunk(byte[] bytes, int offset, BootInfoChunk kind, ulong length)
    {
        Put(bytes, BootInfoLayout.ExtraOffset + offset, (ulong)kind);
        Put(bytes, BootInfoLayout.ExtraOffset + offset + 8, length);
    }

    private static void Entry(byte[] bytes, int index, ulong address, byte sizeBits, byte isDevice)
    {
        int entry = BootInfoLayout.UntypedList + (index * BootInfoLayout.UntypedEntrySize);
        Put(bytes, entry, address);
        bytes[entry + 8] = sizeBits;
        bytes[entry + 9] = isDevice;
    }

    private static void Region(byte[] bytes, int offset, ulong start, ulong end)
    {
        Put(bytes, offset, start);
        Put(bytes, offset + 8, end);
    }

    private static void Put(byte[] bytes, int offset, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(offset), value);
}
