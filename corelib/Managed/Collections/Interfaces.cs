// SPDX-License-Identifier: BSD-2-Clause
namespace System.Collections
{
    /// <summary>Walks objects.</summary>
    public interface IEnumerator
    {
        /// <summary>The object reached.</summary>
        object? Current { get; }

        /// <summary>Goes on; false at the end.</summary>
        bool MoveNext();

        /// <summary>Back before the first.</summary>
        void Reset();
    }

    /// <summary>Something that can be walked.</summary>
    public interface IEnumerable
    {
        /// <summary>Begins a walk.</summary>
        IEnumerator GetEnumerator();
    }

    /// <summary>Objects that can be counted.</summary>
    public interface ICollection : IEnumerable
    {
        /// <summary>Number of objects.</summary>
        int Count { get; }

        /// <summary>Whether several threads may use it.</summary>
        bool IsSynchronized { get; }

        /// <summary>What several threads would lock.</summary>
        object SyncRoot { get; }

        /// <summary>Copies all objects.</summary>
        void CopyTo(Array array, int index);
    }

    /// <summary>Objects in places.</summary>
    public interface IList : ICollection
    {
        /// <summary>The object at a place.</summary>
        object? this[int index] { get; set; }

        /// <summary>Whether the number of objects never changes.</summary>
        bool IsFixedSize { get; }

        /// <summary>Whether it never changes.</summary>
        bool IsReadOnly { get; }

        /// <summary>Adds an object; returns its place.</summary>
        int Add(object? value);

        /// <summary>Takes all objects out.</summary>
        void Clear();

        /// <summary>Whether the object is there.</summary>
        bool Contains(object? value);

        /// <summary>The first place of an object, or -1.</summary>
        int IndexOf(object? value);

        /// <summary>Puts an object in before a place.</summary>
        void Insert(int index, object? value);

        /// <summary>Takes the first occurrence of an object out.</summary>
        void Remove(object? value);

        /// <summary>Takes the object at a place out.</summary>
        void RemoveAt(int index);
    }
}

namespace System.Collections.Generic
{
    /// <summary>Walks values.</summary>
    public interface IEnumerator<out T> : IDisposable, IEnumerator where T : allows ref struct
    {
        /// <summary>The value reached.</summary>
        new T Current { get; }
    }

    /// <summary>Something that can be walked.</summary>
    public interface IEnumerable<out T> : IEnumerable where T : allows ref struct
    {
        /// <summary>Begins a walk.</summary>
        new IEnumerator<T> GetEnumerator();
    }

    /// <summary>Something with a number of values that can be walked.</summary>
    public interface IReadOnlyCollection<out T> : IEnumerable<T>
    {
        /// <summary>Number of values.</summary>
        int Count { get; }
    }

    /// <summary>Values in places.</summary>
    public interface IReadOnlyList<out T> : IReadOnlyCollection<T>
    {
        /// <summary>The value at a place.</summary>
        T this[int index] { get; }
    }

    /// <summary>Values by keys.</summary>
    public interface IReadOnlyDictionary<TKey, TValue> : IReadOnlyCollection<KeyValuePair<TKey, TValue>>
    {
        /// <summary>The value of a key.</summary>
        TValue this[TKey key] { get; }

        /// <summary>All keys.</summary>
        IEnumerable<TKey> Keys { get; }

        /// <summary>All values.</summary>
        IEnumerable<TValue> Values { get; }

        /// <summary>Whether the key is there.</summary>
        bool ContainsKey(TKey key);

        /// <summary>The value of a key if it is there.</summary>
        bool TryGetValue(TKey key, [Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value);
    }

    /// <summary>A collection that can change.</summary>
    public interface ICollection<T> : IEnumerable<T>
    {
        /// <summary>Number of values.</summary>
        int Count { get; }

        /// <summary>Whether it never changes.</summary>
        bool IsReadOnly { get; }

        /// <summary>Takes a value in.</summary>
        void Add(T item);

        /// <summary>Takes all values out.</summary>
        void Clear();

        /// <summary>Whether the value is there.</summary>
        bool Contains(T item);

        /// <summary>Copies all values.</summary>
        void CopyTo(T[] array, int arrayIndex);

        /// <summary>Takes the value out, once.</summary>
        bool Remove(T item);
    }

    /// <summary>Values in places that can change.</summary>
    public interface IList<T> : ICollection<T>
    {
        /// <summary>The value at a place.</summary>
        T this[int index] { get; set; }

        /// <summary>The first place of a value, or -1.</summary>
        int IndexOf(T item);

        /// <summary>Puts a value in before a place.</summary>
        void Insert(int index, T item);

        /// <summary>Takes the value at a place out.</summary>
        void RemoveAt(int index);
    }

    /// <summary>Values by keys that can change.</summary>
    public interface IDictionary<TKey, TValue> : ICollection<KeyValuePair<TKey, TValue>>
    {
        /// <summary>The value of a key.</summary>
        TValue this[TKey key] { get; set; }

        /// <summary>All keys.</summary>
        ICollection<TKey> Keys { get; }

        /// <summary>All values.</summary>
        ICollection<TValue> Values { get; }

        /// <summary>Takes in a key that is not there yet.</summary>
        void Add(TKey key, TValue value);

        /// <summary>Whether the key is there.</summary>
        bool ContainsKey(TKey key);

        /// <summary>Takes a key out.</summary>
        bool Remove(TKey key);

        /// <summary>The value of a key if it is there.</summary>
        bool TryGetValue(TKey key, [Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value);
    }

    /// <summary>Different values.</summary>
    public interface IReadOnlySet<T> : IReadOnlyCollection<T>
    {
        /// <summary>Whether the value is there.</summary>
        bool Contains(T item);
    }

    /// <summary>Different values that can change.</summary>
    public interface ISet<T> : ICollection<T>
    {
        /// <summary>Takes a value in unless it is there.</summary>
        new bool Add(T item);

        /// <summary>Takes in all values of another.</summary>
        void UnionWith(IEnumerable<T> other);
    }

    /// <summary>An order.</summary>
    public interface IComparer<in T> where T : allows ref struct
    {
        /// <summary>Negative when the first comes first, zero when equal, positive otherwise.</summary>
        int Compare(T? x, T? y);
    }

    /// <summary>An equality with its hash codes.</summary>
    public interface IEqualityComparer<in T> where T : allows ref struct
    {
        /// <summary>Whether both are equal.</summary>
        bool Equals(T? x, T? y);

        /// <summary>The same for equal values.</summary>
        int GetHashCode([Diagnostics.CodeAnalysis.DisallowNull] T obj);
    }

    /// <summary>A key with its value.</summary>
    public readonly struct KeyValuePair<TKey, TValue>(TKey key, TValue value)
    {
        /// <summary>The key.</summary>
        public TKey Key { get; } = key;

        /// <summary>The value.</summary>
        public TValue Value { get; } = value;

        /// <summary>Takes it apart.</summary>
        public void Deconstruct(out TKey key, out TValue value)
        {
            key = Key;
            value = Value;
        }

        /// <summary>Key and value in brackets.</summary>
        public override string ToString() => $"[{Key}, {Value}]";
    }
}
