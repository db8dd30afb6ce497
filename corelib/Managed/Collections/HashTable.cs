// SPDX-License-Identifier: BSD-2-Clause
using System.Numerics;

namespace System.Collections.Generic;

/// <summary>
/// The keys of a dictionary or set: buckets of chains through one array of entries. Removed entries form a chain of their own and
/// are used again before new ones, so a table that stays the same size allocates nothing.
/// </summary>
internal struct HashTable<TKey>(IEqualityComparer<TKey>? comparer)
{
    private const int End = -1;
    private const int LeastCapacity = 4;

    /// <summary>In <see cref="Entry.Next"/> of removed entries: End and the chain's links, moved below every link in use.</summary>
    private const int FreeBias = -3;

    private struct Entry
    {
        internal uint Hash;
        internal int Next;
        internal TKey Key;
    }

    private int[] _buckets = [];
    private Entry[] _entries = [];
    private int _used;
    private int _free = End;
    private int _freeCount;

    /// <summary>The equality, or null for the type's own.</summary>
    internal readonly IEqualityComparer<TKey>? Comparer => comparer;

    /// <summary>Number of keys.</summary>
    internal readonly int Count => _used - _freeCount;

    /// <summary>Entries that fit.</summary>
    internal readonly int Capacity => _entries.Length;

    /// <summary>Changes with every addition.</summary>
    internal int Version { get; private set; }

    /// <summary>The key of an entry.</summary>
    internal readonly TKey Key(int entry) => _entries[entry].Key;

    /// <summary>The entry of a key, or -1.</summary>
    internal readonly int Find(TKey key) => _entries.Length == 0 ? End : Find(key, Hash(key));

    private readonly int Find(TKey key, uint hash)
    {
        for (int entry = _buckets[Bucket(hash)] - 1; entry >= 0; entry = _entries[entry].Next)
        {
            if (_entries[entry].Hash == hash && AreEqual(_entries[entry].Key, key)) return entry;
        }
        return End;
    }

    /// <summary>The entry of a key, made if need be.</summary>
    internal int FindOrAdd(TKey key, out bool added)
    {
        uint hash = Hash(key);
        int entry = _entries.Length == 0 ? End : Find(key, hash);
        added = entry < 0;
        if (!added) return entry;
        if (_freeCount == 0 && _used == _entries.Length) EnsureCapacity(_used + 1);
        if (_freeCount > 0)
        {
            entry = _free;
            _free = FreeBias - _entries[entry].Next;
            _freeCount--;
        }
        else
        {
            entry = _used++;
        }
        ref int bucket = ref _buckets[Bucket(hash)];
        _entries[entry] = new Entry { Hash = hash, Next = bucket - 1, Key = key };
        bucket = entry + 1;
        Version++;
        return entry;
    }

    /// <summary>Takes a key out; returns the entry it had, or -1.</summary>
    internal int Remove(TKey key)
    {
        uint hash = Hash(key);
        if (_entries.Length == 0) return End;
        int previous = End;
        int bucket = Bucket(hash);
        for (int entry = _buckets[bucket] - 1; entry >= 0; previous = entry, entry = _entries[entry].Next)
        {
            if (_entries[entry].Hash != hash || !AreEqual(_entries[entry].Key, key)) continue;
            if (previous < 0) _buckets[bucket] = _entries[entry].Next + 1;
            else _entries[previous].Next = _entries[entry].Next;
            _entries[entry] = new Entry { Next = FreeBias - _free };
            _free = entry;
            _freeCount++;
            return entry;
        }
        return End;
    }

    /// <summary>Takes all keys out.</summary>
    internal void Clear()
    {
        Array.Clear(_buckets);
        Array.Clear(_entries);
        _used = 0;
        _free = End;
        _freeCount = 0;
        Version++;
    }

    /// <summary>Makes room for so many keys, a power of two.</summary>
    internal int EnsureCapacity(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        if (capacity <= _entries.Length) return _entries.Length;
        int size = checked((int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, LeastCapacity)));
        Array.Resize(ref _entries!, size);
        _buckets = new int[size];
        for (int entry = 0; entry < _used; entry++)
        {
            if (_entries[entry].Next <= FreeBias - End) continue;
            ref int bucket = ref _buckets[Bucket(_entries[entry].Hash)];
            _entries[entry].Next = bucket - 1;
            bucket = entry + 1;
        }
        return size;
    }

    /// <summary>The next entry in use, or -1.</summary>
    internal readonly int Next(int entry, int version)
    {
        if (version != Version) CollectionErrors.Modified();
        while (++entry < _used)
        {
            if (_entries[entry].Next > FreeBias - End) return entry;
        }
        return End;
    }

    private readonly int Bucket(uint hash) => (int)(hash & (uint)(_buckets.Length - 1));

    private readonly bool AreEqual(TKey left, TKey right)
        => comparer is null ? EqualityComparer<TKey>.Default.Equals(left, right) : comparer.Equals(left, right);

    /// <summary>Spreads the hash code over the low bits, which alone choose the bucket: many codes are plain numbers.</summary>
    private readonly uint Hash(TKey key)
    {
        if (key is null) return 0;
        uint hash = (uint)(comparer is null ? EqualityComparer<TKey>.Default.GetHashCode(key) : comparer.GetHashCode(key));
        hash *= 0x9E3779B1;
        return hash ^ (hash >> 15);
    }
}
