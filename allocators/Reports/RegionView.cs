// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>One untyped of the boot information, as listings show it (AL:U9, AL:U10).</summary>
public readonly struct RegionView(ulong address, int sizeBits, MemoryKind kind, ulong freeBytes, int largestFreeBits, bool isWhole)
{
    public readonly ulong Base = address;
    public readonly int SizeBits = sizeBits;
    public readonly MemoryKind Kind = kind;
    public readonly ulong FreeBytes = freeBytes;

    /// <summary>log2 bytes of the largest block that could be had from it; −1 when there is none.</summary>
    public readonly int LargestFreeBits = largestFreeBits;

    /// <summary>Its address is no multiple of its size, so that it can only be used as a whole, and is kept (AL:U3).</summary>
    public readonly bool IsWhole = isWhole;

    /// <summary>The last byte.</summary>
    public ulong Last => Base + ((1ul << SizeBits) - 1);
}

/// <summary>Counts the free bytes of one region.</summary>
internal sealed class RegionSum(UntypedTree tree)
{
    private readonly UntypedTree _tree = tree;

    public RegionView ViewOf(uint root)
    {
        ref UntypedNode node = ref _tree.Pool[root];
        bool isWhole = (node.Base & ((1ul << node.Order) - 1)) != 0;
        return new RegionView(node.Base, node.Order, node.Kind, FreeIn(root), node.Largest == 0 ? -1 : node.Largest, isWhole);
    }

    private ulong FreeIn(uint index)
    {
        ref UntypedNode node = ref _tree.Pool[index];
        switch (node.State)
        {
            case NodeState.Free:
            case NodeState.Resting:
            case NodeState.Split when node.BusyHalves == 0:
                return 1ul << node.Order;
            case NodeState.Split:
                uint first = node.FirstChild;
                return FreeIn(first) + FreeIn(first + 1);
            default:
                return 0;
        }
    }
}
