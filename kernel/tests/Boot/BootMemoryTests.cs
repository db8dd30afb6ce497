// SPDX-License-Identifier: BSD-2-Clause

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Kernel.Core;

namespace Kernel.Tests.Boot;

/// <summary>Which records of a boot loader's memory map are RAM (boot sheet §2.1), and the lists they go into.</summary>
public sealed unsafe class BootMemoryTests : IDisposable
{
    private const ulong Top = 1ul << 39;
    private readonly BootDescription* _description;

    public BootMemoryTests()
    {
        _description = (BootDescription*)NativeMemory.AllocZeroed((nuint)sizeof(BootDescription));
        _description->PhysicalTop = Top;
    }

    private ref RegionList Ram => ref _description->Ram;

    [Theory]
    [InlineData(0x20_0000, 0x10_0000, 2)]
    [InlineData(0xf_f000, 0x10_0000, 1)]
    [InlineData(0, 0x9_fc00, 1)]
    [InlineData(0x20_0000, 0xfff, 1)]
    [InlineData(Top, 0x10_0000, 1)]
    [InlineData(0xffff_ffff_ffff_0000, 0xffff, 1)]
    public void Records_that_are_no_ram(ulong start, ulong length, uint type)
    {
        BootMemory.AddRecord(ref *_description, start, length, type);
        Assert.Equal(0, Ram.Count);
    }

    [Theory]
    [InlineData(0x10_0000, 0x10_0000, 0x10_0000, 0x20_0000)]
    [InlineData(0x20_0800, 0x1_0000, 0x20_1000, 0x21_0000)]
    [InlineData(Top - 0x2000, 0x10_0000, Top - 0x2000, Top)]
    [InlineData(0x1_0000_0000, ulong.MaxValue, 0x1_0000_0000, Top)]
    public void Records_of_ram_are_cut_to_pages_inside_the_window(ulong start, ulong length, ulong first, ulong end)
    {
        BootMemory.AddRecord(ref *_description, start, length, 1);
        AssertList(ref Ram, [(first, end)]);
    }

    [Fact]
    public void A_record_without_a_whole_page_after_rounding_adds_nothing()
    {
        BootMemory.AddRecord(ref *_description, 0x20_0800, 0x1000, 1);
        Assert.Equal(0, Ram.Count);
    }

    [Fact]
    public void Without_a_map_ram_is_what_the_loader_counted_above_1_MiB()
    {
        BootMemory.AddUpperMemory(ref *_description, 0x7c00);
        AssertList(ref Ram, [(0x10_0000, 0x10_0000 + (0x7c00ul << 10))]);
    }

    [Fact]
    public void Map_records_are_24_bytes_apart_whatever_their_size_word_says()
    {
        byte[] map = new byte[(3 * 24) + 10];
        WriteRecord(map, 0, size: 999, 0x10_0000, 0x10_0000, 1);
        WriteRecord(map, 24, size: 0, 0x50_0000, 0x10_0000, 2);
        WriteRecord(map, 48, size: 20, 0x1_0000_0000, 0x4000_0000, 1);
        fixed (byte* address = map) BootMemory.AddMultibootMap(ref *_description, (ulong)address, (ulong)map.Length);
        AssertList(ref Ram, [(0x10_0000, 0x20_0000), (0x1_0000_0000, 0x1_4000_0000)]);
    }

    [Fact]
    public void Regions_are_kept_in_order_and_joined_when_they_touch()
    {
        Assert.True(Ram.Add(50, 60));
        Assert.True(Ram.Add(10, 20));
        Assert.True(Ram.Add(30, 40));
        AssertList(ref Ram, [(10, 20), (30, 40), (50, 60)]);
        Assert.True(Ram.Add(20, 30));
        AssertList(ref Ram, [(10, 40), (50, 60)]);
        Assert.True(Ram.Add(5, 100));
        AssertList(ref Ram, [(5, 100)]);
        Assert.True(Ram.Add(7, 7));
        AssertList(ref Ram, [(5, 100)]);
    }

    [Fact]
    public void Removing_cuts_splits_and_drops()
    {
        Ram.Add(10, 20);
        Ram.Add(30, 40);
        Ram.Add(50, 60);
        Assert.True(Ram.Remove(15, 35));
        AssertList(ref Ram, [(10, 15), (35, 40), (50, 60)]);
        Assert.True(Ram.Remove(52, 55));
        AssertList(ref Ram, [(10, 15), (35, 40), (50, 52), (55, 60)]);
        Assert.True(Ram.Remove(35, 52));
        AssertList(ref Ram, [(10, 15), (55, 60)]);
        Assert.True(Ram.Remove(0, 100));
        Assert.Equal(0, Ram.Count);
    }

    [Fact]
    public void A_full_list_refuses_what_needs_a_new_entry_and_stays_as_it_was()
    {
        for (ulong index = 0; index < PhysicalRegions.Count; index++) Assert.True(Ram.Add(index * 10, (index * 10) + 5));
        Assert.False(Ram.Add(7, 8));
        Assert.False(Ram.Remove(1, 2));
        Assert.Equal(PhysicalRegions.Count, Ram.Count);
        Assert.Equal(5ul, Ram.EndOf(0));
        Assert.True(Ram.Add(5, 10));
        Assert.Equal(PhysicalRegions.Count - 1, Ram.Count);
    }

    /// <summary>Against a bitmap of 64 addresses: whatever is added and removed, both agree.</summary>
    [Fact]
    public void Random_lists_agree_with_a_bitmap()
    {
        Random random = new(7);
        for (int round = 0; round < 300; round++)
        {
            Ram.Clear();
            ulong bitmap = 0;
            for (int step = 0; step < 20; step++)
            {
                int start = random.Next(63);
                int end = random.Next(start, 64);
                ulong mask = (ulong.MaxValue >> (64 - end)) & (end == 0 ? 0 : ulong.MaxValue) & (ulong.MaxValue << start);
                if (end == start) mask = 0;
                bool isAdded = random.Next(2) == 0;
                Assert.True(isAdded ? Ram.Add((ulong)start, (ulong)end) : Ram.Remove((ulong)start, (ulong)end));
                bitmap = isAdded ? bitmap | mask : bitmap & ~mask;
                for (int address = 0; address < 64; address++)
                    Assert.Equal((bitmap >> address & 1) == 0, Ram.IsDisjointFrom((ulong)address, (ulong)address + 1));
            }
        }
    }

    public void Dispose() => NativeMemory.Free(_description);

    private static void WriteRecord(byte[] map, int offset, uint size, ulong start, ulong length, uint type)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(offset), size);
        BinaryPrimitives.WriteUInt64LittleEndian(map.AsSpan(offset + 4), start);
        BinaryPrimitives.WriteUInt64LittleEndian(map.AsSpan(offset + 12), length);
        BinaryPrimitives.WriteUInt32LittleEndian(map.AsSpan(offset + 20), type);
    }

    private static void AssertList(ref RegionList list, (ulong, ulong)[] expected)
    {
        List<(ulong, ulong)> actual = [];
        for (int index = 0; index < list.Count; index++) actual.Add((list.StartOf(index), list.EndOf(index)));
        Assert.Equal(expected, actual);
    }
}
