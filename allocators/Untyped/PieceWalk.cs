// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Goes through all whole pieces in the order of addresses.</summary>
internal sealed class PieceWalk(UntypedTree tree)
{
    private readonly UntypedTree _tree = tree;

    public void Walk(IPieceVisitor visitor)
    {
        for (uint region = _tree.Regions.FindFrom(0); region != 0; region = _tree.Regions.After(region)) Walk(region, visitor);
    }

    /// <summary>A completely free piece is one, whether it is split or not: it can be had as a whole (AL:U11a).</summary>
    private void Walk(uint index, IPieceVisitor visitor)
    {
        ref UntypedNode node = ref _tree.Pool[index];
        if (node.State == NodeState.Split && node.BusyHalves != 0)
        {
            uint first = node.FirstChild;
            Walk(first, visitor);
            Walk(first + 1, visitor);
            return;
        }

        PieceUse use = node.State switch
        {
            NodeState.Granted => PieceUse.Granted,
            NodeState.Reserved => PieceUse.Reserved,
            NodeState.Quarantined => PieceUse.Quarantined,
            _ => PieceUse.Free,
        };
        visitor.Visit(new PieceView(node.Base, node.Order, node.Kind, use, node.Slot));
    }
}
