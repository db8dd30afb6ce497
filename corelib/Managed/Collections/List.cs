// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>Values in places, growing at the end. The array doubles; the old one stays behind in the arena.</summary>
public class List<T> : IList<T>, IReadOnlyList<T>
{
    private const int DefaultCapacity = 4;
    internal T[] _items;
    internal int _size;
    private int _version;

    /// <summary>Starts empty.</summary>
    public List() => _items = [];

    /// <summary>Starts empty with room.</summary>
    public List(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        _items = capacity == 0 ? [] : new T[capacity];
    }

    /// <summary>Starts with the values of another collection.</summary>
    public List(IEnumerable<T> collection) : this() => AddRange(collection);

    /// <summary>Number of values.</summary>
    public int Count => _size;

    bool ICollection<T>.IsReadOnly => false;

    /// <summary>Values that fit without growing.</summary>
    public int Capacity
    {
        get => _items.Length;
        set
        {
            if (value < _size) throw new ArgumentOutOfRangeException(nameof(value));
            if (value == _items.Length) return;
            T[] items = new T[value];
            Array.Copy(_items, items, _size);
            _items = items;
        }
    }

    /// <summary>The value at a place.</summary>
    public T this[int index]
    {
        get
        {
            if ((uint)index >= (uint)_size) ThrowIndex();
            return _items[index];
        }

        set
        {
            if ((uint)index >= (uint)_size) ThrowIndex();
            _items[index] = value;
            _version++;
        }
    }

    /// <summary>Adds a value at the end.</summary>
    public void Add(T item)
    {
        if (_size == _items.Length) EnsureCapacity(_size + 1);
        _items[_size++] = item;
        _version++;
    }

    /// <summary>Adds values at the end.</summary>
    public void AddRange(IEnumerable<T> collection)
    {
        if (collection is ICollection<T> known)
        {
            int count = known.Count;
            EnsureCapacity(_size + count);
            known.CopyTo(_items, _size);
            _size += count;
            _version++;
            return;
        }
        foreach (T item in collection) Add(item);
    }

    /// <summary>Makes room for so many values in all.</summary>
    public int EnsureCapacity(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        if (capacity > _items.Length) Capacity = Math.Max(capacity, _items.Length == 0 ? DefaultCapacity : 2 * _items.Length);
        return _items.Length;
    }

    /// <summary>Puts a value in before a place.</summary>
    public void Insert(int index, T item)
    {
        if ((uint)index > (uint)_size) ThrowIndex();
        if (_size == _items.Length) EnsureCapacity(_size + 1);
        Array.Copy(_items, index, _items, index + 1, _size - index);
        _items[index] = item;
        _size++;
        _version++;
    }

    /// <summary>Puts values in before a place.</summary>
    public void InsertRange(int index, IEnumerable<T> collection)
    {
        if ((uint)index > (uint)_size) ThrowIndex();
        if (collection is not ICollection<T> known || ReferenceEquals(collection, this))
        {
            // What cannot be counted first, or moves while it is read, goes to the end and is turned into its place.
            int before = _size;
            AddRange(collection);
            Array.Reverse(_items, index, before - index);
            Array.Reverse(_items, before, _size - before);
            Array.Reverse(_items, index, _size - index);
            return;
        }
        int count = known.Count;
        EnsureCapacity(_size + count);
        Array.Copy(_items, index, _items, index + count, _size - index);
        known.CopyTo(_items, index);
        _size += count;
        _version++;
    }

    /// <summary>Takes the value at a place out.</summary>
    public void RemoveAt(int index) => RemoveRange(index, 1);

    /// <summary>Takes values out.</summary>
    public void RemoveRange(int index, int count)
    {
        if (index < 0 || count < 0) ThrowIndex();
        if (index > _size - count) ThrowIndex();
        _size -= count;
        Array.Copy(_items, index + count, _items, index, _size - index);
        Array.Clear(_items, _size, count);
        _version++;
    }

    /// <summary>Takes the first occurrence of a value out.</summary>
    public bool Remove(T item)
    {
        int index = IndexOf(item);
        if (index >= 0) RemoveAt(index);
        return index >= 0;
    }

    /// <summary>Takes out all values that pass the test; returns how many.</summary>
    public int RemoveAll(Predicate<T> match)
    {
        int kept = 0;
        for (int index = 0; index < _size; index++)
        {
            if (!match(_items[index])) _items[kept++] = _items[index];
        }
        int removed = _size - kept;
        Array.Clear(_items, kept, removed);
        _size = kept;
        _version++;
        return removed;
    }

    /// <summary>Takes all values out; the room stays.</summary>
    public void Clear()
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) Array.Clear(_items, 0, _size);
        _size = 0;
        _version++;
    }

    /// <summary>Whether the value is there.</summary>
    public bool Contains(T item) => IndexOf(item) >= 0;

    /// <summary>The first place of a value, or -1.</summary>
    public int IndexOf(T item) => Array.IndexOf(_items, item, 0, _size);

    /// <summary>The first place of a value from a place on, or -1.</summary>
    public int IndexOf(T item, int index) => Array.IndexOf(_items, item, index, _size - index);

    /// <summary>The last place of a value, or -1.</summary>
    public int LastIndexOf(T item)
    {
        for (int index = _size - 1; index >= 0; index--)
        {
            if (EqualityComparer<T>.Default.Equals(_items[index], item)) return index;
        }
        return -1;
    }

    /// <summary>The first place whose value passes the test, or -1.</summary>
    public int FindIndex(Predicate<T> match)
    {
        for (int index = 0; index < _size; index++)
        {
            if (match(_items[index])) return index;
        }
        return -1;
    }

    /// <summary>The first value that passes the test, or zero.</summary>
    public T? Find(Predicate<T> match)
    {
        int index = FindIndex(match);
        return index < 0 ? default : _items[index];
    }

    /// <summary>All values that pass the test.</summary>
    public List<T> FindAll(Predicate<T> match)
    {
        List<T> found = new();
        foreach (T item in this)
        {
            if (match(item)) found.Add(item);
        }
        return found;
    }

    /// <summary>Whether some value passes the test.</summary>
    public bool Exists(Predicate<T> match) => FindIndex(match) >= 0;

    /// <summary>Whether all values pass the test.</summary>
    public bool TrueForAll(Predicate<T> match)
    {
        foreach (T item in this)
        {
            if (!match(item)) return false;
        }
        return true;
    }

    /// <summary>Calls something with each value.</summary>
    public void ForEach(Action<T> action)
    {
        foreach (T item in this) action(item);
    }

    /// <summary>Part of the list as a new one.</summary>
    public List<T> GetRange(int index, int count)
    {
        if (index < 0 || count < 0 || index > _size - count) ThrowIndex();
        List<T> part = new(count) { _size = count };
        Array.Copy(_items, index, part._items, 0, count);
        return part;
    }

    /// <summary>Part of the list as a new one; C# calls it for ranges.</summary>
    public List<T> Slice(int start, int length) => GetRange(start, length);

    /// <summary>Copies all values.</summary>
    public void CopyTo(T[] array) => Array.Copy(_items, 0, array, 0, _size);

    /// <summary>Copies all values.</summary>
    public void CopyTo(T[] array, int arrayIndex) => Array.Copy(_items, 0, array, arrayIndex, _size);

    /// <summary>The values in a new array.</summary>
    public T[] ToArray() => new ReadOnlySpan<T>(_items, 0, _size).ToArray();

    /// <summary>Puts the values into the opposite order.</summary>
    public void Reverse()
    {
        Array.Reverse(_items, 0, _size);
        _version++;
    }

    /// <summary>Puts the values into their natural order; equal ones may change places.</summary>
    public void Sort()
    {
        new Span<T>(_items, 0, _size).Sort();
        _version++;
    }

    /// <summary>Puts the values into an order; equal ones may change places.</summary>
    public void Sort(IComparer<T>? comparer)
    {
        Sorter.Sort(new Span<T>(_items, 0, _size), comparer ?? Comparer<T>.Default);
        _version++;
    }

    /// <summary>Puts the values into an order; equal ones may change places.</summary>
    public void Sort(Comparison<T> comparison)
    {
        new Span<T>(_items, 0, _size).Sort(comparison);
        _version++;
    }

    /// <summary>Where the value stands in an ordered list, or the complement of where it would.</summary>
    public int BinarySearch(T item) => Array.BinarySearch(_items, 0, _size, item, null);

    /// <summary>Where the value stands in an ordered list, or the complement of where it would.</summary>
    public int BinarySearch(T item, IComparer<T>? comparer) => Array.BinarySearch(_items, 0, _size, item, comparer);

    /// <summary>For <c>foreach</c>, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    private static void ThrowIndex()
        => throw new ArgumentOutOfRangeException("index",
            "Index was out of range. Must be non-negative and less than the size of the collection.");

    /// <summary>Walks the list; it must not change meanwhile.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly List<T> _list;
        private readonly int _version;
        private int _index;
        private T? _current;

        internal Enumerator(List<T> list)
        {
            _list = list;
            _version = list._version;
        }

        /// <summary>The value reached.</summary>
        public readonly T Current => _current!;

        readonly object? IEnumerator.Current => _current;

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            if (_version != _list._version) CollectionErrors.Modified();
            if ((uint)_index >= (uint)_list._size)
            {
                _current = default;
                return false;
            }
            _current = _list._items[_index++];
            return true;
        }

        void IEnumerator.Reset() => _index = 0;

        /// <summary>Nothing to give back.</summary>
        public readonly void Dispose()
        {
        }
    }
}
