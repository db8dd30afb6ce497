// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Two stores in order (AL:I7): what the first does not have, such as own memory, comes from the second.</summary>
public sealed class ChainedStore(IUntypedStore first, IUntypedStore second) : IUntypedStore
{
    private readonly IUntypedStore _first = first;
    private readonly IUntypedStore _second = second;

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        AllocationError error = _first.Take(in request, chooser, out block);
        if (!IsShortage(error)) return error;
        // The second's refusal is not told: what the caller can change is the first's.
        return _second.Take(in request, chooser, out block) == AllocationError.None ? AllocationError.None : error;
    }

    /// <inheritdoc/>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        AllocationError error = _first.TakeAt(physicalAddress, sizeBits, out block);
        return error == AllocationError.NoRegion || IsShortage(error) ? _second.TakeAt(physicalAddress, sizeBits, out block) : error;
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block) => _first.IsGranted(block) ? _first.Put(block) : _second.Put(block);

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block) => _first.IsGranted(block) || _second.IsGranted(block);

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        int first = _first.LargestFree(kind);
        int second = _second.LargestFree(kind);
        return first > second ? first : second;
    }

    /// <inheritdoc/>
    public UntypedTotals Totals(MemoryKind kind)
    {
        UntypedTotals first = _first.Totals(kind);
        UntypedTotals second = _second.Totals(kind);
        return new UntypedTotals(
            first.FreeBytes + second.FreeBytes, first.GrantedBytes + second.GrantedBytes, first.ReservedBytes + second.ReservedBytes,
            first.QuarantinedBytes + second.QuarantinedBytes, first.GrantedBlocks + second.GrantedBlocks);
    }

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor)
    {
        _first.Walk(visitor);
        _second.Walk(visitor);
    }

    private static bool IsShortage(AllocationError error) =>
        error is AllocationError.OutOfMemory or AllocationError.Fragmented or AllocationError.NoPlace
            or AllocationError.OutOfSlots or AllocationError.OutOfNodes;
}
