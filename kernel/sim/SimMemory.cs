// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Runtime.InteropServices;

namespace Kernel.Sim;

/// <summary>The RAM of a simulated machine: zeroed, outside the managed heap, at an address aligned for 1 GiB pages.</summary>
/// <remarks>
/// Physical address p is host address <see cref="Window"/> + p. Pages that nobody touches cost nothing, so a machine may
/// well have gigabytes. The addresses around RAM are forbidden: a kernel that reaches beyond it ends the process.
/// Linux only, like the image toolchain.
/// </remarks>
public sealed unsafe class SimMemory : IDisposable
{
    private const ulong Alignment = 1ul << 30;
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;

    private readonly void* _mapping;
    private readonly ulong _mappingBytes;
    private bool _isFree;

    public SimMemory(ulong bytes)
    {
        Bytes = bytes;
        // Twice: there is always something forbidden behind the last byte, too.
        _mappingBytes = bytes + (2 * Alignment);
        _mapping = MapPages(null, (nuint)_mappingBytes, ProtectNone, MapPrivateAnonymousNoReserve, -1, 0);
        if (_mapping == (void*)-1) throw new OutOfMemoryException($"no address space for {bytes} bytes of simulated RAM");
        Window = ((ulong)_mapping + Alignment - 1) & ~(Alignment - 1);
        Protect(0, bytes, ProtectReadWrite);
    }

    ~SimMemory() => Free();

    /// <summary>Size of RAM; it begins at physical address 0.</summary>
    public ulong Bytes { get; }

    /// <summary>Host address of physical address 0: the kernel's physical window.</summary>
    public ulong Window { get; }

    /// <summary>True when all of a range of kernel addresses is RAM.</summary>
    public bool Contains(ulong kernelAddress, ulong bytes) =>
        kernelAddress >= Window && kernelAddress - Window <= Bytes && bytes <= Bytes - (kernelAddress - Window);

    /// <summary>The word at a physical address.</summary>
    public ulong ReadWord(ulong physicalAddress) => *(ulong*)Host(physicalAddress, sizeof(ulong));

    public void WriteWord(ulong physicalAddress, ulong value) => *(ulong*)Host(physicalAddress, sizeof(ulong)) = value;

    /// <summary>A view of RAM, for tests to fill and compare.</summary>
    public Span<byte> Slice(ulong physicalAddress, int bytes) => new(Host(physicalAddress, (ulong)bytes), bytes);

    /// <summary>Makes every access to a physical range end the process, as an access outside RAM does.</summary>
    public void Forbid(ulong physicalAddress, ulong bytes) => Protect(physicalAddress, bytes, ProtectNone);

    /// <summary>True when every byte of a physical range is zero.</summary>
    public bool IsZero(ulong physicalAddress, ulong bytes)
    {
        const int Chunk = 1 << 20;
        for (ulong offset = 0; offset < bytes; offset += Chunk)
        {
            int length = (int)Math.Min(Chunk, bytes - offset);
            if (Slice(physicalAddress + offset, length).ContainsAnyExcept((byte)0)) return false;
        }
        return true;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private byte* Host(ulong physicalAddress, ulong bytes)
    {
        ObjectDisposedException.ThrowIf(_isFree, this);
        if (!Contains(Window + physicalAddress, bytes)) throw new SimBusError(physicalAddress, Bytes);
        return (byte*)(Window + physicalAddress);
    }

    private void Protect(ulong physicalAddress, ulong bytes, int protection)
    {
        int error = ProtectPages((void*)(Window + physicalAddress), (nuint)bytes, protection);
        if (error != 0) throw new OutOfMemoryException($"no memory for {bytes} bytes of simulated RAM");
    }

    private void Free()
    {
        if (_isFree) return;
        _isFree = true;
        UnmapPages(_mapping, (nuint)_mappingBytes);
    }

    [DllImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static extern void* MapPages(void* address, nuint bytes, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int ProtectPages(void* address, nuint bytes, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int UnmapPages(void* address, nuint bytes);
}

/// <summary>Somebody used a physical address at which there is no RAM.</summary>
public sealed class SimBusError(ulong physicalAddress, ulong ramBytes)
    : Exception($"physical address 0x{physicalAddress:x} is outside the {ramBytes >> 20} MiB of simulated RAM");
