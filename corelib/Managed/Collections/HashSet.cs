// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;

namespace System.Collections.Generic;

/// <summary>Different values.</summary>
public class HashSet<T> : ISet<T>, IReadOnlySet<T>
{
    private HashTable<T> _table;

    /// <summary>Starts empty.</summary>
    public HashSet() : this((IEqualityComparer<T>?)null)
    {
    }

    /// <summary>Starts empty with an equality of its own.</summary>
    public HashSet(IEqualityComparer<T>? comparer) => _table = new HashTable<T>(comparer);

    /// <summary>Starts empty with room.</summary>
    public HashSet(int capacity) : this((IEqualityComparer<T>?)null) => _table.EnsureCapacity(capacity);

    /// <summary>Starts with the values of another collection.</summary>
    public HashSet(IEnumerable<T> collection) : this((IEqualityComparer<T>?)null) => UnionWith(collection);

    /// <summary>Number of values.</summary>
    public int Count => _table.Count;

    /// <summary>The equality of values.</summary>
    public IEqualityComparer<T> Comparer => _table.Comparer ?? EqualityComparer<T>.Default;

    bool ICollection<T>.IsReadOnly => false;

    /// <summary>Takes a value in unless it is there.</summary>
    public bool Add(T item)
    {
        _table.FindOrAdd(item, out bool added);
        return added;
    }

    void ICollection<T>.Add(T item) => Add(item);

    /// <summary>Whether the value is there.</summary>
    public bool Contains(T item) => _table.Find(item) >= 0;

    /// <summary>The value in the set that equals the given one.</summary>
    public bool TryGetValue(T equalValue, [MaybeNullWhen(false)] out T actualValue)
    {
        int entry = _table.Find(equalValue);
        actualValue = entry < 0 ? default : _table.Key(entry);
        return entry >= 0;
    }

    /// <summary>Takes a value out.</summary>
    public bool Remove(T item) => _table.Remove(item) >= 0;

    /// <summary>Takes out all values that pass the test; returns how many.</summary>
    public int RemoveWhere(Predicate<T> match)
    {
        int removed = 0;
        foreach (T item in this)
        {
            if (match(item) && Remove(item)) removed++;
        }
        return removed;
    }

    /// <summary>Takes all values out; the room stays.</summary>
    public void Clear() => _table.Clear();

    /// <summary>Makes room for so many values.</summary>
    public int EnsureCapacity(int capacity) => _table.EnsureCapacity(capacity);

    /// <summary>Takes in all values of another.</summary>
    public void UnionWith(IEnumerable<T> other)
    {
        foreach (T item in other) Add(item);
    }

    /// <summary>Takes out all values of another.</summary>
    public void ExceptWith(IEnumerable<T> other)
    {
        if (ReferenceEquals(other, this))
        {
            Clear();
            return;
        }
        foreach (T item in other) Remove(item);
    }

    /// <summary>Keeps only the values that another has too.</summary>
    public void IntersectWith(IEnumerable<T> other)
    {
        HashSet<T> kept = other as HashSet<T> ?? new HashSet<T>(other);
        foreach (T item in this)
        {
            if (!kept.Contains(item)) Remove(item);
        }
    }

    /// <summary>Whether another has all these values.</summary>
    public bool IsSubsetOf(IEnumerable<T> other) => (other as HashSet<T> ?? new HashSet<T>(other)).IsSupersetOf(this);

    /// <summary>Whether all values of another are here.</summary>
    public bool IsSupersetOf(IEnumerable<T> other)
    {
        foreach (T item in other)
        {
            if (!Contains(item)) return false;
        }
        return true;
    }

    /// <summary>Whether both have a value in common.</summary>
    public bool Overlaps(IEnumerable<T> other)
    {
        foreach (T item in other)
        {
            if (Contains(item)) return true;
        }
        return false;
    }

    /// <summary>Whether both have the same values.</summary>
    public bool SetEquals(IEnumerable<T> other)
    {
        HashSet<T> set = other as HashSet<T> ?? new HashSet<T>(other);
        return set.Count == Count && IsSupersetOf(set);
    }

    /// <summary>Copies all values.</summary>
    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (T item in this) array[arrayIndex++] = item;
    }

    /// <summary>For <c>foreach</c>, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>Walks the values; none may be added meanwhile.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly HashSet<T> _set;
        private readonly int _version;
        private int _entry;

        internal Enumerator(HashSet<T> set)
        {
            _set = set;
            _version = set._table.Version;
            _entry = -1;
        }

        /// <summary>The value reached.</summary>
        public readonly T Current => _set._table.Key(_entry);

        readonly object? IEnumerator.Current => Current;

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            _entry = _set._table.Next(_entry, _version);
            return _entry >= 0;
        }

        void IEnumerator.Reset() => _entry = -1;

        /// <summary>Nothing to give back.</summary>
        public readonly void Dispose()
        {
        }
    }
}
