// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>Several objects of one type to be asked for.</summary>
/// <param name="type">What to make; paging structures are no exception.</param>
/// <param name="sizeBits">log2 bytes of untyped memory, log2 slots of a CNode; ignored for other types.</param>
/// <param name="count">How many, 1 to 256.</param>
public readonly struct BatchSpec(ObjectType type, int sizeBits, int count)
{
    /// <summary>What to make.</summary>
    public readonly ObjectType Type = type;

    /// <summary>The size as the kernel takes it.</summary>
    public readonly int SizeBits = sizeBits;

    /// <summary>How many.</summary>
    public readonly int Count = count;

    /// <summary>All in one run of addresses.</summary>
    public bool IsContiguous { get; init; }

    /// <summary>Fewer will do, but at least one.</summary>
    public bool IsBestEffort { get; init; }

    /// <summary>Exactly where the run begins; null leaves it to the server.</summary>
    public PhysicalAddress? At { get; init; }

    /// <summary>log2 of the alignment beyond the object's own.</summary>
    public int AlignBits { get; init; }

    /// <summary>Lowest physical address allowed.</summary>
    public ulong MinAddress { get; init; }

    /// <summary>Last byte allowed; 0 for no limit.</summary>
    public ulong MaxAddress { get; init; }

    internal RangeFlag Flags
    {
        get
        {
            var flags = RangeFlag.None;
            if (IsContiguous) flags |= RangeFlag.Contiguous;
            if (IsBestEffort) flags |= RangeFlag.BestEffort;
            if (At is not null) flags |= RangeFlag.ExactStart;
            return flags;
        }
    }
}
