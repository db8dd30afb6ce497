// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators.Bench;

/// <summary>Plays a workload on a subject and counts. An allocation is a block and the object that fills it, as owners use them.</summary>
internal sealed class Player(Subject subject, ulong usedBytes = 0)
{
    private readonly Figures _figures = new();
    private readonly int _retypesAtStart = subject.Kernel.Retypes;
    private readonly int _revokesAtStart = subject.Kernel.Revokes;
    private readonly ulong _clearedAtStart = subject.Kernel.ClearedBytes;

    public ulong UsedBytes { get; private set; } = usedBytes;

    public ulong TotalBytes { get; } = subject.Tree.Totals(MemoryKind.Ram).TotalBytes;

    /// <summary>Allocates; null when there was no memory.</summary>
    public UntypedBlock? Allocate(int bits, MemoryLifetime lifetime = MemoryLifetime.Unknown, ulong max = ulong.MaxValue)
    {
        RequestDraft draft = RequestDraft.Any(1, ResourceKind.Ram, ObjectType.Untyped, bits);
        draft.Lifetime = lifetime;
        draft.Max = max;
        ulong before = subject.Kernel.ClearedBytes;
        AllocationError error = subject.Store.Take(new Request(draft), subject.Chooser, out UntypedBlock block);
        if (error != AllocationError.None)
        {
            _figures.Failures++;
            if (TotalBytes - UsedBytes >= 1ul << bits) _figures.Fragmented++;
            return null;
        }

        subject.Kernel.UseWhole(block.Slot);
        _figures.Allocations++;
        UsedBytes += 1ul << bits;
        _figures.MostCleared = Math.Max(_figures.MostCleared, subject.Kernel.ClearedBytes - before);
        _figures.PeakSlots = Math.Max(_figures.PeakSlots, subject.Slots.Count - subject.Slots.FreeCount);
        if (subject.Store is SlabStore slabs) _figures.PeakWaste = Math.Max(_figures.PeakWaste, slabs.StockedBytes);
        return block;
    }

    public void Free(UntypedBlock block)
    {
        if (subject.Store.Put(block) != AllocationError.None) throw new InvalidOperationException("a block does not come back");
        _figures.Frees++;
        UsedBytes -= 1ul << block.SizeBits;
    }

    /// <summary>The counts so far; each object cost a Retype of its own.</summary>
    public Figures Finish()
    {
        _figures.Retypes = subject.Kernel.Retypes - _retypesAtStart + _figures.Allocations;
        _figures.Revokes = subject.Kernel.Revokes - _revokesAtStart;
        _figures.Cleared = subject.Kernel.ClearedBytes - _clearedAtStart;
        _figures.LargePerMille = new FreeHistogram(subject.Tree, MemoryKind.Ram).UsablePerMille(AbiConstants.LargePageBits);
        return _figures;
    }
}
