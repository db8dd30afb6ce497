// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators;

/// <summary>A live allocation: objects of one type in adjacent slots, made from one block (AL:A2).</summary>
public struct ObjectRecord
{
    /// <summary>The handle that stands for it; never used again for another. 0 is none.</summary>
    public ulong Cookie;
    public ulong Owner;

    /// <summary>What it is for.</summary>
    public string Label;
    public UntypedBlock Block;
    public uint FirstSlot;
    public int Count;
    public ObjectType Type;

    /// <summary>log2 bytes of one object.</summary>
    public int SizeBits;

    internal int Next;
    internal int Previous;

    /// <summary>Bytes that were taken for it.</summary>
    public readonly ulong Bytes => 1ul << Block.SizeBits;

    /// <summary>Bytes that were asked for; the rest is internal waste (AL §10).</summary>
    public readonly ulong RequestedBytes => (ulong)Count << SizeBits;
}

/// <summary>What an owner has.</summary>
public readonly struct OwnerUse(ulong owner, ulong bytes, int objects)
{
    public readonly ulong Owner = owner;
    public readonly ulong Bytes = bytes;
    public readonly int Objects = objects;
}

/// <summary>All live allocations, by handle and by owner (AL:A2, AL:G2). Nothing is allocated after construction.</summary>
public sealed class ObjectTable
{
    private const int IndexBits = 20;
    private const int None = -1;

    private readonly ObjectRecord[] _records;
    private readonly uint[] _generations;
    private readonly AddressTree _owners;
    private readonly OwnerRecord[] _ownerRecords;
    private readonly uint[] _freeOwners;
    private int _freeOwnerCount;
    private int _free = None;

    private struct OwnerRecord
    {
        public ulong Owner;
        public ulong Bytes;
        public int Objects;
        public int First;
    }

    /// <summary>Room for so many allocations of so many owners at one time.</summary>
    public ObjectTable(int capacity, int owners)
    {
        if (capacity >= 1 << IndexBits) throw new ArgumentOutOfRangeException(nameof(capacity), "a table has fewer than 2^20 entries");
        _records = new ObjectRecord[capacity];
        _generations = new uint[capacity];
        _owners = new AddressTree(owners);
        _ownerRecords = new OwnerRecord[owners];
        _freeOwners = new uint[owners];
        for (int index = owners - 1; index >= 0; index--) _freeOwners[_freeOwnerCount++] = (uint)index;
        for (int index = capacity - 1; index >= 0; index--)
        {
            _records[index].Next = _free;
            _free = index;
        }
    }

    /// <summary>How many allocations are live.</summary>
    public int Count { get; private set; }

    /// <summary>How many owners have any.</summary>
    public int Owners => _owners.Count;

    /// <summary>True when one more allocation of this owner can be written down.</summary>
    public bool HasRoomFor(ulong owner) => _free != None && (_freeOwnerCount != 0 || _owners.TryGet(owner, out _));

    /// <summary>Writes an allocation down; <see cref="HasRoomFor"/> was asked before. Its handle.</summary>
    public ulong Add(in ObjectRecord record)
    {
        if (!HasRoomFor(record.Owner)) throw new InvalidOperationException("the table of objects is full: HasRoomFor was not asked");
        int index = _free;
        _free = _records[index].Next;
        if (!_owners.TryGet(record.Owner, out uint row))
        {
            row = _freeOwners[--_freeOwnerCount];
            _owners.TryAdd(record.Owner, row);
            _ownerRecords[row] = new OwnerRecord { Owner = record.Owner, First = None };
        }

        ref OwnerRecord owner = ref _ownerRecords[row];
        ref ObjectRecord entry = ref _records[index];
        entry = record;
        entry.Cookie = ((ulong)++_generations[index] << IndexBits) | (uint)index;
        entry.Previous = None;
        entry.Next = owner.First;
        if (owner.First != None) _records[owner.First].Previous = index;
        owner.First = index;
        owner.Bytes += entry.Bytes;
        owner.Objects++;
        Count++;
        return entry.Cookie;
    }

    /// <summary>Finds a live allocation.</summary>
    public bool TryGet(ulong cookie, out ObjectRecord record)
    {
        int index = (int)(cookie & ((1ul << IndexBits) - 1));
        bool isLive = cookie != 0 && index < _records.Length && _records[index].Cookie == cookie;
        record = isLive ? _records[index] : default;
        return isLive;
    }

    /// <summary>Strikes an allocation out; false when there is none.</summary>
    public bool Remove(ulong cookie)
    {
        if (!TryGet(cookie, out ObjectRecord record)) return false;
        int index = (int)(cookie & ((1ul << IndexBits) - 1));
        _owners.TryGet(record.Owner, out uint row);
        ref OwnerRecord owner = ref _ownerRecords[row];
        if (record.Previous != None) _records[record.Previous].Next = record.Next;
        else owner.First = record.Next;
        if (record.Next != None) _records[record.Next].Previous = record.Previous;
        owner.Bytes -= record.Bytes;
        if (--owner.Objects == 0)
        {
            _owners.Remove(record.Owner);
            _freeOwners[_freeOwnerCount++] = row;
        }

        _records[index] = default;
        _records[index].Next = _free;
        _free = index;
        Count--;
        return true;
    }

    /// <summary>The youngest allocation of an owner; 0 when it has none.</summary>
    public ulong FirstOf(ulong owner) => _owners.TryGet(owner, out uint row) ? _records[_ownerRecords[row].First].Cookie : 0;

    /// <summary>The next older allocation of the same owner; 0 at the end.</summary>
    public ulong After(ulong cookie) => TryGet(cookie, out ObjectRecord record) && record.Next != None ? _records[record.Next].Cookie : 0;

    /// <summary>What an owner has.</summary>
    public OwnerUse UseOf(ulong owner) => _owners.TryGet(owner, out uint row)
        ? new OwnerUse(owner, _ownerRecords[row].Bytes, _ownerRecords[row].Objects) : new OwnerUse(owner, 0, 0);

    /// <summary>The owner with the smallest number at or above one, for listing.</summary>
    public bool TryNextOwner(ulong from, out OwnerUse use)
    {
        bool found = _owners.TryCeiling(from, out ulong owner, out _);
        use = found ? UseOf(owner) : default;
        return found;
    }

    /// <summary>Those who have most, the greatest first (AL:G1); how many were found.</summary>
    public int TopOwners(Span<OwnerUse> top)
    {
        int found = 0;
        ulong from = 0;
        while (TryNextOwner(from, out OwnerUse use))
        {
            int place = found;
            while (place > 0 && top[place - 1].Bytes < use.Bytes) place--;
            if (place < top.Length)
            {
                if (found < top.Length) found++;
                for (int index = found - 1; index > place; index--) top[index] = top[index - 1];
                top[place] = use;
            }

            if (use.Owner == ulong.MaxValue) break;
            from = use.Owner + 1;
        }

        return found;
    }
}
