// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>How slot numbers of one CSpace become arguments of the kernel's calls (AL:I2, AL:L5).</summary>
/// <remarks>
/// A slot's number is its capability pointer: in one level the index in the root CNode, in two levels (i &lt;&lt; b | j) for slot j
/// of the CNode in root slot i. The root's guard of zeros takes the rest of the 64 bits. Retype names a CNode and an offset in
/// it; Copy, Move and Delete name the slot; the two differ in index and depth, and only this type knows how.
/// </remarks>
public readonly struct CSpaceShape
{
    private CSpaceShape(int rootBits, int leafBits)
    {
        if (rootBits < 1 || leafBits < 0 || rootBits + leafBits > 32)
            throw new ArgumentOutOfRangeException(nameof(rootBits), "slot numbers have at most 32 bits");
        RootBits = rootBits;
        LeafBits = leafBits;
    }

    /// <summary>log2 of the root's slots.</summary>
    public int RootBits { get; }

    /// <summary>log2 of the slots of each second-level CNode; 0 in one level.</summary>
    public int LeafBits { get; }

    public bool IsTwoLevel => LeafBits != 0;

    /// <summary>A root CNode with 2^<paramref name="rootBits"/> slots and nothing below.</summary>
    public static CSpaceShape OneLevel(int rootBits) => new(rootBits, 0);

    /// <summary>A root CNode whose slots hold CNodes of 2^<paramref name="leafBits"/> slots.</summary>
    public static CSpaceShape TwoLevel(int rootBits, int leafBits) => leafBits < 1
        ? throw new ArgumentOutOfRangeException(nameof(leafBits), "a second-level CNode has at least 2 slots")
        : new CSpaceShape(rootBits, leafBits);

    /// <summary>log2 of how many slots there can be.</summary>
    public int Bits => RootBits + LeafBits;

    /// <summary>Which root slot leads to this slot.</summary>
    public uint LeafOf(uint slot) => slot >> LeafBits;

    /// <summary>The first slot below a root slot.</summary>
    public uint FirstOf(uint leaf) => leaf << LeafBits;

    /// <summary>Where a slot is, for Copy, Mint, Move, Delete and Revoke: index and depth from the root.</summary>
    public SlotArguments Slot(uint slot) => new(slot, AbiConstants.WordBits, 0);

    /// <summary>A root slot itself: the guard and the root's own bits, without those of the second level.</summary>
    public SlotArguments RootSlot(uint leaf) => new(leaf, AbiConstants.WordBits - LeafBits, 0);

    /// <summary>Where new objects go, for Retype: the CNode by index and depth (depth 0 is the root), and the offset in it.</summary>
    public SlotArguments Destination(uint slot) => IsTwoLevel
        ? new SlotArguments(LeafOf(slot), AbiConstants.WordBits - LeafBits, slot & ((1u << LeafBits) - 1))
        : new SlotArguments(0, 0, slot);

    /// <summary>Where a new second-level CNode goes, for Retype.</summary>
    public SlotArguments RootDestination(uint leaf) => new(0, 0, leaf);
}

/// <summary>Index, depth and offset as the kernel's calls take them.</summary>
public readonly struct SlotArguments(ulong index, int depth, uint offset)
{
    public readonly ulong Index = index;
    public readonly int Depth = depth;

    /// <summary>Only for Retype.</summary>
    public readonly uint Offset = offset;
}
