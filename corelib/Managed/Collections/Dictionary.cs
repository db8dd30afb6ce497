// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>Values by keys: a table of chains. Entries stand in the order of addition while none is removed.</summary>
public class Dictionary<TKey, TValue> : IDictionary<TKey, TValue>, IReadOnlyDictionary<TKey, TValue> where TKey : notnull
{
    private HashTable<TKey> _table;
    private TValue[] _values = [];
    private KeyCollection? _keys;
    private ValueCollection? _valueCollection;

    /// <summary>Starts empty.</summary>
    public Dictionary() : this(0, null)
    {
    }

    /// <summary>Starts empty with room.</summary>
    public Dictionary(int capacity) : this(capacity, null)
    {
    }

    /// <summary>Starts empty with an equality of its own.</summary>
    public Dictionary(IEqualityComparer<TKey>? comparer) : this(0, comparer)
    {
    }

    /// <summary>Starts empty with room and an equality of its own.</summary>
    public Dictionary(int capacity, IEqualityComparer<TKey>? comparer)
    {
        _table = new HashTable<TKey>(comparer);
        EnsureCapacity(capacity);
    }

    /// <summary>Starts with the entries of another.</summary>
    public Dictionary(IEnumerable<KeyValuePair<TKey, TValue>> collection) : this(0, null)
    {
        foreach ((TKey key, TValue value) in collection) Add(key, value);
    }

    /// <summary>Number of keys.</summary>
    public int Count => _table.Count;

    /// <summary>The equality of keys.</summary>
    public IEqualityComparer<TKey> Comparer => _table.Comparer ?? EqualityComparer<TKey>.Default;

    bool ICollection<KeyValuePair<TKey, TValue>>.IsReadOnly => false;

    /// <summary>The value of a key; setting it takes the key in.</summary>
    public TValue this[TKey key]
    {
        get
        {
            int entry = _table.Find(NotNull(key));
            if (entry < 0) throw new KeyNotFoundException("The given key '" + key + "' was not present in the dictionary.");
            return _values[entry];
        }

        set
        {
            int entry = _table.FindOrAdd(NotNull(key), out _);
            Fit();
            _values[entry] = value;
        }
    }

    /// <summary>All keys.</summary>
    public KeyCollection Keys => _keys ??= new(this);

    /// <summary>All values.</summary>
    public ValueCollection Values => _valueCollection ??= new(this);

    ICollection<TKey> IDictionary<TKey, TValue>.Keys => Keys;

    ICollection<TValue> IDictionary<TKey, TValue>.Values => Values;

    IEnumerable<TKey> IReadOnlyDictionary<TKey, TValue>.Keys => Keys;

    IEnumerable<TValue> IReadOnlyDictionary<TKey, TValue>.Values => Values;

    /// <summary>Takes in a key that is not there yet.</summary>
    public void Add(TKey key, TValue value)
    {
        if (!TryAdd(key, value)) throw new ArgumentException("An item with the same key has already been added. Key: " + key);
    }

    /// <summary>Takes in a key unless it is there.</summary>
    public bool TryAdd(TKey key, TValue value)
    {
        int entry = _table.FindOrAdd(NotNull(key), out bool added);
        if (!added) return false;
        Fit();
        _values[entry] = value;
        return true;
    }

    /// <summary>Whether the key is there.</summary>
    public bool ContainsKey(TKey key) => _table.Find(NotNull(key)) >= 0;

    /// <summary>Whether the value is there; looks through all.</summary>
    public bool ContainsValue(TValue value)
    {
        foreach ((_, TValue candidate) in this)
        {
            if (EqualityComparer<TValue>.Default.Equals(candidate, value)) return true;
        }
        return false;
    }

    /// <summary>The value of a key if it is there.</summary>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int entry = _table.Find(NotNull(key));
        if (entry < 0)
        {
            value = default;
            return false;
        }
        value = _values[entry];
        return true;
    }

    /// <summary>Takes a key out.</summary>
    public bool Remove(TKey key) => Remove(key, out _);

    /// <summary>Takes a key out and gives its value.</summary>
    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        int entry = _table.Remove(NotNull(key));
        if (entry < 0)
        {
            value = default;
            return false;
        }
        value = _values[entry];
        _values[entry] = default!;
        return true;
    }

    /// <summary>Takes all keys out; the room stays.</summary>
    public void Clear()
    {
        _table.Clear();
        Array.Clear(_values);
    }

    /// <summary>Makes room for so many keys.</summary>
    public int EnsureCapacity(int capacity)
    {
        int room = _table.EnsureCapacity(capacity);
        Fit();
        return room;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TKey NotNull(TKey key)
    {
        if (key is null) ThrowNullKey();
        return key;
    }

    [DoesNotReturn]
    private static void ThrowNullKey() => throw new ArgumentNullException("key");

    private void Fit()
    {
        if (_values.Length < _table.Capacity) Array.Resize(ref _values!, _table.Capacity);
    }

    void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Contains(KeyValuePair<TKey, TValue> item)
        => TryGetValue(item.Key, out TValue? value) && EqualityComparer<TValue>.Default.Equals(value, item.Value);

    bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item)
        => ((ICollection<KeyValuePair<TKey, TValue>>)this).Contains(item) && Remove(item.Key);

    void ICollection<KeyValuePair<TKey, TValue>>.CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
    {
        foreach (KeyValuePair<TKey, TValue> item in this) array[arrayIndex++] = item;
    }

    /// <summary>For <c>foreach</c>, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<KeyValuePair<TKey, TValue>> IEnumerable<KeyValuePair<TKey, TValue>>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>Walks the entries; none may be added meanwhile.</summary>
    public struct Enumerator : IEnumerator<KeyValuePair<TKey, TValue>>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;
        private readonly int _version;
        private int _entry;

        internal Enumerator(Dictionary<TKey, TValue> dictionary)
        {
            _dictionary = dictionary;
            _version = dictionary._table.Version;
            _entry = -1;
        }

        /// <summary>The entry reached.</summary>
        public readonly KeyValuePair<TKey, TValue> Current => new(_dictionary._table.Key(_entry), _dictionary._values[_entry]);

        readonly object IEnumerator.Current => Current;

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            _entry = _dictionary._table.Next(_entry, _version);
            return _entry >= 0;
        }

        void IEnumerator.Reset() => Restart();

        internal void Restart() => _entry = -1;

        /// <summary>Nothing to give back.</summary>
        public readonly void Dispose()
        {
        }
    }

    /// <summary>The keys, as they are when looked at.</summary>
    public sealed class KeyCollection : ICollection<TKey>, IReadOnlyCollection<TKey>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        internal KeyCollection(Dictionary<TKey, TValue> dictionary) => _dictionary = dictionary;

        /// <summary>Number of entries.</summary>
        public int Count => _dictionary.Count;

        bool ICollection<TKey>.IsReadOnly => true;

        /// <summary>Whether it is there.</summary>
        public bool Contains(TKey item) => _dictionary.ContainsKey(item);

        /// <summary>Copies all.</summary>
        public void CopyTo(TKey[] array, int index)
        {
            foreach (KeyValuePair<TKey, TValue> entry in _dictionary) array[index++] = entry.Key;
        }

        /// <summary>For <c>foreach</c>, without allocating.</summary>
        public Enumerator GetEnumerator() => new(_dictionary);

        IEnumerator<TKey> IEnumerable<TKey>.GetEnumerator() => new Enumerator(_dictionary);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_dictionary);

        /// <summary>Walks the entries; none may be added meanwhile.</summary>
        public struct Enumerator : IEnumerator<TKey>
        {
            private Dictionary<TKey, TValue>.Enumerator _entries;

            internal Enumerator(Dictionary<TKey, TValue> dictionary) => _entries = dictionary.GetEnumerator();

            /// <summary>What was reached.</summary>
            public readonly TKey Current => _entries.Current.Key;

            readonly object? IEnumerator.Current => Current;

            /// <summary>Goes on; false at the end.</summary>
            public bool MoveNext() => _entries.MoveNext();

            void IEnumerator.Reset() => _entries.Restart();

            /// <summary>Nothing to give back.</summary>
            public readonly void Dispose()
            {
            }
        }

        void ICollection<TKey>.Add(TKey item) => throw new NotSupportedException("Mutating a key collection is not allowed.");

        void ICollection<TKey>.Clear() => throw new NotSupportedException("Mutating a key collection is not allowed.");

        bool ICollection<TKey>.Remove(TKey item) => throw new NotSupportedException("Mutating a key collection is not allowed.");
    }

    /// <summary>The values, as they are when looked at.</summary>
    public sealed class ValueCollection : ICollection<TValue>, IReadOnlyCollection<TValue>
    {
        private readonly Dictionary<TKey, TValue> _dictionary;

        internal ValueCollection(Dictionary<TKey, TValue> dictionary) => _dictionary = dictionary;

        /// <summary>Number of entries.</summary>
        public int Count => _dictionary.Count;

        bool ICollection<TValue>.IsReadOnly => true;

        bool ICollection<TValue>.Contains(TValue item) => _dictionary.ContainsValue(item);

        /// <summary>Copies all.</summary>
        public void CopyTo(TValue[] array, int index)
        {
            foreach (KeyValuePair<TKey, TValue> entry in _dictionary) array[index++] = entry.Value;
        }

        /// <summary>For <c>foreach</c>, without allocating.</summary>
        public Enumerator GetEnumerator() => new(_dictionary);

        IEnumerator<TValue> IEnumerable<TValue>.GetEnumerator() => new Enumerator(_dictionary);

        IEnumerator IEnumerable.GetEnumerator() => new Enumerator(_dictionary);

        /// <summary>Walks the entries; none may be added meanwhile.</summary>
        public struct Enumerator : IEnumerator<TValue>
        {
            private Dictionary<TKey, TValue>.Enumerator _entries;

            internal Enumerator(Dictionary<TKey, TValue> dictionary) => _entries = dictionary.GetEnumerator();

            /// <summary>What was reached.</summary>
            public readonly TValue Current => _entries.Current.Value;

            readonly object? IEnumerator.Current => Current;

            /// <summary>Goes on; false at the end.</summary>
            public bool MoveNext() => _entries.MoveNext();

            void IEnumerator.Reset() => _entries.Restart();

            /// <summary>Nothing to give back.</summary>
            public readonly void Dispose()
            {
            }
        }

        void ICollection<TValue>.Add(TValue item) => throw new NotSupportedException("Mutating a value collection is not allowed.");

        void ICollection<TValue>.Clear() => throw new NotSupportedException("Mutating a value collection is not allowed.");

        bool ICollection<TValue>.Remove(TValue item) => throw new NotSupportedException("Mutating a value collection is not allowed.");
    }
}
