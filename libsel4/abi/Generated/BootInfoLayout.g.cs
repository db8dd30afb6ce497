// SPDX-License-Identifier: BSD-2-Clause
// Generated from libsel4/abi/objects.api by `./sel4 gen`. Change that file, not this one.

namespace Sel4.Abi;

/// <summary>Byte offsets in BootInfo and its extra chunks. BOOT-6, BOOT-7.</summary>
public static class BootInfoLayout
{
    /// <summary>Bytes of the extra chunks.</summary>
    public const int ExtraLength = 0;
    /// <summary>Number of this core.</summary>
    public const int NodeId = 8;
    /// <summary>Number of cores.</summary>
    public const int NodeCount = 16;
    /// <summary>IOMMU levels; all ones without IOMMU.</summary>
    public const int IoPageTableLevels = 24;
    /// <summary>Address of the IPC buffer.</summary>
    public const int IpcBuffer = 32;
    /// <summary>Region of free slots. A region is two words: first slot, one past the last.</summary>
    public const int Empty = 40;
    /// <summary>Region.</summary>
    public const int SharedFrames = 56;
    /// <summary>Region: frames of the program, ascending by address.</summary>
    public const int UserImageFrames = 72;
    /// <summary>Region: paging structures of the program.</summary>
    public const int UserImagePaging = 88;
    /// <summary>Region.</summary>
    public const int IoSpaceCaps = 104;
    /// <summary>Region: frames of the extra chunks.</summary>
    public const int ExtraPages = 120;
    /// <summary>log2 slots of the root CNode.</summary>
    public const int CNodeSizeBits = 136;
    /// <summary>Domain of the initial thread.</summary>
    public const int InitialDomain = 144;
    /// <summary>Region: one capability for each entry of the list.</summary>
    public const int Untyped = 152;
    /// <summary>The list.</summary>
    public const int UntypedList = 168;
    /// <summary>Bytes of an entry.</summary>
    public const int UntypedEntrySize = 16;
    /// <summary>In an entry: physical address.</summary>
    public const int EntryAddress = 0;
    /// <summary>In an entry: log2 bytes, one byte.</summary>
    public const int EntrySizeBits = 8;
    /// <summary>In an entry: 1 for device memory, one byte.</summary>
    public const int EntryIsDevice = 9;
    /// <summary>Bytes of the structure with 230 entries.</summary>
    public const int Size = 3848;
    /// <summary>Where the extra chunks start, counted from the structure.</summary>
    public const int ExtraOffset = 4096;
    /// <summary>In a chunk: what it is.</summary>
    public const int ChunkId = 0;
    /// <summary>In a chunk: its bytes including this header.</summary>
    public const int ChunkLength = 8;
    /// <summary>Bytes of that header.</summary>
    public const int ChunkHeaderSize = 16;
    /// <summary>Entries of the memory map chunk.</summary>
    public const int MemoryMapMaxEntries = 50;
    /// <summary>Where they start in the chunk; the byte length of the valid ones stands at 16.</summary>
    public const int MemoryMapEntries = 20;
    /// <summary>Bytes of an entry: size word 20, base, length, type.</summary>
    public const int MemoryMapEntrySize = 24;
    /// <summary>Bytes of the VBE chunk.</summary>
    public const int VbeChunkSize = 800;
    /// <summary>Bytes of the memory map chunk.</summary>
    public const int MemoryMapChunkSize = 1220;
    /// <summary>Bytes of the RSDP chunk.</summary>
    public const int AcpiRsdpChunkSize = 52;
    /// <summary>Bytes of the framebuffer chunk.</summary>
    public const int FramebufferChunkSize = 38;
    /// <summary>Bytes of the TSC chunk.</summary>
    public const int TscFrequencyChunkSize = 20;
}
