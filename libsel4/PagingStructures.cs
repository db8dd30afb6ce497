// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;

namespace Sel4;

/// <summary>The tables above a page: which one the kernel missed, and how it is mapped. AL:V4, ABI-17.</summary>
/// <remarks>
/// Whoever maps a page tries, looks at the error, supplies the one table that was missing, and tries again; at most three are
/// missing. Where the table's memory comes from is the caller's business.
/// </remarks>
public static class PagingStructures
{
    /// <summary>Attempts that mapping a page can take: three missing tables, and the page itself.</summary>
    public const int MaxAttempts = 4;

    /// <summary>True when a Map failed for want of a table; its type then.</summary>
    public static bool TryGetMissing(Sel4Error error, out ObjectType type)
    {
        type = ObjectType.Untyped;
        if (error.LookupFailure != LookupFailureKind.MissingCapability) return false;
        switch (error.BitsLeft)
        {
            case AbiConstants.PdptCoverBits:
                type = ObjectType.Pdpt;
                return true;
            case AbiConstants.HugePageBits:
                type = ObjectType.PageDirectory;
                return true;
            case AbiConstants.LargePageBits:
                type = ObjectType.PageTable;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Maps a table of the given type at the address that it is to cover.</summary>
    public static Sel4Error Map(ObjectType type, CapabilityPointer table, ulong address, Cap<Pml4> vspace) => type switch
    {
        ObjectType.Pdpt => new Cap<Pdpt>(table).Map(address, VmAttributes.WriteBack, vspace),
        ObjectType.PageDirectory => new Cap<PageDirectory>(table).Map(address, VmAttributes.WriteBack, vspace),
        ObjectType.PageTable => new Cap<PageTable>(table).Map(address, VmAttributes.WriteBack, vspace),
        _ => new Sel4Error(ErrorCode.InvalidArgument),
    };
}
