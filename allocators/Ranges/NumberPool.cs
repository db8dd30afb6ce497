// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators;

/// <summary>Control resources that are numbers: interrupt vectors, I/O ports, ASID pools (AL:A1). Same life cycle as memory.</summary>
/// <remarks>
/// Holding a number proves nothing to the kernel: who takes one then issues the capability, and gives the number back when
/// that fails. Reserved numbers belong to the system and cannot be freed.
/// </remarks>
public sealed class NumberPool(string what, ulong first, ulong last, int capacity)
{
    /// <summary>Who holds what is reserved.</summary>
    public const ulong System = 0;

    private readonly RangeMap _map = new(first, last, capacity);

    /// <summary>What they are, for listings: "interrupt", "port".</summary>
    public string What { get; } = what;

    /// <summary>How many ranges are out or reserved.</summary>
    public int Count => _map.Count;

    /// <summary>How many numbers are out or reserved.</summary>
    public ulong Taken => _map.TakenLength;

    /// <summary>How many numbers are free.</summary>
    public ulong Free => _map.Last - _map.First + 1 - _map.TakenLength;

    /// <summary>Takes any number.</summary>
    public AllocationError Allocate(ulong owner, string label, out ulong number) => _map.Take(1, 1, owner, label, out number);

    /// <summary>Takes adjacent numbers, the first a multiple of <paramref name="alignment"/>: vectors of an MSI.</summary>
    public AllocationError AllocateRun(ulong count, ulong alignment, ulong owner, string label, out ulong firstNumber) =>
        _map.Take(count, alignment, owner, label, out firstNumber);

    /// <summary>Takes exactly these, both ends included.</summary>
    public AllocationError AllocateAt(ulong firstNumber, ulong lastNumber, ulong owner, string label) =>
        _map.TryFind(firstNumber, out TakenRange range) && range.Owner == System
            ? AllocationError.Reserved : _map.TakeAt(firstNumber, lastNumber, owner, label);

    /// <summary>Keeps numbers for the system.</summary>
    public AllocationError Reserve(ulong firstNumber, ulong lastNumber, string label) =>
        _map.TakeAt(firstNumber, lastNumber, System, label);

    /// <summary>Gives back the range that begins here; false when none does or it is reserved.</summary>
    public bool Release(ulong firstNumber) =>
        _map.TryFind(firstNumber, out TakenRange range) && range.Owner != System && range.First == firstNumber && _map.Free(firstNumber);

    /// <summary>Who holds a number.</summary>
    public bool TryFind(ulong number, out TakenRange range) => _map.TryFind(number, out range);

    /// <summary>The first range at or above a number, for listing.</summary>
    public bool TryNext(ulong from, out TakenRange range) => _map.TryNext(from, out range);

    /// <summary>Gives back all that an owner holds; how many ranges it were.</summary>
    public int ReleaseOwner(ulong owner)
    {
        int released = 0;
        ulong from = _map.First;
        while (owner != System && _map.TryNext(from, out TakenRange range))
        {
            if (range.Owner == owner && _map.Free(range.First)) released++;
            if (range.Last == _map.Last) break;
            from = range.Last + 1;
        }

        return released;
    }
}
