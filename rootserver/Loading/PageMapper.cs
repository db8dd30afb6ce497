// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Maps pages, making the paging structures that are missing (AL:V4).</summary>
public static class PageMapper
{
    // PDPT, page directory and page table may be missing: three repairs, then the page itself.
    private const int MaxAttempts = 4;
    private const ulong MissingPdpt = 39;
    private const ulong MissingPageDirectory = 30;
    private const ulong MissingPageTable = 21;

    /// <summary>Maps a 4 KiB frame; structures come from <paramref name="arena"/>. The error is the kernel's, or NotEnoughMemory.</summary>
    public static Sel4Error Map(CapabilityPointer vspace, uint frame, ulong address, CapRights rights, Arena arena)
    {
        CapabilityPointer page = new(frame);
        Sel4Error error = X86PageInvocation.Map(page, address, rights, VmAttributes.WriteBack, vspace);
        for (int attempt = 1; attempt < MaxAttempts && error.Code == ErrorCode.FailedLookup; attempt++)
        {
            Sel4Error repair = AddStructure(vspace, address, error.Detail2, arena);
            if (!repair.IsOk) return repair;
            error = X86PageInvocation.Map(page, address, rights, VmAttributes.WriteBack, vspace);
        }

        return error;
    }

    private static Sel4Error AddStructure(CapabilityPointer vspace, ulong address, ulong bitsLeft, Arena arena)
    {
        ObjectType type = bitsLeft switch
        {
            MissingPdpt => ObjectType.Pdpt,
            MissingPageDirectory => ObjectType.PageDirectory,
            MissingPageTable => ObjectType.PageTable,
            _ => ObjectType.Untyped,
        };
        if (type == ObjectType.Untyped) return new Sel4Error(ErrorCode.FailedLookup);
        if (!arena.TryCreate(type, 0, out uint slot)) return new Sel4Error(ErrorCode.NotEnoughMemory);
        CapabilityPointer structure = new(slot);
        Sel4Error error = type switch
        {
            ObjectType.Pdpt => X86PdptInvocation.Map(structure, address, VmAttributes.WriteBack, vspace),
            ObjectType.PageDirectory => X86PageDirectoryInvocation.Map(structure, address, VmAttributes.WriteBack, vspace),
            _ => X86PageTableInvocation.Map(structure, address, VmAttributes.WriteBack, vspace),
        };
        // Somebody else's structure is there already: as good as ours, which goes back with the arena.
        return error.Code == ErrorCode.DeleteFirst ? default : error;
    }
}
