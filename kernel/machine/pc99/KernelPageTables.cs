// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Pc99;

/// <summary>The kernel's half of every address space. Boot.S builds it; here it is described and given device pages.</summary>
public static unsafe class KernelPageTables
{
    /// <summary>Kernel address of physical address zero.</summary>
    public const ulong PhysicalWindow = 0xffffff8000000000;

    /// <summary>Kernel address of physical address zero for the kernel's own image.</summary>
    public const ulong ImageBase = 0xffffffff80000000;

    /// <summary>First page of kernel devices; the last of the 512 are the kernel's stack and its guards (Boot.S).</summary>
    public const ulong DeviceBase = 0xffffffffc0000000;

    public const ulong PageBytes = 4096;

    // Present, writable, write-through and cache-disabled (PAT entry 3 = UC), global.
    private const ulong DeviceEntry = 0x11b;

    /// <summary>First physical address that the window does not show: RAM from here on is device memory to the kernel.</summary>
    public static ulong WindowTop => (ulong)*(uint*)Instructions.Symbols()->WindowGibibytes << 30;

    public static bool HasHugePages => *(byte*)Instructions.Symbols()->HasHugePages != 0;

    /// <summary>Physical address of the kernel's PML4; its entry 511 is the kernel's part of every address space.</summary>
    public static ulong Root => Instructions.Symbols()->PageMapLevel4 - ImageBase;

    /// <summary>Maps the page of a device uncached and gives the kernel address of <paramref name="physicalAddress"/>.</summary>
    /// <remarks>Each <paramref name="page"/> number is for one device; a fresh entry needs no TLB flush.</remarks>
    public static ulong MapDevice(int page, ulong physicalAddress)
    {
        ulong* table = (ulong*)Instructions.Symbols()->DeviceTable;
        table[page] = (physicalAddress & ~(PageBytes - 1)) | DeviceEntry;
        return DeviceBase + ((ulong)page * PageBytes) + (physicalAddress & (PageBytes - 1));
    }

    /// <summary>True when the kernel can read <paramref name="bytes"/> bytes at a physical address through the window.</summary>
    public static bool IsVisible(ulong physicalAddress, ulong bytes) =>
        physicalAddress < WindowTop && bytes <= WindowTop - physicalAddress;
}
