// SPDX-License-Identifier: BSD-2-Clause

using System.Numerics;
using Sel4.Abi;

namespace Kernel.Core;

/// <summary>The chunks behind BootInfo (boot sheet §7): VBE, RSDP, framebuffer, memory map, TSC frequency, in this order.</summary>
/// <remarks>Chunks follow each other without padding, so headers may be unaligned.</remarks>
public static class ExtraBootInfo
{
    private const ulong RsdpBytes = BootInfoLayout.AcpiRsdpChunkSize - BootInfoLayout.ChunkHeaderSize;
    private const ulong PageMask = (1ul << AbiConstants.PageBits) - 1;

    // Offsets inside chunks.
    private const ulong Data = BootInfoLayout.ChunkHeaderSize;
    private const ulong VbeModeInfo = 528;
    private const ulong VbeControlBytes = 512;
    private const ulong VbeModeBytes = 256;
    private const ulong VbeMode = 784;
    private const ulong VbeSegment = 788;
    private const ulong VbeOffset = 792;
    private const ulong VbeLength = 796;
    private const ulong FramebufferPitch = 24;
    private const ulong FramebufferWidth = 28;
    private const ulong FramebufferHeight = 32;
    private const ulong FramebufferDepth = 36;
    private const ulong FramebufferType = 37;

    /// <summary>Computes length and number of pages, a power of two.</summary>
    public static void Measure(ref BootDescription description)
    {
        ulong bytes = BootInfoLayout.AcpiRsdpChunkSize + BootInfoLayout.MemoryMapChunkSize + BootInfoLayout.TscFrequencyChunkSize;
        if (description.Vbe.ControlInfo != 0) bytes += BootInfoLayout.VbeChunkSize;
        if (description.Framebuffer.Address != 0) bytes += BootInfoLayout.FramebufferChunkSize;
        ulong pages = (bytes + PageMask) >> AbiConstants.PageBits;
        description.Plan.ExtraBytes = bytes;
        description.Plan.ExtraPages = BitOperations.RoundUpToPowerOf2(pages);
    }

    /// <summary>Writes the chunks into their pages, which have been zeroed.</summary>
    public static void Write(ref BootDescription description)
    {
        ulong chunk = description.Plan.ExtraBootInfo;
        if (description.Vbe.ControlInfo != 0) chunk = WriteVbe(chunk, ref description.Vbe);
        chunk = WriteRsdp(chunk, description.Rsdp);
        if (description.Framebuffer.Address != 0) chunk = WriteFramebuffer(chunk, ref description.Framebuffer);
        chunk = WriteMemoryMap(chunk, description.MemoryMap, description.MemoryMapBytes);
        chunk = WriteTsc(chunk, description.TscMegahertz);
        Require.That(chunk == description.Plan.ExtraBootInfo + description.Plan.ExtraBytes);
    }

    private static ulong WriteVbe(ulong chunk, ref BootVbe vbe)
    {
        RawMemory.Copy(chunk + Data, vbe.ControlInfo, VbeControlBytes);
        RawMemory.Copy(chunk + VbeModeInfo, vbe.ModeInfo, VbeModeBytes);
        RawMemory.WriteUInt32(chunk + VbeMode, vbe.Mode);
        RawMemory.WriteUInt32(chunk + VbeSegment, vbe.InterfaceSegment);
        RawMemory.WriteUInt32(chunk + VbeOffset, vbe.InterfaceOffset);
        RawMemory.WriteUInt32(chunk + VbeLength, vbe.InterfaceLength);
        return WriteHeader(chunk, BootInfoChunk.X86Vbe, BootInfoLayout.VbeChunkSize);
    }

    private static ulong WriteRsdp(ulong chunk, ulong rsdp)
    {
        if (rsdp != 0) RawMemory.Copy(chunk + Data, rsdp, RsdpBytes);
        return WriteHeader(chunk, BootInfoChunk.X86AcpiRsdp, BootInfoLayout.AcpiRsdpChunkSize);
    }

    private static ulong WriteFramebuffer(ulong chunk, ref BootFramebuffer framebuffer)
    {
        RawMemory.WriteWord(chunk + Data, framebuffer.Address);
        RawMemory.WriteUInt32(chunk + FramebufferPitch, framebuffer.Pitch);
        RawMemory.WriteUInt32(chunk + FramebufferWidth, framebuffer.Width);
        RawMemory.WriteUInt32(chunk + FramebufferHeight, framebuffer.Height);
        RawMemory.WriteByte(chunk + FramebufferDepth, framebuffer.BitsPerPixel);
        RawMemory.WriteByte(chunk + FramebufferType, framebuffer.Type);
        return WriteHeader(chunk, BootInfoChunk.X86Framebuffer, BootInfoLayout.FramebufferChunkSize);
    }

    /// <summary>Entries as the boot loader gave them; more than 50 are cut, and the chunk always has room for 50.</summary>
    private static ulong WriteMemoryMap(ulong chunk, ulong map, ulong mapBytes)
    {
        ulong entries = mapBytes / BootInfoLayout.MemoryMapEntrySize;
        if (entries > BootInfoLayout.MemoryMapMaxEntries) entries = BootInfoLayout.MemoryMapMaxEntries;
        ulong bytes = entries * BootInfoLayout.MemoryMapEntrySize;
        RawMemory.WriteUInt32(chunk + Data, (uint)bytes);
        RawMemory.Copy(chunk + BootInfoLayout.MemoryMapEntries, map, bytes);
        return WriteHeader(chunk, BootInfoChunk.X86MemoryMap, BootInfoLayout.MemoryMapChunkSize);
    }

    private static ulong WriteTsc(ulong chunk, ulong megahertz)
    {
        RawMemory.WriteUInt32(chunk + Data, (uint)megahertz);
        return WriteHeader(chunk, BootInfoChunk.X86TscFrequency, BootInfoLayout.TscFrequencyChunkSize);
    }

    /// <summary>Completes a chunk; returns where the next one starts.</summary>
    private static ulong WriteHeader(ulong chunk, BootInfoChunk id, ulong length)
    {
        RawMemory.WriteWord(chunk + BootInfoLayout.ChunkId, (ulong)id);
        RawMemory.WriteWord(chunk + BootInfoLayout.ChunkLength, length);
        return chunk + length;
    }
}
