// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>What a mapping attempt met with.</summary>
public readonly struct MapOutcome(ErrorCode error, int bitsLeft)
{
    public readonly ErrorCode Error = error;

    /// <summary>After FailedLookup: bits of the address that the missing structure would resolve (AL:V4): 39, 30 or 21.</summary>
    public readonly int BitsLeft = bitsLeft;
}

/// <summary>What an address space asks of the kernel. Slots are slot numbers of the allocator's own CSpace.</summary>
public interface IPagingOperations
{
    /// <summary>Copies a frame's capability into an empty slot: the mapping's own (AL:V5).</summary>
    ErrorCode CopyFrame(uint frameSlot, uint copySlot, CapRights rights);

    /// <summary>Maps a frame.</summary>
    MapOutcome MapFrame(uint copySlot, ulong address, CapRights rights);

    /// <summary>Puts a paging structure in its place.</summary>
    MapOutcome MapStructure(uint slot, ObjectType type, ulong address);

    /// <summary>Removes a capability; a mapping goes with it (AL:F1).</summary>
    ErrorCode Delete(uint slot);
}
