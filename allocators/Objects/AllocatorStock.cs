// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Keeps slots and nodes ahead of need (AL:B5): every operation's worst case is there before it begins.</summary>
/// <remarks>
/// Making a second-level CNode needs memory, memory needs slots, slots come from second-level CNodes: the circle of AL:B3. It is
/// cut here, without watermarks and re-entrancy counters: growing needs at most <see cref="GrowthSlots"/> slots, so as long as
/// <see cref="Wanted"/> slots are free at idle, one operation and one growth can both run to their ends. Growing asks nobody
/// else. When it cannot be done the operation still goes on with what there is: each step takes all it needs before it acts.
/// </remarks>
public sealed class AllocatorStock(UntypedAllocator memory, ISlotSource slots, TwoLevelSlots? growing, int nodesAtATime)
{
    /// <summary>Slots that making a second-level CNode can take (AL:B5).</summary>
    public const int GrowthSlots = UntypedAllocator.WorstCaseSlots;

    /// <summary>Slots that are free at idle: one operation on one object, and one growth. The constant W of AL:B5.</summary>
    public const int Wanted = UntypedAllocator.WorstCaseSlots + 1 + GrowthSlots;

    /// <summary>Node pairs that are free at idle: one operation and one growth.</summary>
    public const int WantedPairs = 2 * UntypedAllocator.WorstCasePairs;

    private readonly UntypedAllocator _memory = memory;
    private readonly ISlotSource _slots = slots;
    private readonly TwoLevelSlots? _growing = growing;
    private readonly int _nodesAtATime = nodesAtATime;

    /// <summary>True when an operation of any kind can begin.</summary>
    public bool IsFull => _slots.FreeCount >= Wanted && _memory.FreeNodePairs >= WantedPairs;

    /// <summary>Fills the stock before an operation that takes <paramref name="moreSlots"/> slots beyond the usual one.</summary>
    public void Fill(int moreSlots = 0)
    {
        if (_memory.FreeNodePairs < WantedPairs) _memory.AddNodes(_nodesAtATime);
        while (_growing is not null && _slots.FreeCount < Wanted + moreSlots && _growing.TryGrow())
        {
        }

        // Pieces that nobody uses hold slots and nodes: the last thing there is to give back (AL:U11a).
        if (!IsFull) _memory.MergeAll();
    }

    /// <summary>After an operation: second-level CNodes that are empty go, but one (AL:L6).</summary>
    public void Trim()
    {
        if (_growing is not null && _slots.FreeCount >= Wanted) _growing.Trim();
    }

    /// <summary>For idle time after much has ended: merges, and removes second-level CNodes as long as that frees others.</summary>
    /// <remarks>A CNode's own block may hold slots of the one made before it, so they go one after the other, the youngest first.</remarks>
    public void Shrink()
    {
        do _memory.MergeAll();
        while (_growing is not null && _growing.Trim(keep: 0) != 0);
        Fill();
    }
}
