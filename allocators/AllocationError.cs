// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Why an allocator refused (AL:U15, AL:G1). Each reason is distinct, so that the caller can say what would work.</summary>
public enum AllocationError : byte
{
    None = 0,

    /// <summary>Fewer bytes are free than were asked for.</summary>
    OutOfMemory,

    /// <summary>Enough bytes are free, but no block of that size, even after merging.</summary>
    Fragmented,

    /// <summary>The size lies outside what untyped memory can have.</summary>
    BadSize,

    /// <summary>The address is not a multiple of the size.</summary>
    Misaligned,

    /// <summary>No region of untyped memory contains the address.</summary>
    NoRegion,

    /// <summary>The range begins in one region and ends outside it.</summary>
    Straddles,

    /// <summary>The range, or a part of it, is in use.</summary>
    Taken,

    /// <summary>The range is kept for the system itself.</summary>
    Reserved,

    /// <summary>No capability slots are left for the pieces.</summary>
    OutOfSlots,

    /// <summary>No bookkeeping nodes are left.</summary>
    OutOfNodes,

    /// <summary>The kernel refused an operation that should have succeeded; the block is quarantined (AL:F2).</summary>
    KernelRefused,

    /// <summary>Nothing that is free lies where the request allows it: window, alignment, colour, or a policy's rank (AL:U19).</summary>
    NoPlace,

    /// <summary>The request cannot be satisfied by any memory: an empty window, or a window smaller than the block.</summary>
    BadWindow,

    /// <summary>Asked from within a hook of the allocator's own (AL:I8, AL:X4).</summary>
    Reentered,

    /// <summary>No object has this type number (AL:Z3).</summary>
    UnknownType,

    /// <summary>Objects of this type cannot be made from device memory (AL:U8).</summary>
    WrongKind,
}
