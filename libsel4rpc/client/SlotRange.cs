// SPDX-License-Identifier: BSD-2-Clause
using System.Numerics;
using System.Runtime.CompilerServices;
using Sel4.Abi;

namespace Sel4.Rpc;

/// <summary>The free slots of a run of up to 4096: the grant window of a program (RT 4.2).</summary>
/// <remarks>
/// One bit a slot, 64 words of them, and one word that tells which of these have a free bit, so that two bit searches find a
/// slot. The search goes on where it last stopped: a slot that was just given back is the last to be used again, which lets
/// stale pointers be noticed (AL:L3). Every slot has a stamp that grows when it is given back; with it, a holder knows
/// whether the slot is still the one that it got. It is a plain struct without references, because the heap itself gets its
/// slots here before there is a heap.
/// </remarks>
public struct SlotRange
{
    /// <summary>How many slots it can manage.</summary>
    public const int MaxSlots = WordCount * WordBits;

    private const int WordCount = 64;
    private const int WordBits = 64;

    private ulong _first;
    private int _count;
    private int _cursor;
    private ulong _wordsWithFree;
    private FreeBits _free;
    private Stamps _stamps;

    [InlineArray(WordCount)]
    private struct FreeBits
    {
        private ulong _first;
    }

    [InlineArray(MaxSlots)]
    private struct Stamps
    {
        private ushort _first;
    }

    /// <summary>How many slots are free.</summary>
    public int FreeCount { get; private set; }

    /// <summary>How many slots there are, free or not; 0 before <see cref="Initialize"/>.</summary>
    public readonly int Count => _count;

    /// <summary>Takes over a region of empty slots. What is beyond <see cref="MaxSlots"/> stays unused.</summary>
    public void Initialize(SlotRegion region)
    {
        _first = region.Start;
        _count = region.Count < MaxSlots ? (int)region.Count : MaxSlots;
        _cursor = 0;
        _wordsWithFree = 0;
        FreeCount = 0;
        for (int i = 0; i < WordCount; i++) _free[i] = 0;
        for (int i = 0; i < _count; i++) SetFree(i);
    }

    /// <summary>Takes a free slot.</summary>
    public bool TryAcquire(out CapabilityPointer slot) => TryAcquire(out slot, out _);

    /// <summary>Takes a free slot, and says what tells this use of it from later ones.</summary>
    public bool TryAcquire(out CapabilityPointer slot, out ushort stamp)
    {
        // Words from the cursor on come first, then those before it.
        ulong candidates = _wordsWithFree & ulong.MaxValue << _cursor;
        if (candidates == 0) candidates = _wordsWithFree;
        if (candidates == 0)
        {
            slot = CapabilityPointer.Null;
            stamp = 0;
            return false;
        }
        int word = BitOperations.TrailingZeroCount(candidates);
        ref ulong bits = ref _free[word];
        int index = word * WordBits + BitOperations.TrailingZeroCount(bits);
        bits &= bits - 1;
        if (bits == 0) _wordsWithFree &= ~(1ul << word);
        FreeCount--;
        _cursor = (word + 1) & (WordCount - 1);
        slot = new CapabilityPointer(_first + (ulong)index);
        stamp = _stamps[index];
        return true;
    }

    /// <summary>Takes slots that follow each other, as Retype wants them for several objects.</summary>
    public bool TryAcquireRun(int count, out CapabilityPointer first) => TryAcquireRun(count, out first, out _);

    /// <summary>The same, and says what tells this use of the first slot from later ones.</summary>
    public bool TryAcquireRun(int count, out CapabilityPointer first, out ushort stamp)
    {
        stamp = 0;
        int run = 0;
        for (int index = 0; index < _count; index++)
        {
            run = IsFree(index) ? run + 1 : 0;
            if (run < count) continue;
            int start = index - count + 1;
            for (int i = start; i <= index; i++) SetUsed(i);
            first = new CapabilityPointer(_first + (ulong)start);
            stamp = _stamps[start];
            return true;
        }
        first = CapabilityPointer.Null;
        return false;
    }

    /// <summary>Gives an empty slot back. False when it is not one that was taken.</summary>
    public bool Release(CapabilityPointer slot)
    {
        if (!TryIndex(slot, out int index) || IsFree(index)) return false;
        _stamps[index]++;
        SetFree(index);
        return true;
    }

    /// <summary>True while the slot is taken and has not been given back since it came with this stamp.</summary>
    public readonly bool IsHeld(CapabilityPointer slot, ushort stamp) =>
        TryIndex(slot, out int index) && !IsFree(index) && _stamps[index] == stamp;

    private readonly bool TryIndex(CapabilityPointer slot, out int index)
    {
        ulong offset = slot.Value - _first;
        index = (int)offset;
        return slot.Value >= _first && offset < (ulong)_count;
    }

    private readonly bool IsFree(int index) => (_free[index / WordBits] >> (index % WordBits) & 1) != 0;

    private void SetFree(int index)
    {
        _free[index / WordBits] |= 1ul << (index % WordBits);
        _wordsWithFree |= 1ul << (index / WordBits);
        FreeCount++;
    }

    private void SetUsed(int index)
    {
        int word = index / WordBits;
        _free[word] &= ~(1ul << (index % WordBits));
        if (_free[word] == 0) _wordsWithFree &= ~(1ul << word);
        FreeCount--;
    }
}
