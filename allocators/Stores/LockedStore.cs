// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Lets one thread at a time pass: a notification with one token, a spin lock, whatever the program has.</summary>
public interface IExclusion
{
    /// <summary>Waits until nobody else is inside.</summary>
    void Enter();

    void Leave();
}

/// <summary>A store for several threads (AL:I8): every operation is alone with the store, and with the slots that it uses.</summary>
/// <remarks>
/// Stores that share slots or a store below must share the exclusion as well. It is not re-entrant: a chooser that calls back
/// into this store would wait for itself.
/// </remarks>
public sealed class LockedStore(IUntypedStore inner, IExclusion exclusion) : IUntypedStore
{
    private readonly IUntypedStore _inner = inner;
    private readonly IExclusion _exclusion = exclusion;

    /// <inheritdoc/>
    public AllocationError Take(in Request request, IPieceChooser? chooser, out UntypedBlock block)
    {
        _exclusion.Enter();
        AllocationError error = _inner.Take(in request, chooser, out block);
        _exclusion.Leave();
        return error;
    }

    /// <inheritdoc/>
    public AllocationError TakeAt(ulong physicalAddress, int sizeBits, out UntypedBlock block)
    {
        _exclusion.Enter();
        AllocationError error = _inner.TakeAt(physicalAddress, sizeBits, out block);
        _exclusion.Leave();
        return error;
    }

    /// <inheritdoc/>
    public AllocationError Put(UntypedBlock block)
    {
        _exclusion.Enter();
        AllocationError error = _inner.Put(block);
        _exclusion.Leave();
        return error;
    }

    /// <inheritdoc/>
    public bool IsGranted(UntypedBlock block)
    {
        _exclusion.Enter();
        bool isGranted = _inner.IsGranted(block);
        _exclusion.Leave();
        return isGranted;
    }

    /// <inheritdoc/>
    public int LargestFree(MemoryKind kind)
    {
        _exclusion.Enter();
        int largest = _inner.LargestFree(kind);
        _exclusion.Leave();
        return largest;
    }

    /// <inheritdoc/>
    public UntypedTotals Totals(MemoryKind kind)
    {
        _exclusion.Enter();
        UntypedTotals totals = _inner.Totals(kind);
        _exclusion.Leave();
        return totals;
    }

    /// <inheritdoc/>
    public void Walk(IPieceVisitor visitor)
    {
        _exclusion.Enter();
        _inner.Walk(visitor);
        _exclusion.Leave();
    }
}
