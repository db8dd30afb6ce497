// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Sel4.Abi;

namespace Kernel.X64;

/// <summary>Map and Unmap of page tables, page directories and PDPTs (ABI §17.5).</summary>
internal static class TableInvocation<M>
    where M : struct, IMachine
{
    private const int MapLength = 2;
    private const ulong TableBytes = 1ul << AbiConstants.PageBits;

    internal static SyscallError Invoke(ref KernelState kernel, ref Invocation call)
    {
        InvocationLabel map = MapLabel(call.Capability.Tag);
        if ((InvocationLabel)call.Label == map) return Map(ref kernel, ref call);
        // Each type's Unmap has the number after its Map (ABI §9).
        return (InvocationLabel)call.Label == map + 1 ? Unmap(ref kernel, ref call) : SyscallError.IllegalOperation;
    }

    private static InvocationLabel MapLabel(CapabilityTag tag) => tag switch
    {
        CapabilityTag.PageTable => InvocationLabel.X86PageTableMap,
        CapabilityTag.PageDirectory => InvocationLabel.X86PageDirectoryMap,
        _ => InvocationLabel.X86PdptMap,
    };

    /// <summary>MR0 address (bits below the table's reach are dropped), MR1 attributes; extra capability 1 the address space.</summary>
    private static SyscallError Map(ref KernelState kernel, ref Invocation call)
    {
        if (call.Length < MapLength || call.ExtraCount < 1) return SyscallError.TruncatedMessage;
        Capability table = call.Capability;
        if (Tables<M>.IsMapped(table)) return SyscallError.InvalidCapability(0);
        Capability root = call.Extra0.Value.Capability;
        if (!Asids<M>.IsValidRoot(root)) return SyscallError.InvalidCapability(1);
        int coverBits = Tables<M>.CoverBits(table);
        ulong address = call.Word0 & ~((1ul << coverBits) - 1);
        if (address > AbiConstants.UserTop) return SyscallError.InvalidArgument(0);
        SyscallError error = Asids<M>.Check(ref kernel, root);
        if (!error.IsNone) return error;
        WalkResult walk = PageWalk<M>.Find(root.Pml4Address, address, coverBits);
        if (walk.IsMissing) return walk.Error;
        if (PageTableEntry.IsPresent(walk.Entry.Value)) return SyscallError.DeleteFirst;

        // The entry was not present, and such entries are not cached: nothing to invalidate.
        walk.Entry.Value = PageTableEntry.ForTable(ArchObjects.PhysicalAddress<M>(Tables<M>.Address(table)), call.Word1);
        call.Slot.Value.Capability = Tables<M>.WithMapping(table, root.Pml4MappedAsid, address);
        return SyscallError.None;
    }

    /// <summary>Takes the table out and empties it, so that it can be mapped afresh (R-VS-20, R-VS-21).</summary>
    private static SyscallError Unmap(ref KernelState kernel, ref Invocation call)
    {
        if (!MappingDatabase<X64<M>>.IsFinal(call.Slot)) return SyscallError.RevokeFirst;
        Capability table = call.Capability;
        if (!Tables<M>.IsMapped(table)) return SyscallError.None;
        Tables<M>.Remove(ref kernel, table);
        M.ClearMemory(Tables<M>.Address(table), TableBytes);
        call.Slot.Value.Capability = Tables<M>.WithoutMapping(table);
        return SyscallError.None;
    }
}
