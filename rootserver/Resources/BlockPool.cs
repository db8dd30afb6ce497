// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;

namespace Sel4.RootServer;

/// <summary>Which blocks stand behind which grant: chains in one array that is made at start (RPC:R5).</summary>
/// <remarks>A chain is the number of its first entry, or <see cref="None"/>; the entry added last is the first.</remarks>
internal sealed class BlockPool
{
    /// <summary>The empty chain.</summary>
    public const int None = -1;

    private struct Entry
    {
        public UntypedBlock Block;
        public int Next;
    }

    private readonly Entry[] _entries;
    private int _free;

    public BlockPool(int capacity)
    {
        _entries = new Entry[capacity];
        for (int index = 0; index < capacity; index++) _entries[index].Next = index + 1 < capacity ? index + 1 : None;
        FreeCount = capacity;
    }

    /// <summary>How many more blocks can be remembered.</summary>
    public int FreeCount { get; private set; }

    /// <summary>Puts a block before a chain; there has to be room.</summary>
    public void Add(ref int chain, in UntypedBlock block)
    {
        int index = _free;
        ref Entry entry = ref _entries[index];
        _free = entry.Next;
        entry.Block = block;
        entry.Next = chain;
        chain = index;
        FreeCount--;
    }

    /// <summary>Gives all blocks of a chain back, the one added last first: whatever was made from them is gone (AL:F1).</summary>
    public void Free(int chain, UntypedAllocator memory) => Empty(chain, memory, isBad: false);

    /// <summary>The same, but nobody gets the blocks again (AL:F2).</summary>
    public void Quarantine(int chain, UntypedAllocator memory) => Empty(chain, memory, isBad: true);

    /// <summary>Clears the blocks of a chain: the first Retype of a reset untyped does it, into a slot that is empty again then.</summary>
    public void Clear(int chain, uint slot)
    {
        for (int index = chain; index != None; index = _entries[index].Next)
        {
            uint block = _entries[index].Block.Slot;
            bool isCleared = OwnCSpace.Revoke(block).IsOk
                && OwnCSpace.Retype(block, ObjectType.Untyped, AbiConstants.MinUntypedBits, slot, 1).IsOk;
            if (isCleared) OwnCSpace.Delete(slot);
        }
    }

    private void Empty(int chain, UntypedAllocator memory, bool isBad)
    {
        while (chain != None)
        {
            ref Entry entry = ref _entries[chain];
            if (isBad) memory.Quarantine(entry.Block);
            else memory.Free(entry.Block);
            entry.Block = default;
            int next = entry.Next;
            entry.Next = _free;
            _free = chain;
            FreeCount++;
            chain = next;
        }
    }
}
