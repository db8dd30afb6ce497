// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>Virtual addresses of one address space: reservations of whole pages, with guards and alignment (AL:V1).</summary>
public sealed class VirtualRanges
{
    private const ulong PageBytes = 1ul << AbiConstants.PageBits;

    private readonly RangeMap _map;

    /// <summary>Manages the pages from <paramref name="first"/> up to, not including, <paramref name="end"/>.</summary>
    public VirtualRanges(ulong first, ulong end, int capacity)
    {
        if (((first | end) & (PageBytes - 1)) != 0 || end <= first)
            throw new ArgumentOutOfRangeException(nameof(end), "an address space consists of whole pages");
        _map = new RangeMap(first, end - 1, capacity);
    }

    /// <summary>How many reservations there are.</summary>
    public int Count => _map.Count;

    /// <summary>Bytes that are reserved, guards included.</summary>
    public ulong ReservedBytes => _map.TakenLength;

    /// <summary>Reserves pages anywhere.</summary>
    /// <param name="bytes">A multiple of a page.</param>
    /// <param name="alignBits">At least that of a page; 21 where large pages are to be mapped (AL:V3).</param>
    /// <param name="guardBytes">Unmapped pages before and after, which belong to the reservation.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="label">What for.</param>
    /// <param name="address">The first usable byte, behind the guard.</param>
    public AllocationError Reserve(ulong bytes, int alignBits, ulong guardBytes, ulong owner, string label, out ulong address)
    {
        address = 0;
        if (bytes == 0 || ((bytes | guardBytes) & (PageBytes - 1)) != 0 || alignBits is < AbiConstants.PageBits or > 47)
            return AllocationError.BadSize;
        ulong alignment = 1ul << alignBits;
        // The usable part is aligned, not the guard: so the guard grows to a whole alignment.
        ulong guard = (guardBytes + (alignment - 1)) & ~(alignment - 1);
        if (bytes > ulong.MaxValue - guard - guardBytes) return AllocationError.BadSize;
        AllocationError error = _map.Take(guard + bytes + guardBytes, alignment, owner, label, out ulong start);
        if (error == AllocationError.None) address = start + guard;
        return error;
    }

    /// <summary>Reserves exactly these pages, without guards.</summary>
    public AllocationError ReserveAt(ulong address, ulong bytes, ulong owner, string label)
    {
        if (bytes == 0 || (bytes & (PageBytes - 1)) != 0) return AllocationError.BadSize;
        if ((address & (PageBytes - 1)) != 0) return AllocationError.Misaligned;
        return address + (bytes - 1) < address ? AllocationError.Straddles : _map.TakeAt(address, address + (bytes - 1), owner, label);
    }

    /// <summary>Gives back the reservation that contains the address; false when there is none.</summary>
    public bool Free(ulong address) => _map.TryFind(address, out TakenRange range) && _map.Free(range.First);

    /// <summary>The reservation that contains an address, guards included.</summary>
    public bool TryFind(ulong address, out TakenRange range) => _map.TryFind(address, out range);

    /// <summary>The first reservation that begins at or above an address, for listing.</summary>
    public bool TryNext(ulong from, out TakenRange range) => _map.TryNext(from, out range);
}
