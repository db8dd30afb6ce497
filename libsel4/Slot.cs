// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4;

/// <summary>The address of one slot as CNode operations want it: a root, an index, and how many bits of it count.</summary>
/// <remarks>
/// Source: AL:I2, ABI-22.3. The bits are consumed by the guard and radix of the root and of every CNode below it. The
/// operations are in <c>Calls/SlotCalls.cs</c>.
/// </remarks>
public readonly struct SlotPath
{
    /// <summary>The CNode that the address is looked up in, by a capability of the program's own CSpace.</summary>
    public readonly Cap<CNode> Root;

    /// <summary>The address.</summary>
    public readonly ulong Index;

    /// <summary>Bits of the address that count, 1 to 64.</summary>
    public readonly int Depth;

    /// <summary>Names a slot.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SlotPath(Cap<CNode> root, ulong index, int depth)
    {
        Root = root;
        Index = index;
        Depth = depth;
    }

    /// <summary>A slot of the CSpace whose root is given, by the pointer that a thread of that CSpace uses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SlotPath Of(Cap<CNode> root, CapabilityPointer pointer) => new(root, pointer.Value, AbiConstants.WordBits);
}

/// <summary>A run of slots of one CNode, as Retype wants it and, for each single slot, as the other operations want it.</summary>
/// <remarks>
/// Source: AL:I2, R-UT-06. Retype resolves root, index and depth to the *CNode* (depth 0: the root is it) and then takes
/// an offset; Copy, Move and Delete resolve root, index and depth to the *slot*. Both are derived from one value here, so
/// that they cannot disagree.
/// </remarks>
public readonly struct CNodeDestination
{
    /// <summary>The CNode that the destination is looked up in.</summary>
    public readonly Cap<CNode> Root;

    /// <summary>Address of the destination CNode seen from the root; 0 when the root is the destination.</summary>
    public readonly ulong NodeIndex;

    /// <summary>Bits of that address; 0 when the root is the destination.</summary>
    public readonly int NodeDepth;

    /// <summary>The first slot.</summary>
    public readonly ulong Offset;

    /// <summary>Bits that the destination CNode consumes itself: its guard and its radix.</summary>
    public readonly int LevelBits;

    /// <summary>Names slots of a CNode below the root.</summary>
    public CNodeDestination(Cap<CNode> root, ulong nodeIndex, int nodeDepth, ulong offset, int levelBits)
    {
        Root = root;
        NodeIndex = nodeIndex;
        NodeDepth = nodeDepth;
        Offset = offset;
        LevelBits = levelBits;
    }

    /// <summary>
    /// Slots of a CNode that is itself the root. <paramref name="levelBits"/> is its guard size plus its radix: 64 for the
    /// root of a CSpace, where slot numbers are addresses.
    /// </summary>
    public static CNodeDestination InRoot(Cap<CNode> root, ulong offset, int levelBits = AbiConstants.WordBits) =>
        new(root, 0, 0, offset, levelBits);

    /// <summary>The slot a number of places after the first, as Copy, Move and Delete name it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SlotPath Slot(ulong place)
    {
        // A shift by 64 would be a shift by 0; it only occurs in the root, where the index of the node is 0 anyway.
        ulong index = NodeDepth == 0 ? Offset + place : (NodeIndex << LevelBits) | (Offset + place);
        return new SlotPath(Root, index, NodeDepth + LevelBits);
    }

    /// <summary>The same CNode from a later slot on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CNodeDestination Skip(ulong slots) => new(Root, NodeIndex, NodeDepth, Offset + slots, LevelBits);
}
