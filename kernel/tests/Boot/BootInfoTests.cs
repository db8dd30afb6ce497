// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;
using Kernel.Tests.Support;
using Sel4.Tests;

namespace Kernel.Tests.Boot;

/// <summary>BootInfo, its extra chunks, and the list of untypeds, number by number (boot sheet §6–8).</summary>
public sealed class BootInfoTests
{
    private const int RecordBytes = 24;

    [Fact]
    public void Header_words_have_their_values()
    {
        using RootTaskWorld world = new();
        Assert.Equal(1292ul, world.BootInfo(0));
        Assert.Equal(0ul, world.BootInfo(8));
        Assert.Equal(1ul, world.BootInfo(16));
        Assert.Equal(ulong.MaxValue, world.BootInfo(24));
        Assert.Equal(0ul, world.BootInfo(56) | world.BootInfo(64));
        Assert.Equal(0ul, world.BootInfo(104) | world.BootInfo(112));
        Assert.Equal(13ul, world.BootInfo(136));
        Assert.Equal(0ul, world.BootInfo(144));
    }

    [Fact]
    public void Extra_chunks_are_rsdp_memory_map_and_tsc_without_padding()
    {
        using RootTaskWorld world = new(adjust: world => WriteMap(world, 3));
        ulong chunk = world.Plan.ExtraBootInfo;
        Assert.Equal((3ul, 52ul), Header(chunk));
        Assert.Equal("RSD PTR ", System.Text.Encoding.ASCII.GetString(Bytes(world, chunk + 16, 8)));
        chunk += 52;
        Assert.Equal((2ul, 1220ul), Header(chunk));
        Assert.Equal(3u * RecordBytes, RawMemory.ReadUInt32(chunk + 16));
        byte[] expected = Bytes(world, world.Description.MemoryMap, 3 * RecordBytes);
        Assert.Equal(expected, Bytes(world, chunk + 20, 3 * RecordBytes));
        Assert.All(Bytes(world, chunk + 20 + (3 * RecordBytes), 47 * RecordBytes), value => Assert.Equal(0, value));
        chunk += 1220;
        Assert.Equal((5ul, 20ul), Header(chunk));
        Assert.Equal(RootTaskWorld.TscMegahertz, RawMemory.ReadUInt32(chunk + 16));
        Assert.Equal(world.Plan.ExtraBootInfo + world.BootInfo(BootInfoLayout.ExtraLength), chunk + 20);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    public void Memory_map_is_cut_at_50_entries(int given, int kept)
    {
        using RootTaskWorld world = new(adjust: world => WriteMap(world, given));
        Assert.Equal((uint)(kept * RecordBytes), RawMemory.ReadUInt32(world.Plan.ExtraBootInfo + 52 + 16));
        Assert.Equal((5ul, 20ul), Header(world.Plan.ExtraBootInfo + 52 + 1220));
    }

    [Fact]
    public void Vbe_chunk_comes_first_when_the_loader_gave_one()
    {
        using RootTaskWorld world = new(adjust: world =>
        {
            world.Machine.Memory.Slice(0x9_4000, 512).Fill(0xaa);
            world.Machine.Memory.Slice(0x9_4200, 256).Fill(0xbb);
            ref BootVbe vbe = ref world.Description.Vbe;
            vbe.ControlInfo = world.Machine.Window(0x9_4000);
            vbe.ModeInfo = world.Machine.Window(0x9_4200);
            vbe.Mode = 0x118;
            vbe.InterfaceSegment = 0xc000;
            vbe.InterfaceOffset = 0x5a;
            vbe.InterfaceLength = 0x33;
        });
        ulong chunk = world.Plan.ExtraBootInfo;
        Assert.Equal(2092ul, world.BootInfo(BootInfoLayout.ExtraLength));
        Assert.Equal((1ul, 800ul), Header(chunk));
        Assert.All(Bytes(world, chunk + 16, 512), value => Assert.Equal(0xaa, value));
        Assert.All(Bytes(world, chunk + 528, 256), value => Assert.Equal(0xbb, value));
        Assert.Equal(
            [0x118u, 0xc000u, 0x5au, 0x33u],
            [.. new ulong[] { 784, 788, 792, 796 }.Select(offset => RawMemory.ReadUInt32(chunk + offset))]);
        Assert.Equal((3ul, 52ul), Header(chunk + 800));
    }

    [Fact]
    public void Framebuffer_chunk_stands_between_rsdp_and_memory_map()
    {
        using RootTaskWorld world = new(adjust: world =>
        {
            ref BootFramebuffer framebuffer = ref world.Description.Framebuffer;
            framebuffer.Address = 0xfd00_0000;
            framebuffer.Pitch = 4096;
            framebuffer.Width = 1024;
            framebuffer.Height = 768;
            framebuffer.BitsPerPixel = 32;
            framebuffer.Type = 1;
        });
        ulong chunk = world.Plan.ExtraBootInfo + 52;
        Assert.Equal((4ul, 38ul), Header(chunk));
        Assert.Equal(0xfd00_0000ul, RawMemory.ReadWord(chunk + 16));
        Assert.Equal(
            [4096u, 1024u, 768u], [.. new ulong[] { 24, 28, 32 }.Select(offset => RawMemory.ReadUInt32(chunk + offset))]);
        Assert.Equal(32, RawMemory.ReadByte(chunk + 36));
        Assert.Equal(1, RawMemory.ReadByte(chunk + 37));
        Assert.Equal((2ul, 1220ul), Header(chunk + 38));
    }

    [Fact]
    public void Untyped_entries_agree_with_their_capabilities()
    {
        using RootTaskWorld world = new();
        ulong first = world.BootInfo(BootInfoLayout.Untyped);
        ulong slot = first;
        foreach ((ulong start, ulong after, bool isDevice) in RootTaskTests.Untypeds(world))
        {
            Capability untyped = world.At(slot++);
            Assert.Equal(CapabilityTag.Untyped, untyped.Tag);
            Assert.Equal(start, (untyped.UntypedAddress - world.Machine.Memory.Window) & ((1ul << 48) - 1));
            Assert.Equal(after - start, 1ul << (int)untyped.UntypedSizeBits);
            Assert.Equal(isDevice, untyped.UntypedIsDevice);
            // Fully used, without children (§8.4).
            Assert.Equal(after - start, untyped.UntypedFreeIndex << 4);
        }
        int unused = BootInfoLayout.UntypedList + (int)(16 * (slot - first));
        for (int offset = unused; offset < BootInfoLayout.Size; offset += 8) Assert.Equal(0ul, world.BootInfo(offset));
    }

    [Fact]
    public void Untypeds_are_aligned_disjoint_devices_first_and_ascending()
    {
        using RootTaskWorld world = new();
        (ulong Start, ulong After, bool IsDevice)[] list = [.. RootTaskTests.Untypeds(world)];
        Assert.Equal((0ul, 0x10_0000ul, true), list[0]);
        for (int index = 0; index < list.Length; index++)
        {
            ulong bytes = list[index].After - list[index].Start;
            Assert.Equal(0ul, list[index].Start & (bytes - 1));
            if (index == 0 || list[index].IsDevice != list[index - 1].IsDevice) continue;
            Assert.True(list[index].Start >= list[index - 1].After);
        }
        int devices = list.Count(untyped => untyped.IsDevice);
        Assert.All(list[..devices], untyped => Assert.True(untyped.IsDevice));
        Assert.All(list[devices..], untyped => Assert.False(untyped.IsDevice));
    }

    [Fact]
    public void Device_untypeds_reach_to_2_to_the_47_but_for_kernel_devices_ram_and_the_hole()
    {
        using RootTaskWorld world = new();
        (ulong Start, ulong After, bool IsDevice)[] devices =
            [.. RootTaskTests.Untypeds(world).Where(untyped => untyped.IsDevice)];
        Assert.Equal(1ul << 47, devices[^1].After);
        Assert.True(Covers(devices, 0xb8000));
        Assert.True(Covers(devices, 0xfed0_0000));
        Assert.True(Covers(devices, 0xfee0_1000));
        Assert.True(Covers(devices, 0xffff_ffef));
        Assert.True(Covers(devices, 0x1_0000_0000));
        Assert.False(Covers(devices, RootTaskWorld.LocalApic));
        Assert.False(Covers(devices, RootTaskWorld.IoApic + 0xfff));
        Assert.False(Covers(devices, 0xffff_fff8));
        Assert.False(Covers(devices, 0x10_0000));
        ulong covered = devices.Aggregate(0ul, (sum, device) => sum + (device.After - device.Start));
        // Missing: RAM from 1 MiB, two APIC pages, and the last 16 bytes below 4 GiB (8 reserved, 8 too small for a block).
        Assert.Equal((1ul << 47) - (world.Machine.Memory.Bytes - 0x10_0000) - 0x2000 - 16, covered);
    }

    [Fact]
    public void Free_ram_is_handed_out_whole_with_the_memory_of_the_loaded_file()
    {
        using RootTaskWorld world = new();
        ulong covered = RootTaskTests.Untypeds(world).Where(untyped => !untyped.IsDevice)
            .Aggregate(0ul, (sum, untyped) => sum + (untyped.After - untyped.Start));
        // CNode, VSpace root, ASID pool, IPC buffer, BootInfo, one extra page, threads, three tables.
        const ulong objects = (256 << 10) + (9 << 12);
        ulong kernel = Kernel.Sim.SimHardware.KernelEnd - Kernel.Sim.SimHardware.KernelStart;
        Assert.Equal(world.Machine.Memory.Bytes - 0x10_0000 - kernel - objects - (20 << 12), covered);
        Assert.True(Covers([.. RootTaskTests.Untypeds(world).Where(untyped => !untyped.IsDevice)], RootTaskWorld.ModuleAddress));
    }

    [Fact]
    public void More_blocks_than_entries_are_dropped_and_counted()
    {
        using RootTaskWorld world = new(adjust: world =>
        {
            // Sixty holes of a page between pages of RAM: each needs several blocks on either side.
            for (ulong hole = 0; hole < 60; hole++)
            {
                ulong start = 0x1_0000_0000 + (hole * 0x1000_0000) + 0x123_4000;
                world.Description.Reserved.Add(start, start + 0x1000);
            }
        });
        Assert.Equal(BootFailure.None, world.Failure);
        Assert.Equal(230ul, world.BootInfo(BootInfoLayout.Untyped + 8) - world.BootInfo(BootInfoLayout.Untyped));
        Assert.True(world.Plan.DroppedUntypeds > 0);
    }

    [Theory]
    [InlineData(0, 0x10_0000, 20)]
    [InlineData(0x1000, 0x3000, 12)]
    [InlineData(0x2000, 0x1_0000, 13)]
    [InlineData(0, 0x8000_0000_0000, 47)]
    [InlineData(0, 0x7fff_ffff_ffff, 46)]
    [InlineData(0x10, 0x20, 4)]
    [InlineData(0x10, 0x1f, -1)]
    [InlineData(0x20, 0x20, -1)]
    public void Blocks_are_the_largest_aligned_ones(ulong start, ulong end, int bits) =>
        Assert.Equal(bits, BootUntypeds<Kernel.X64.X64<Kernel.Sim.SimMachine>>.BlockBits(start, end));

    private static bool Covers((ulong Start, ulong After, bool IsDevice)[] list, ulong address) =>
        list.Any(untyped => untyped.Start <= address && address < untyped.After);

    private static void WriteMap(RootTaskWorld world, int records)
    {
        world.Description.MemoryMapBytes = (ulong)(records * RecordBytes);
        Span<byte> map = world.Machine.Memory.Slice(0x9_0000, records * RecordBytes);
        for (int index = 0; index < map.Length; index++) map[index] = (byte)(index + 1);
    }

    private static (ulong Id, ulong Length) Header(ulong chunk) => (RawMemory.ReadWord(chunk), RawMemory.ReadWord(chunk + 8));

    private static byte[] Bytes(RootTaskWorld world, ulong kernelAddress, int count) =>
        world.Machine.Memory.Slice(world.Physical(kernelAddress), count).ToArray();
}
