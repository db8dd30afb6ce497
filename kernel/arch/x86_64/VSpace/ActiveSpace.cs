// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>The address space in CR3, and the invalidations that changes to it need (SDM 3A §4.10.4).</summary>
/// <remarks>
/// Other address spaces need none: without PCIDs every CR3 write drops all user entries. Making an entry present needs none
/// either, because the CPU caches only present entries (§4.10.2.3). So: whatever stops being true of the active space is
/// invalidated on the spot (R-VS-23), and nothing else.
/// </remarks>
internal static class ActiveSpace<M>
    where M : struct, IMachine
{
    /// <summary>Loads CR3 unless it has that root already.</summary>
    internal static void Activate(ref KernelState kernel, ulong physicalRoot)
    {
        if (kernel.ActiveRoot == physicalRoot) return;
        kernel.ActiveRoot = physicalRoot;
        M.WritePageTableRoot(physicalRoot);
    }

    /// <summary>A page of that address space was mapped differently or not at all.</summary>
    internal static void PageChanged(ref KernelState kernel, ulong pml4, ulong address)
    {
        if (IsActive(ref kernel, pml4)) M.InvalidatePage(address);
    }

    /// <summary>A table of that address space was taken out.</summary>
    internal static void TableRemoved(ref KernelState kernel, ulong pml4)
    {
        if (IsActive(ref kernel, pml4)) M.FlushTlb();
    }

    /// <summary>The address space is no more: leaves it if it is the active one.</summary>
    internal static void SpaceRemoved(ref KernelState kernel, ulong pml4)
    {
        if (IsActive(ref kernel, pml4)) Activate(ref kernel, M.KernelPageTableRoot);
    }

    private static bool IsActive(ref KernelState kernel, ulong pml4) => kernel.ActiveRoot == pml4 - M.PhysicalWindow;
}
