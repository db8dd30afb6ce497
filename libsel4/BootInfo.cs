// SPDX-License-Identifier: BSD-2-Clause
using System;
using System.Runtime.InteropServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>A range of slots of the root CNode.</summary>
public readonly struct SlotRegion(ulong start, ulong end)
{
    /// <summary>The first slot.</summary>
    public readonly ulong Start = start;

    /// <summary>One past the last slot.</summary>
    public readonly ulong End = end;

    /// <summary>How many slots; 0 also when the ends are the wrong way round.</summary>
    public ulong Count => End > Start ? End - Start : 0;

    /// <summary>Whether the slot is in the range.</summary>
    public bool Contains(ulong slot) => slot >= Start && slot < End;
}

/// <summary>An untyped capability that the kernel hands out at boot.</summary>
public readonly struct UntypedDescriptor(ulong slot, ulong physicalAddress, int sizeBits, bool isDevice)
{
    /// <summary>The capability.</summary>
    public readonly ulong Slot = slot;

    /// <summary>Where the memory is.</summary>
    public readonly ulong PhysicalAddress = physicalAddress;

    /// <summary>log2 of its bytes.</summary>
    public readonly int SizeBits = sizeBits;

    /// <summary>Whether it is device memory, from which only pages and untyped memory can be made.</summary>
    public readonly bool IsDevice = isDevice;

    /// <summary>The capability with its type.</summary>
    public Cap<Untyped> Capability => new(Slot);
}

/// <summary>What the kernel tells the initial thread. BOOT-6, BOOT-7; offsets in <see cref="BootInfoLayout"/>.</summary>
/// <remarks>
/// A view on the bytes; reading allocates nothing, so that it works before there is a heap. Values are what the kernel wrote:
/// <see cref="BootInfoCheck"/> says whether they make sense (RT:B1), and programs check once before they rely on them.
/// </remarks>
public readonly ref struct BootInfo
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Takes the page of BootInfo, followed by the extra chunks from offset 4096 on.</summary>
    public BootInfo(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>All bytes, the extra chunks included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Bytes of the extra chunks.</summary>
    public ulong ExtraLength => Word(BootInfoLayout.ExtraLength);

    /// <summary>Number of this core.</summary>
    public ulong NodeId => Word(BootInfoLayout.NodeId);

    /// <summary>Number of cores.</summary>
    public ulong NodeCount => Word(BootInfoLayout.NodeCount);

    /// <summary>IOMMU levels; all ones without IOMMU.</summary>
    public ulong IoPageTableLevels => Word(BootInfoLayout.IoPageTableLevels);

    /// <summary>Address of the initial thread's IPC buffer.</summary>
    public ulong IpcBufferAddress => Word(BootInfoLayout.IpcBuffer);

    /// <summary>Free slots.</summary>
    public SlotRegion Empty => Region(BootInfoLayout.Empty);

    /// <summary>Frames shared between kernels; none here.</summary>
    public SlotRegion SharedFrames => Region(BootInfoLayout.SharedFrames);

    /// <summary>The 4 KiB pages of the program, ascending by address.</summary>
    public SlotRegion UserImageFrames => Region(BootInfoLayout.UserImageFrames);

    /// <summary>The paging structures of the program: PDPTs, then page directories, then page tables.</summary>
    public SlotRegion UserImagePaging => Region(BootInfoLayout.UserImagePaging);

    /// <summary>IOMMU capabilities; none here.</summary>
    public SlotRegion IoSpaceCaps => Region(BootInfoLayout.IoSpaceCaps);

    /// <summary>The pages of the extra chunks.</summary>
    public SlotRegion ExtraPages => Region(BootInfoLayout.ExtraPages);

    /// <summary>log2 slots of the root CNode.</summary>
    public int CNodeRadix => (int)Math.Min(Word(BootInfoLayout.CNodeSizeBits), AbiConstants.WordBits);

    /// <summary>Domain of the initial thread.</summary>
    public ulong InitialDomain => Word(BootInfoLayout.InitialDomain);

    /// <summary>The untyped capabilities.</summary>
    public SlotRegion Untypeds => Region(BootInfoLayout.Untyped);

    /// <summary>How many untyped capabilities have a description.</summary>
    public int UntypedCount => (int)Math.Min(Untypeds.Count, AbiConstants.MaxBootUntypeds);

    /// <summary>The description of an untyped capability, 0 to <see cref="UntypedCount"/> − 1. Not sorted (RT:B4).</summary>
    public UntypedDescriptor Untyped(int index)
    {
        int entry = BootInfoLayout.UntypedList + (index * BootInfoLayout.UntypedEntrySize);
        return new UntypedDescriptor(
            Untypeds.Start + (ulong)index,
            Word(entry + BootInfoLayout.EntryAddress),
            _bytes[entry + BootInfoLayout.EntrySizeBits],
            _bytes[entry + BootInfoLayout.EntryIsDevice] != 0);
    }

    /// <summary>The extra chunks, for <c>foreach</c>. The walk ends at the first chunk that does not fit (RT:B1).</summary>
    public BootInfoChunks Chunks => new(ExtraBytes);

    /// <summary>The bytes of a chunk, header included; empty when there is none.</summary>
    public ReadOnlySpan<byte> Chunk(BootInfoChunk kind)
    {
        foreach (BootInfoChunkView chunk in Chunks)
        {
            if (chunk.Kind == kind)
            {
                return chunk.Bytes;
            }
        }

        return default;
    }

    /// <summary>Time stamp counter frequency in MHz; 0 when the kernel does not tell.</summary>
    public uint TscMegahertz
    {
        get
        {
            ReadOnlySpan<byte> chunk = Chunk(BootInfoChunk.X86TscFrequency);
            return chunk.Length < BootInfoLayout.TscFrequencyChunkSize
                ? 0
                : MemoryMarshal.Read<uint>(chunk.Slice(BootInfoLayout.ChunkHeaderSize));
        }
    }

    /// <summary>The bytes of the extra chunks, as many as are there and as the kernel says.</summary>
    internal ReadOnlySpan<byte> ExtraBytes
    {
        get
        {
            int available = _bytes.Length - BootInfoLayout.ExtraOffset;
            return available <= 0 ? default : _bytes.Slice(BootInfoLayout.ExtraOffset, (int)Math.Min(ExtraLength, (ulong)available));
        }
    }

    private ulong Word(int offset) => MemoryMarshal.Read<ulong>(_bytes.Slice(offset));

    private SlotRegion Region(int offset) => new(Word(offset), Word(offset + sizeof(ulong)));
}
