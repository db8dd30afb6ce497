// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;

namespace Kernel.X64;

/// <summary>Reads a thread's memory through its own tables, for messages about threads that died.</summary>
internal static class UserMemory<M>
    where M : struct, IMachine
{
    private const int HugeShift = 30;
    private const int LargeShift = 21;
    private const int SmallShift = 12;

    /// <summary>Reads the word at a user address; false when it is no user address, is crooked, or is not mapped to RAM.</summary>
    /// <remarks>Device memory may lie beyond the physical window, and reading it may have effects: hands off.</remarks>
    internal static bool TryReadWord(ref KernelState kernel, ref Tcb tcb, ulong address, out ulong value)
    {
        value = 0;
        Capability root = tcb.Slots[(int)TcbSlot.VSpaceRoot].Capability;
        if (!Asids<M>.IsValidRoot(root) || address > Sel4.Abi.AbiConstants.UserTop || (address & 7) != 0) return false;
        if (Asids<M>.Find(ref kernel, root.Pml4MappedAsid) != root.Pml4Address) return false;
        return TryRead(root.Pml4Address, address, HugeShift, ref value)
            || TryRead(root.Pml4Address, address, LargeShift, ref value)
            || TryRead(root.Pml4Address, address, SmallShift, ref value);
    }

    private static bool TryRead(ulong pml4, ulong address, int shift, ref ulong value)
    {
        WalkResult walk = PageWalk<M>.Find(pml4, address, shift);
        if (walk.IsMissing) return false;
        ulong entry = walk.Entry.Value;

        if (!PageTableEntry.IsPresent(entry) || (entry & PageTableEntry.Device) != 0) return false;
        // Above the last level an entry without the large bit leads to a further table.
        if (shift != SmallShift && PageTableEntry.IsTable(entry)) return false;
        ulong offset = address & ((1ul << shift) - 1);
        value = new Ref<ulong>(M.PhysicalWindow + PageTableEntry.PageAddress(entry, shift) + offset).Value;
        return true;
    }
}
