// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Numerics;
using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Memory of any size from blocks, which are powers of two (AL:U13, AL:U20).</summary>
public static class ContiguousBlocks
{
    /// <summary>Blocks that a request of any size needs at most.</summary>
    public const int MostBlocks = AbiConstants.MaxUntypedBits;

    /// <summary>How many blocks so many bytes make: one for each set bit, in units of the smallest block.</summary>
    public static int BlocksFor(ulong bytes) => BitOperations.PopCount(RoundUp(bytes));

    /// <summary>Takes physically adjacent memory from a multiple of the next power of two on (AL:U20): 64, 32 and 4 for 100 KiB.</summary>
    /// <param name="store">Where from.</param>
    /// <param name="bytes">Rounded up to the smallest block.</param>
    /// <param name="where">Window, alignment and flags; its size does not count.</param>
    /// <param name="blocks">Room for <see cref="BlocksFor"/> blocks; filled in the order of addresses.</param>
    /// <returns>On failure nothing is taken.</returns>
    public static AllocationError Take(IUntypedStore store, ulong bytes, RequestDraft where, Span<UntypedBlock> blocks)
    {
        ulong size = RoundUp(bytes);
        if (size == 0 || size > 1ul << AbiConstants.MaxUntypedBits || blocks.Length < BlocksFor(bytes)) return AllocationError.BadSize;
        where.SizeBits = 63 - BitOperations.LeadingZeroCount(size) + (BitOperations.IsPow2(size) ? 0 : 1);
        AllocationError error = store.Take(new Request(where), null, out UntypedBlock whole);
        if (error != AllocationError.None) return error;
        if (BitOperations.IsPow2(size))
        {
            blocks[0] = whole;
            return AllocationError.None;
        }

        // The place is known now and free in a moment: the parts are taken there, and what is behind them stays free.
        error = store.Put(whole);
        return error == AllocationError.None ? TakeParts(store, whole.PhysicalAddress, size, blocks) : error;
    }

    /// <summary>Takes that many bytes in powers of two wherever they are: when it need not be one object (AL:U13).</summary>
    public static AllocationError TakeScattered(IUntypedStore store, ulong bytes, RequestDraft where, Span<UntypedBlock> blocks)
    {
        ulong size = RoundUp(bytes);
        if (size == 0 || blocks.Length < BlocksFor(bytes)) return AllocationError.BadSize;
        int taken = 0;
        for (int bits = 63; bits >= AbiConstants.MinUntypedBits; bits--)
        {
            if ((size >> bits & 1) == 0) continue;
            where.SizeBits = bits;
            AllocationError error = store.Take(new Request(where), null, out blocks[taken]);
            if (error == AllocationError.None)
            {
                taken++;
                continue;
            }

            Put(store, blocks[..taken]);
            return error;
        }

        return AllocationError.None;
    }

    /// <summary>Gives all of them back.</summary>
    public static AllocationError Put(IUntypedStore store, ReadOnlySpan<UntypedBlock> blocks)
    {
        AllocationError first = AllocationError.None;
        for (int index = 0; index < blocks.Length; index++)
        {
            AllocationError error = store.Put(blocks[index]);
            if (first == AllocationError.None) first = error;
        }

        return first;
    }

    private static AllocationError TakeParts(IUntypedStore store, ulong address, ulong size, Span<UntypedBlock> blocks)
    {
        int taken = 0;
        for (int bits = 63; bits >= AbiConstants.MinUntypedBits; bits--)
        {
            if ((size >> bits & 1) == 0) continue;
            AllocationError error = store.TakeAt(address, bits, out blocks[taken]);
            if (error != AllocationError.None)
            {
                Put(store, blocks[..taken]);
                return error;
            }

            taken++;
            address += 1ul << bits;
        }

        return AllocationError.None;
    }

    private static ulong RoundUp(ulong bytes)
    {
        const ulong Smallest = 1ul << AbiConstants.MinUntypedBits;
        return bytes > ulong.MaxValue - (Smallest - 1) ? 0 : (bytes + (Smallest - 1)) & ~(Smallest - 1);
    }
}
