// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.RootServer;

/// <summary>Maps pages, making the paging structures that are missing (AL:V4).</summary>
public static class PageMapper
{
    /// <summary>Maps a 4 KiB frame; structures come from <paramref name="arena"/>. The error is the kernel's, or NotEnoughMemory.</summary>
    public static Sel4Error Map(
        Cap<Pml4> vspace, uint frame, ulong address, CapRights rights, Arena arena, VmAttributes attributes = VmAttributes.WriteBack)
    {
        Cap<SmallPage> page = new(frame);
        Sel4Error error = page.Map(address, rights, attributes, vspace);
        int attempts = 1;
        while (attempts++ < PagingStructures.MaxAttempts && PagingStructures.TryGetMissing(error, out ObjectType type))
        {
            if (!arena.TryCreate(type, 0, out uint structure)) return new Sel4Error(ErrorCode.NotEnoughMemory);
            error = PagingStructures.Map(type, new CapabilityPointer(structure), address, vspace);
            if (!error.IsOk) return error;
            error = page.Map(address, rights, attributes, vspace);
        }

        return error;
    }
}
