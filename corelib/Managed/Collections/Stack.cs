// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>Last in, first out.</summary>
public class Stack<T> : IReadOnlyCollection<T>
{
    private const int DefaultCapacity = 4;
    private T[] _items;
    private int _size;
    private int _version;

    /// <summary>Starts empty.</summary>
    public Stack() => _items = [];

    /// <summary>Starts empty with room.</summary>
    public Stack(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        _items = new T[capacity];
    }

    /// <summary>Starts with the values of another collection, the last on top.</summary>
    public Stack(IEnumerable<T> collection) : this()
    {
        foreach (T item in collection) Push(item);
    }

    /// <summary>Number of values.</summary>
    public int Count => _size;

    /// <summary>Puts a value on top.</summary>
    public void Push(T item)
    {
        if (_size == _items.Length) Array.Resize(ref _items!, Math.Max(DefaultCapacity, 2 * _size));
        _items[_size++] = item;
        _version++;
    }

    /// <summary>Takes the top value off.</summary>
    public T Pop() => TryPop(out T? result) ? result : throw new InvalidOperationException("Stack empty.");

    /// <summary>Takes the top value off if there is one.</summary>
    public bool TryPop([MaybeNullWhen(false)] out T result)
    {
        if (!TryPeek(out result)) return false;
        _size--;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) _items[_size] = default!;
        _version++;
        return true;
    }

    /// <summary>The top value.</summary>
    public T Peek() => TryPeek(out T? result) ? result : throw new InvalidOperationException("Stack empty.");

    /// <summary>The top value if there is one.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _size == 0 ? default : _items[_size - 1];
        return _size > 0;
    }

    /// <summary>Whether the value is there.</summary>
    public bool Contains(T item) => Array.IndexOf(_items, item, 0, _size) >= 0;

    /// <summary>Takes all values off; the room stays.</summary>
    public void Clear()
    {
        Array.Clear(_items, 0, _size);
        _size = 0;
        _version++;
    }

    /// <summary>The values in a new array, the top first.</summary>
    public T[] ToArray()
    {
        if (_size == 0) return [];
        T[] result = new T[_size];
        for (int index = 0; index < _size; index++) result[index] = _items[_size - 1 - index];
        return result;
    }

    /// <summary>For <c>foreach</c>, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>Walks the stack from its top; it must not change meanwhile.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly Stack<T> _stack;
        private readonly int _version;
        private int _index;

        internal Enumerator(Stack<T> stack)
        {
            _stack = stack;
            _version = stack._version;
            _index = stack._size;
        }

        /// <summary>The value reached.</summary>
        public readonly T Current => _stack._items[_index];

        readonly object? IEnumerator.Current => Current;

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            if (_version != _stack._version) CollectionErrors.Modified();
            return --_index >= 0;
        }

        void IEnumerator.Reset() => _index = _stack._size;

        /// <summary>Nothing to give back.</summary>
        public readonly void Dispose()
        {
        }
    }
}
