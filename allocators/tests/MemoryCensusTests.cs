// SPDX-License-Identifier: BSD-2-Clause

using System.Buffers.Binary;
using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Bench;

namespace Sel4.Tests.Allocators;

/// <summary>What the boot information says about memory, and devices that are large or shared.</summary>
public sealed class MemoryCensusTests
{
    private static byte[] BootInfoWith(int untypeds, params (ulong Base, ulong Length, uint Type)[] map)
    {
        byte[] bytes = new byte[BootInfoLayout.Size + 4096 + BootInfoLayout.MemoryMapChunkSize];
        Span<byte> info = bytes;
        BinaryPrimitives.WriteUInt64LittleEndian(info[BootInfoLayout.ExtraLength..], (ulong)BootInfoLayout.MemoryMapChunkSize);
        BinaryPrimitives.WriteUInt64LittleEndian(info[BootInfoLayout.Untyped..], 100);
        BinaryPrimitives.WriteUInt64LittleEndian(info[(BootInfoLayout.Untyped + 8)..], 100 + (ulong)untypeds);
        for (int index = 0; index < untypeds; index++)
        {
            Span<byte> entry = info[(BootInfoLayout.UntypedList + (index * BootInfoLayout.UntypedEntrySize))..];
            BinaryPrimitives.WriteUInt64LittleEndian(entry[BootInfoLayout.EntryAddress..], 0x10_0000ul * (ulong)(index + 1));
            entry[BootInfoLayout.EntrySizeBits] = 20;
            entry[BootInfoLayout.EntryIsDevice] = (byte)(index == 0 ? 1 : 0);
        }

        Span<byte> chunk = info[4096..];
        BinaryPrimitives.WriteUInt64LittleEndian(chunk, (ulong)BootInfoChunk.X86MemoryMap);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[8..], (ulong)BootInfoLayout.MemoryMapChunkSize);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[16..], (uint)(map.Length * BootInfoLayout.MemoryMapEntrySize));
        for (int index = 0; index < map.Length; index++)
        {
            Span<byte> entry = chunk[(BootInfoLayout.MemoryMapEntries + (index * BootInfoLayout.MemoryMapEntrySize))..];
            BinaryPrimitives.WriteUInt32LittleEndian(entry, 20);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[4..], map[index].Base);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[12..], map[index].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], map[index].Type);
        }

        return bytes;
    }

    [Fact]
    [Rule("AL:U10")]
    public void Ram_that_is_in_no_untyped_is_reported()
    {
        byte[] bytes = BootInfoWith(5, (0, 0x9_0000, 1), (0x10_0000, 0x80_0800, 1), (0xb0_0000, 0x100_0000, 2), (0x200_0000, 0x800, 1));
        MemoryCensus memory = MemoryCensus.Measure(new BootInfo(bytes));
        Assert.True(memory.HasMap);
        Assert.Equal((0x80_0000ul, 4ul << 20, 5), (memory.MapBytes, memory.UntypedBytes, memory.Untypeds));
        Assert.Equal(4ul << 20, memory.MissingBytes);
        Assert.False(memory.IsListFull);
        MemoryCensus full = MemoryCensus.Measure(new BootInfo(BootInfoWith(AbiConstants.MaxBootUntypeds)));
        Assert.True(full.IsListFull);
        Assert.Equal(0ul, full.MissingBytes);
    }

    [Fact]
    [Rule("AL:U17")]
    public void A_huge_device_region_is_split_only_where_asked()
    {
        ModelKernel kernel = new();
        SlotAllocator slots = new(100, 1000);
        UntypedAllocator memory = new(kernel, slots, 200, 2);
        kernel.AddBootUntyped(1, 1ul << 40, 36, isDevice: true);
        Assert.Equal(AllocationError.None, memory.Adopt(1, 1ul << 40, 36, MemoryKind.Device));
        Assert.Equal(0, kernel.Retypes);
        Assert.Equal(AllocationError.None, memory.AllocateAt((1ul << 40) + 0x3_1234_5000, 12, out UntypedBlock page));
        Assert.Equal((24, 48), (kernel.Retypes, memory.SlotsOfPieces));
        Assert.Equal(AllocationError.None, memory.AllocateAt((1ul << 40) + 0x3_1234_6000, 12, out UntypedBlock next));
        Assert.InRange(kernel.Retypes, 24, 28);
        Assert.Equal(0ul, kernel.ClearedBytes);
        memory.Free(page);
        memory.Free(next);
        memory.MergeAll();
        Assert.Equal(900, slots.FreeCount);
    }

    [Fact]
    [Rule("AL:U16")]
    public void A_device_frame_is_shared_by_copies_and_goes_from_all_at_once()
    {
        ModelKernel kernel = new();
        SlotAllocator slots = new(100, 1000);
        UntypedAllocator memory = new(kernel, slots, 200, 2);
        kernel.AddBootUntyped(1, 0xfe00_0000, 16, isDevice: true);
        memory.Adopt(1, 0xfe00_0000, 16, MemoryKind.Device);
        Assert.Equal(AllocationError.None, memory.AllocateAt(0xfe00_3000, 12, out UntypedBlock block));
        Assert.Equal(ErrorCode.None, kernel.Make(block.Slot, ObjectType.SmallPage, 0, 500, 1));
        Assert.Equal(ErrorCode.NotEnoughMemory, kernel.Make(block.Slot, ObjectType.SmallPage, 0, 501, 1));
        Assert.Equal(AllocationError.Taken, memory.AllocateAt(0xfe00_3000, 12, out _));
        for (uint user = 0; user < 3; user++) Assert.Equal(ErrorCode.None, kernel.Copy(500, 50_000 + user));
        Assert.Equal(AllocationError.None, memory.Free(block));
        for (uint user = 0; user < 3; user++) Assert.False(kernel.IsOccupied(50_000 + user));
    }

    [Fact]
    [Rule("AL:U6", "AL:U11a")]
    public void Merging_costs_one_revoke_however_many_pieces_there_were()
    {
        ModelKernel kernel = new();
        UntypedAllocator memory = new(kernel, new SlotAllocator(100, 1000), 200, 2);
        kernel.AddBootUntyped(1, 0x4000_0000, 18);
        memory.Adopt(1, 0x4000_0000, 18, MemoryKind.Ram);
        UntypedBlock[] pages = new UntypedBlock[64];
        for (int index = 0; index < 64; index++) Assert.Equal(AllocationError.None, memory.Allocate(12, out pages[index]));
        foreach (UntypedBlock page in pages) memory.Free(page);
        int revokes = kernel.Revokes;
        Assert.Equal(AllocationError.None, memory.Allocate(18, out _));
        Assert.Equal(revokes + 1, kernel.Revokes);
    }
}
