// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Tests.Support;
using Sel4.Abi;

namespace Kernel.Tests.Boot;

/// <summary>What the boot code asks of the root task's ELF file, and how it loads it (boot sheet §2.4).</summary>
public sealed class ElfImageTests
{
    private const ulong Base = 0x40_0000;

    [Fact]
    public void A_file_of_another_class_is_refused() =>
        AssertRefused(BootFailure.NotElf64, new ElfFile { Entry = Base, Class = 1 }.Segment(Base, new byte[16]));

    [Fact]
    public void A_file_without_magic_is_refused()
    {
        using RootTaskWorld world = new(adjust: world => world.Machine.Memory.Slice(RootTaskWorld.ModuleAddress, 1)[0] = 0x7e);
        Assert.Equal(BootFailure.NotElf64, world.Failure);
    }

    [Fact]
    public void A_file_shorter_than_its_header_is_refused()
    {
        using RootTaskWorld world = new(adjust: world => world.Description.Module.End = RootTaskWorld.ModuleAddress + 63);
        Assert.Equal(BootFailure.NotElf64, world.Failure);
    }

    [Fact]
    public void Segment_headers_of_another_size_are_refused() =>
        AssertRefused(BootFailure.NotElf64, new ElfFile { Entry = Base, SegmentHeaderSize = 64 }.Segment(Base, new byte[16]));

    [Fact]
    public void A_file_without_segments_is_refused() => AssertRefused(BootFailure.NoSegments, new ElfFile { Entry = Base });

    [Fact]
    public void Segments_without_memory_do_not_count() =>
        AssertRefused(BootFailure.NoSegments, new ElfFile { Entry = Base }.Segment(Base, []));

    [Fact]
    public void Segments_of_other_types_do_not_count()
    {
        const uint Note = 4;
        AssertRefused(BootFailure.NoSegments, new ElfFile { Entry = Base }.Segment(Base, new byte[16], type: Note));
    }

    [Fact]
    public void A_lowest_address_inside_a_page_is_refused() =>
        AssertRefused(BootFailure.ImageNotAligned, new ElfFile { Entry = Base + 8 }.Segment(Base + 8, new byte[16]));

    [Theory]
    [InlineData(Base - 1)]
    [InlineData(Base + 16)]
    public void An_entry_point_outside_the_image_is_refused(ulong entry) =>
        AssertRefused(BootFailure.EntryOutsideImage, new ElfFile { Entry = entry }.Segment(Base, new byte[16]));

    /// <summary>Image end + 2 pages may be 0x7ffffffff000 at most; the extra page needs a third.</summary>
    [Theory]
    [InlineData(0x7fff_ffff_b000, BootFailure.None)]
    [InlineData(0x7fff_ffff_c000, BootFailure.ImageTooHigh)]
    [InlineData(0x7fff_ffff_d000, BootFailure.ImageTooHigh)]
    [InlineData(0x7fff_ffff_e000, BootFailure.ImageTooHigh)]
    [InlineData(0x8000_0000_0000, BootFailure.SegmentOutsideUserSpace)]
    [InlineData(0xffff_ffff_ffff_f000, BootFailure.SegmentOutsideUserSpace)]
    public void An_image_needs_room_above_it_in_user_space(ulong start, BootFailure expected)
    {
        using RootTaskWorld world = new(new ElfFile { Entry = start }.Segment(start, new byte[16]));
        Assert.Equal(expected, world.Failure);
    }

    [Fact]
    public void Memory_that_wraps_around_is_refused() =>
        AssertRefused(BootFailure.SegmentOutsideUserSpace, new ElfFile { Entry = Base }.Segment(Base, new byte[16], ulong.MaxValue - 8));

    [Fact]
    public void More_bytes_than_memory_are_refused() =>
        AssertRefused(BootFailure.SegmentOutsideFile, new ElfFile { Entry = Base }.Segment(Base, new byte[16], 8));

    [Fact]
    public void A_segment_beyond_the_end_of_the_file_is_refused()
    {
        using RootTaskWorld world = new(ElfFile.OfPages(2), adjust: world => world.Description.Module.End -= 1);
        Assert.Equal(BootFailure.SegmentOutsideFile, world.Failure);
    }

    [Fact]
    public void More_pages_than_slots_are_refused()
    {
        ElfFile image = new ElfFile { Entry = Base }.Segment(Base, new byte[16], 8000ul << 12);
        AssertRefused(BootFailure.ImageTooLarge, image);
    }

    [Fact]
    public void An_image_larger_than_ram_is_refused()
    {
        using RootTaskWorld world = new(
            new ElfFile { Entry = Base }.Segment(Base, new byte[16], 4000ul << 12), ramBytes: 8ul << 20);
        Assert.Equal(BootFailure.NoMemoryForImage, world.Failure);
    }

    [Fact]
    public void Ram_that_cannot_hold_the_objects_is_refused()
    {
        using RootTaskWorld world = new(adjust: world => world.Description.Reserved.Add(0, world.Machine.Memory.Bytes - 0x4_0000));
        Assert.Equal(BootFailure.NoMemoryForRootTask, world.Failure);
    }

    [Fact]
    public void Every_failure_has_a_sentence_of_its_own()
    {
        string[] sentences = [.. Enum.GetValues<BootFailure>().Select(BootFailures.Describe)];
        Assert.Equal(sentences.Length, sentences.Distinct().Count());
        Assert.DoesNotContain(BootFailures.Describe((BootFailure)1000), sentences);
    }

    [Fact]
    public void Segments_are_copied_and_everything_between_and_behind_them_is_zero()
    {
        byte[] text = [.. Enumerable.Repeat((byte)0x11, 100)];
        byte[] data = [.. Enumerable.Repeat((byte)0x22, 13)];
        ElfFile image = new ElfFile { Entry = Base }.Segment(Base, text).Segment(Base + 0x3004, data, 0x1100);
        using RootTaskWorld world = new(image, adjust: Dirty);
        Assert.Equal(5ul, world.Plan.Image.Pages);
        Span<byte> loaded = world.Machine.Memory.Slice(world.Physical(world.Plan.ImageAddress), 5 << 12);
        Assert.Equal(text, loaded[..100].ToArray());
        Assert.Equal(-1, loaded[100..0x3004].IndexOfAnyExcept((byte)0));
        Assert.Equal(data, loaded[0x3004..0x3011].ToArray());
        Assert.Equal(-1, loaded[0x3011..].IndexOfAnyExcept((byte)0));
        // The hole is mapped like the rest.
        Assert.True(world.Walk(Base + 0x1000)?.CanUserWrite);
    }

    [Fact]
    public void A_tls_segment_is_not_loaded_by_itself()
    {
        const uint Tls = 7;
        byte[] data = [1, 2, 3, 4, 5, 6, 7, 8];
        ElfFile image = new ElfFile { Entry = Base }.Segment(Base, data).Segment(Base, [9, 9], 8, Tls);
        using RootTaskWorld world = new(image);
        Assert.Equal(data, world.Machine.Memory.Slice(world.Physical(world.Plan.ImageAddress), 8).ToArray());
    }

    [Fact]
    public void The_image_never_overlaps_the_file_that_it_is_loaded_from()
    {
        using RootTaskWorld world = new();
        ulong start = world.Physical(world.Plan.ImageAddress);
        ulong end = start + (world.Plan.Image.Pages << AbiConstants.PageBits);
        Assert.True(end <= world.Description.Module.Start || start >= world.Description.Module.End);
    }

    /// <summary>RAM is not zero when a machine starts.</summary>
    private static void Dirty(RootTaskWorld world)
    {
        ulong after = world.Description.Module.End;
        world.Machine.Memory.Slice(after, 1 << 20).Fill(0xa5);
        world.Machine.Memory.Slice(world.Machine.Memory.Bytes - (1 << 20), 1 << 20).Fill(0xa5);
        world.Machine.Memory.Slice(0x14_0000, 0xc_0000).Fill(0xa5);
    }

    private static void AssertRefused(BootFailure expected, ElfFile image)
    {
        using RootTaskWorld world = new(image);
        Assert.Equal(expected, world.Failure);
    }
}
