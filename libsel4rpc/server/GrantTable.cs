// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>All grants, found by cookie in constant time and by owner along a list.</summary>
/// <remarks>
/// A cookie is generation · 2^indexBits + index, from 1 to 0x7fffffff (RPC:R6): 31 bits, because old clients pass it through
/// a C int. The generation of a record starts at 1 and grows with every use, so that a stale cookie is recognised, until it
/// wraps. Free records are used in turn, oldest first, which puts the wrap as far away as can be. Nothing is allocated
/// between <see cref="Grow"/> and the next one (RPC:R5).
/// </remarks>
public sealed class GrantTable
{
    /// <summary>No record.</summary>
    public const int None = -1;

    private const int CookieBits = 31;
    private const int ChunkBits = 8;
    private const int ChunkSize = 1 << ChunkBits;

    private readonly int _indexBits;
    private readonly GrantRecord[][] _chunks;
    private int _chunkCount;
    private int _firstFree = None;
    private int _lastFree = None;
    private ulong _lastSerial;
    private int _firstShared = None;
    private int _firstLease = None;

    /// <summary>Makes a table for up to 2^<paramref name="indexBits"/> grants, 8 to 20 bits, with room for the first ones.</summary>
    public GrantTable(int indexBits, int capacity)
    {
        _indexBits = indexBits;
        _chunks = new GrantRecord[1 << (indexBits - ChunkBits)][];
        Grow(capacity);
    }

    /// <summary>How many records there are, used or free.</summary>
    public int Capacity => _chunkCount << ChunkBits;

    /// <summary>How many grants are live.</summary>
    public int LiveCount { get; private set; }

    /// <summary>How many more there is room for.</summary>
    public int FreeCount { get; private set; }

    /// <summary>How many leases run.</summary>
    public int LeaseCount { get; private set; }

    /// <summary>The highest generation before it starts again at 1.</summary>
    private uint LastGeneration => (1u << (CookieBits - _indexBits)) - 1;

    /// <summary>One record.</summary>
    public ref GrantRecord this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkSize - 1)];

    /// <summary>Adds room for at least so many grants, as far as cookies can tell them apart. Allocates: never while serving.</summary>
    public void Grow(int count)
    {
        for (; count > 0 && _chunkCount < _chunks.Length; count -= ChunkSize)
        {
            int first = Capacity;
            _chunks[_chunkCount++] = new GrantRecord[ChunkSize];
            for (int i = 0; i < ChunkSize; i++) AppendFree(first + i);
        }
    }

    /// <summary>Sets a record aside for a grant about to be made; false when there is none (RPC:R9).</summary>
    public bool TryReserve(out int index)
    {
        index = _firstFree;
        if (index == None) return false;
        ref GrantRecord record = ref this[index];
        _firstFree = record.Next;
        if (_firstFree == None) _lastFree = None;
        FreeCount--;
        record.Generation = record.Generation >= LastGeneration ? 1 : record.Generation + 1;
        record.Cookie = record.Generation << _indexBits | (uint)index;
        record.State = GrantState.Reserved;
        record.ReferenceCount = 1;
        record.IsPlaced = record.IsDevice = record.IsPlacedDirectly = record.IsShared = false;
        record.Capability = default;
        record.Count = 1;
        record.LeaseEnd = 0;
        record.Label.Clear();
        record.Start = record.Length = record.ProviderWord0 = record.ProviderWord1 = 0;
        return true;
    }

    /// <summary>Gives a reserved record back unused. Its cookie was never told to anybody, so the generation is not spent.</summary>
    public void Cancel(int index)
    {
        ref GrantRecord record = ref this[index];
        Require.That(record.State == GrantState.Reserved);
        record.Generation--;
        Free(index);
    }

    /// <summary>Makes a reserved record a live grant of an owner.</summary>
    public void Commit(int index, Session owner)
    {
        ref GrantRecord record = ref this[index];
        Require.That(record.State == GrantState.Reserved);
        record.State = GrantState.Live;
        record.IsExpired = false;
        record.Owner = owner;
        record.Previous = None;
        record.Next = owner.FirstGrant;
        if (owner.FirstGrant != None) this[owner.FirstGrant].Previous = index;
        owner.FirstGrant = index;
        owner.GrantCount++;
        if (record.IsPlaced) owner.PlacedCount++;
        record.Serial = ++_lastSerial;
        record.NextHolder = index;
        LiveCount++;
        if (record.IsShared) AddShared(index);
        if (record.LeaseEnd != 0) AddLease(index);
    }

    /// <summary>Makes a live shared grant and another one, of the same place, known to each other (RPC:R15).</summary>
    public void Join(int index, int other)
    {
        (this[index].NextHolder, this[other].NextHolder) = (this[other].NextHolder, this[index].NextHolder);
    }

    /// <summary>True when nobody else holds what this grant gives.</summary>
    public bool IsOnlyHolder(int index) => this[index].NextHolder == index;

    /// <summary>The first grant of an owner; <see cref="None"/> when there is none.</summary>
    public int FirstOf(Session owner) => owner.FirstGrant;

    /// <summary>The next one of the same owner; <see cref="None"/> after the last.</summary>
    public int NextOf(int index) => this[index].Next;

    /// <summary>A shared grant of just this place, whoever has it, or None.</summary>
    public int FindShared(GrantKind kind, ulong start, ulong length)
    {
        for (int index = _firstShared; index != None; index = this[index].NextShared)
        {
            ref GrantRecord record = ref this[index];
            if (record.Kind == kind && record.Start == start && record.Length == length) return index;
        }
        return None;
    }

    /// <summary>Makes a shared grant that nobody else holds its owner's alone.</summary>
    public void MakeExclusive(int index)
    {
        Require.That(this[index].IsShared && IsOnlyHolder(index));
        RemoveShared(index);
        this[index].IsShared = false;
    }

    /// <summary>Sets when a live grant's lease ends; 0 for never.</summary>
    public void SetLease(int index, ulong end)
    {
        ref GrantRecord record = ref this[index];
        Require.That(record.State == GrantState.Live);
        if (record.LeaseEnd != 0) RemoveLease(index);
        record.LeaseEnd = end;
        if (end != 0) AddLease(index);
    }

    /// <summary>The grant whose lease ends first, or None; linear in the number of leases.</summary>
    public int FirstToExpire()
    {
        int first = None;
        for (int index = _firstLease; index != None; index = this[index].NextLease)
        {
            if (first == None || this[index].LeaseEnd < this[first].LeaseEnd) first = index;
        }
        return first;
    }

    /// <summary>Retires a live grant: its cookie is known as freed from now on, or as expired.</summary>
    public void Retire(int index, bool isExpired = false)
    {
        ref GrantRecord record = ref this[index];
        Require.That(record.State == GrantState.Live);
        if (record.IsShared) RemoveShared(index);
        if (record.LeaseEnd != 0) RemoveLease(index);
        record.IsExpired = isExpired;
        Session owner = record.Owner!;
        if (record.Previous == None) owner.FirstGrant = record.Next;
        else this[record.Previous].Next = record.Next;
        if (record.Next != None) this[record.Next].Previous = record.Previous;
        owner.GrantCount--;
        if (record.IsPlaced) owner.PlacedCount--;
        LiveCount--;
        record.Owner = null;
        Free(index);
    }

    /// <summary>Finds a live grant by its cookie.</summary>
    /// <remarks>Errors: UnknownCookie when no grant ever had it; AlreadyFreed when one had; LeaseExpired when its lease ended it.</remarks>
    public Reason Find(ulong cookie, out int index)
    {
        index = None;
        uint generation = (uint)(cookie >> _indexBits);
        int candidate = (int)(cookie & ((1u << _indexBits) - 1));
        if (cookie >> CookieBits != 0 || generation == 0 || candidate >= Capacity) return Reason.UnknownCookie;
        ref GrantRecord record = ref this[candidate];
        if (record.State == GrantState.Live && record.Generation == generation)
        {
            index = candidate;
            return Reason.None;
        }
        if (record.IsExpired && record.Generation == generation) return Reason.LeaseExpired;
        return generation <= record.Generation ? Reason.AlreadyFreed : Reason.UnknownCookie;
    }

    /// <summary>The owner's grant of just this place, or None (RPC:R15).</summary>
    public int FindPlaced(Session owner, GrantKind kind, ulong start, ulong length)
    {
        if (owner.PlacedCount == 0) return None;
        for (int index = owner.FirstGrant; index != None; index = this[index].Next)
        {
            ref GrantRecord record = ref this[index];
            if (record.IsPlaced && record.Kind == kind && record.Start == start && record.Length == length) return index;
        }
        return None;
    }

    private void AddShared(int index)
    {
        ref GrantRecord record = ref this[index];
        (record.NextShared, record.PreviousShared) = (_firstShared, None);
        if (_firstShared != None) this[_firstShared].PreviousShared = index;
        _firstShared = index;
    }

    private void RemoveShared(int index)
    {
        ref GrantRecord record = ref this[index];
        if (record.PreviousShared == None) _firstShared = record.NextShared;
        else this[record.PreviousShared].NextShared = record.NextShared;
        if (record.NextShared != None) this[record.NextShared].PreviousShared = record.PreviousShared;
        int before = index;
        while (this[before].NextHolder != index) before = this[before].NextHolder;
        this[before].NextHolder = record.NextHolder;
        record.NextHolder = index;
    }

    private void AddLease(int index)
    {
        ref GrantRecord record = ref this[index];
        (record.NextLease, record.PreviousLease) = (_firstLease, None);
        if (_firstLease != None) this[_firstLease].PreviousLease = index;
        _firstLease = index;
        LeaseCount++;
    }

    private void RemoveLease(int index)
    {
        ref GrantRecord record = ref this[index];
        if (record.PreviousLease == None) _firstLease = record.NextLease;
        else this[record.PreviousLease].NextLease = record.NextLease;
        if (record.NextLease != None) this[record.NextLease].PreviousLease = record.PreviousLease;
        LeaseCount--;
    }

    private void Free(int index)
    {
        this[index].State = GrantState.Free;
        AppendFree(index);
    }

    private void AppendFree(int index)
    {
        this[index].Next = None;
        if (_lastFree == None) _firstFree = index;
        else this[_lastFree].Next = index;
        _lastFree = index;
        FreeCount++;
    }
}
