// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Kernel.Core;

/// <summary>Arithmetic on the watermark of an untyped capability.</summary>
/// <remarks>
/// The capability counts in units of 16 bytes, the smallest object. Memory above the watermark is zeroed, unless it is a
/// device's. A full watermark without children means: contents unknown, to be zeroed before use.
/// </remarks>
public static class UntypedMemory
{
    /// <summary>log2 of the unit of the free index.</summary>
    public const int UnitBits = AbiConstants.MinUntypedBits;

    /// <summary>The free index of an untyped that is used up.</summary>
    public static ulong FullIndex(Capability untyped) => 1ul << ((int)untyped.UntypedSizeBits - UnitBits);

    /// <summary>Bytes of the region.</summary>
    public static ulong SizeBytes(Capability untyped) => 1ul << (int)untyped.UntypedSizeBits;

    /// <summary>Bytes from the start of the region to the watermark.</summary>
    public static ulong UsedBytes(Capability untyped) => untyped.UntypedFreeIndex << UnitBits;

    /// <summary>The capability with its watermark at a byte offset, a multiple of 16.</summary>
    public static Capability WithUsedBytes(Capability untyped, ulong bytes) => untyped.WithUntypedFreeIndex(bytes >> UnitBits);
}
