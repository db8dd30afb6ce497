// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Compares the books of untyped memory with the trees, node by node (AL:A3, AL:G3). Slow: for tests and debugging.</summary>
public static class UntypedCheck
{
    /// <summary>Null when everything agrees, else the first thing that does not.</summary>
    public static string? Problem(UntypedAllocator allocator)
    {
        UntypedTree tree = allocator.Tree;
        Sums sums = new();
        for (uint region = tree.Regions.FindFrom(0); region != 0; region = tree.Regions.After(region))
        {
            if (Check(tree, region, sums) is { } problem) return problem;
        }

        for (int kind = 0; kind < 3; kind++)
        {
            UntypedTotals totals = tree.Books.Totals((MemoryKind)kind);
            bool isRight = totals.FreeBytes == sums.Bytes[kind] && totals.GrantedBytes == sums.Bytes[3 + kind]
                && totals.ReservedBytes == sums.Bytes[6 + kind] && totals.QuarantinedBytes == sums.Bytes[9 + kind]
                && totals.GrantedBlocks == sums.GrantedBlocks[kind];
            if (!tree.Books.IsBalanced((MemoryKind)kind)) return $"{(MemoryKind)kind} memory does not add up to what was adopted";
            if (!isRight) return $"the books of {(MemoryKind)kind} memory differ from its trees";
        }

        if (tree.SlotsOfPieces != sums.Slots) return $"{sums.Slots} slots hold pieces, the books say {tree.SlotsOfPieces}";
        int pairs = (sums.Slots / 2) + tree.Regions.Count;
        return tree.Pool.Pairs - tree.Pool.FreePairs == pairs
            ? null : $"{pairs} node pairs are in use, the pool says {tree.Pool.Pairs - tree.Pool.FreePairs}";
    }

    private sealed class Sums
    {
        public readonly ulong[] Bytes = new ulong[12];
        public readonly int[] GrantedBlocks = new int[3];
        public int Slots;
    }

    private static string? Check(UntypedTree tree, uint index, Sums sums)
    {
        UntypedNode node = tree.Pool[index];
        int kind = (int)node.Kind;
        int largest = 0;
        switch (node.State)
        {
            case NodeState.Split:
                return CheckSplit(tree, index, sums);
            case NodeState.Free:
                largest = node.Order;
                sums.Bytes[kind] += 1ul << node.Order;
                break;
            case NodeState.Resting:
                sums.Bytes[kind] += 1ul << node.Order;
                break;
            case NodeState.Granted:
                sums.Bytes[3 + kind] += 1ul << node.Order;
                sums.GrantedBlocks[kind]++;
                break;
            case NodeState.Reserved:
                sums.Bytes[6 + kind] += 1ul << node.Order;
                break;
            case NodeState.Quarantined:
                sums.Bytes[9 + kind] += 1ul << node.Order;
                break;
            default:
                return $"the node at {node.Base:x} is unused, but part of a tree";
        }

        return node.Largest == largest ? null : $"the node at {node.Base:x} says 2^{node.Largest} is free in it, not 2^{largest}";
    }

    private static string? CheckSplit(UntypedTree tree, uint index, Sums sums)
    {
        UntypedNode node = tree.Pool[index];
        int busy = node.IsPinned ? 1 : 0;
        int largest = 0;
        for (uint half = node.FirstChild; half <= node.FirstChild + 1; half++)
        {
            UntypedNode child = tree.Pool[half];
            ulong expected = node.Base + (half == node.FirstChild ? 0 : 1ul << (node.Order - 1));
            if (child.Parent != index || child.Order != node.Order - 1 || child.Base != expected || child.Kind != node.Kind)
                return $"a half of the node at {node.Base:x} does not fit it";
            if (Check(tree, half, sums) is { } problem) return problem;
            if (!tree.ListsOf(half).IsCompletelyFree(half)) busy++;
            if (child.Largest > largest) largest = child.Largest;
        }

        sums.Slots += 2;
        if (busy == 0) largest = node.Order;
        if (node.BusyHalves != busy) return $"the node at {node.Base:x} counts {node.BusyHalves} busy halves, not {busy}";
        return node.Largest == largest ? null : $"the node at {node.Base:x} says 2^{node.Largest} is free in it, not 2^{largest}";
    }
}
