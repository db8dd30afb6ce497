// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
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
    /// <summary>Goes over to the address space that a thread's root capability names.</summary>
    /// <remarks>
    /// The first word of the capability settles the common case, "the same as before", in one comparison. That is sound
    /// because an address space never stays active when it dies (<see cref="SpaceRemoved"/>), and because a PML4 keeps the
    /// one number that it was given: while it is active, every numbered capability to it is valid. A thread without root
    /// has a zero there, like the kernel's own space.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Enter(ref KernelState kernel, ref CapabilitySlot root)
    {
        if (root.Word0 != kernel.ActiveRootWord) Change(ref kernel, root.Capability);
    }

    /// <summary>Whether a valid root capability names the active address space; its number need not be looked up then.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsNamedBy(ref KernelState kernel, Capability root) => root.Word0 == kernel.ActiveRootWord;

    /// <summary>Loads CR3 with the root that a capability names; with the kernel's own when that has died (R-TCB-38).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Change(ref KernelState kernel, Capability root)
    {
        ulong address = root.Pml4Address;
        if (Asids<M>.IsValidRoot(root) && Asids<M>.Find(ref kernel, root.Pml4MappedAsid) == address)
            Activate(ref kernel, address - M.PhysicalWindow, root.Word0);
        else
            EnterKernelSpace(ref kernel);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EnterKernelSpace(ref KernelState kernel) => Activate(ref kernel, M.KernelPageTableRoot, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Activate(ref KernelState kernel, ulong physicalRoot, ulong word)
    {
        if (kernel.ActiveRoot == physicalRoot) return;
        kernel.ActiveRoot = physicalRoot;
        kernel.ActiveRootWord = word;
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
        if (IsActive(ref kernel, pml4)) EnterKernelSpace(ref kernel);
    }

    private static bool IsActive(ref KernelState kernel, ulong pml4) => kernel.ActiveRoot == pml4 - M.PhysicalWindow;
}
