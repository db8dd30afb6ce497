// SPDX-License-Identifier: BSD-2-Clause

using System.Runtime.CompilerServices;
using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Address space numbers: 8 pools of 512, each a page of PML4 addresses (ABI §18). Zero is never given out.</summary>
internal static class Asids<M>
    where M : struct, IMachine
{
    internal const int PoolBits = 9;
    private const ulong IndexMask = AbiConstants.AsidPoolEntries - 1;
    private const int KernelHalf = PageTableEntry.EntriesPerTable / 2;

    /// <summary>A PML4 capability that was given a number; whether the number still leads to it is for <see cref="Check"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsValidRoot(Capability capability) => capability.Tag == CapabilityTag.Pml4 && capability.Pml4IsMapped;

    /// <summary>Kernel address of the PML4 with that number; zero when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Find(ref KernelState kernel, ulong asid)
    {
        ulong pool = kernel.AsidPools[(int)(asid >> PoolBits)];
        return pool == 0 ? 0 : EntryOf(pool, asid).Value;
    }

    /// <summary>Whether the number of a root capability still leads to that root (ABI §17.4).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static SyscallError Check(ref KernelState kernel, Capability root) =>
        ActiveSpace<M>.IsNamedBy(ref kernel, root) ? SyscallError.None : CheckNumber(ref kernel, root);

    private static SyscallError CheckNumber(ref KernelState kernel, Capability root)
    {
        ulong pml4 = Find(ref kernel, root.Pml4MappedAsid);
        if (pml4 == 0) return SyscallError.FailedLookup(LookupFailure.InvalidRoot, wasSource: false);
        return pml4 == root.Pml4Address ? SyscallError.None : SyscallError.InvalidCapability(1);
    }

    /// <summary>A free number of the pool; zero when it is full. Pool 0 has 511, because number 0 stands for none.</summary>
    internal static ulong FindFree(ulong pool, ulong firstAsid)
    {
        for (ulong asid = firstAsid; asid < firstAsid + AbiConstants.AsidPoolEntries; asid++)
        {
            if (asid != 0 && EntryOf(pool, asid).Value == 0) return asid;
        }
        return 0;
    }

    /// <summary>Gives a PML4 its number and the kernel's half of the address space, which is the same in all of them (R-VS-26).</summary>
    internal static void Assign(ulong pool, ulong asid, ulong pml4)
    {
        ulong kernelRoot = M.PhysicalWindow + M.KernelPageTableRoot;
        for (ulong index = KernelHalf; index < PageTableEntry.EntriesPerTable; index++)
        {
            new Ref<ulong>(pml4 + (index << 3)).Value = new Ref<ulong>(kernelRoot + (index << 3)).Value;
        }
        EntryOf(pool, asid).Value = pml4;
    }

    /// <summary>The last capability of a PML4 went: its number is free, and nobody runs in it any more (R-ASID-06).</summary>
    internal static void Release(ref KernelState kernel, ulong asid, ulong pml4)
    {
        if (Find(ref kernel, asid) != pml4) return;
        EntryOf(kernel.AsidPools[(int)(asid >> PoolBits)], asid).Value = 0;
        ActiveSpace<M>.SpaceRemoved(ref kernel, pml4);
    }

    /// <summary>The last capability of a pool went: its address spaces lose their numbers (R-ASID-07).</summary>
    internal static void Detach(ref KernelState kernel, ulong pool, ulong firstAsid)
    {
        int number = (int)(firstAsid >> PoolBits);
        if (kernel.AsidPools[number] != pool) return;
        kernel.AsidPools[number] = 0;
        for (ulong index = 0; index < AbiConstants.AsidPoolEntries; index++)
        {
            ulong pml4 = EntryOf(pool, index).Value;
            if (pml4 != 0) ActiveSpace<M>.SpaceRemoved(ref kernel, pml4);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Ref<ulong> EntryOf(ulong pool, ulong asid) => new(pool + ((asid & IndexMask) << 3));
}
