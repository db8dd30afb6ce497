// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace System.Collections.Generic;

/// <summary>First in, first out: a ring.</summary>
public class Queue<T> : IReadOnlyCollection<T>
{
    private const int DefaultCapacity = 4;
    private T[] _ring;
    private int _head;
    private int _size;
    private int _version;

    /// <summary>Starts empty.</summary>
    public Queue() => _ring = [];

    /// <summary>Starts empty with room.</summary>
    public Queue(int capacity)
    {
        if (capacity < 0) throw new ArgumentOutOfRangeException(nameof(capacity));
        _ring = new T[capacity];
    }

    /// <summary>Starts with the values of another collection.</summary>
    public Queue(IEnumerable<T> collection) : this()
    {
        foreach (T item in collection) Enqueue(item);
    }

    /// <summary>Number of values.</summary>
    public int Count => _size;

    /// <summary>Adds a value at the end.</summary>
    public void Enqueue(T item)
    {
        if (_size == _ring.Length) Grow(_size + 1);
        _ring[Place(_size)] = item;
        _size++;
        _version++;
    }

    /// <summary>Takes the first value out.</summary>
    public T Dequeue() => TryDequeue(out T? result) ? result : throw new InvalidOperationException("Queue empty.");

    /// <summary>Takes the first value out if there is one.</summary>
    public bool TryDequeue([MaybeNullWhen(false)] out T result)
    {
        if (!TryPeek(out result)) return false;
        if (RuntimeHelpers.IsReferenceOrContainsReferences<T>()) _ring[_head] = default!;
        _head = Place(1);
        _size--;
        _version++;
        return true;
    }

    /// <summary>The first value.</summary>
    public T Peek() => TryPeek(out T? result) ? result : throw new InvalidOperationException("Queue empty.");

    /// <summary>The first value if there is one.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T result)
    {
        result = _size == 0 ? default : _ring[_head];
        return _size > 0;
    }

    /// <summary>Whether the value is there.</summary>
    public bool Contains(T item)
    {
        for (int index = 0; index < _size; index++)
        {
            if (EqualityComparer<T>.Default.Equals(_ring[Place(index)], item)) return true;
        }
        return false;
    }

    /// <summary>Takes all values out; the room stays.</summary>
    public void Clear()
    {
        Array.Clear(_ring);
        _head = 0;
        _size = 0;
        _version++;
    }

    /// <summary>The values in a new array.</summary>
    public T[] ToArray()
    {
        if (_size == 0) return [];
        T[] result = new T[_size];
        CopyTo(result, 0);
        return result;
    }

    /// <summary>Copies all values.</summary>
    public void CopyTo(T[] array, int arrayIndex)
    {
        for (int index = 0; index < _size; index++) array[arrayIndex + index] = _ring[Place(index)];
    }

    /// <summary>Makes room for so many values.</summary>
    public int EnsureCapacity(int capacity)
    {
        if (capacity > _ring.Length) Grow(capacity);
        return _ring.Length;
    }

    private int Place(int index)
    {
        int place = _head + index;
        return place >= _ring.Length ? place - _ring.Length : place;
    }

    private void Grow(int capacity)
    {
        T[] ring = new T[Math.Max(capacity, Math.Max(DefaultCapacity, 2 * _ring.Length))];
        CopyTo(ring, 0);
        _ring = ring;
        _head = 0;
        _version++;
    }

    /// <summary>For <c>foreach</c>, without allocating.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => new Enumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => new Enumerator(this);

    /// <summary>Walks the queue from its head; it must not change meanwhile.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private readonly Queue<T> _queue;
        private readonly int _version;
        private int _index;

        internal Enumerator(Queue<T> queue)
        {
            _queue = queue;
            _version = queue._version;
            _index = -1;
        }

        /// <summary>The value reached.</summary>
        public readonly T Current => _queue._ring[_queue.Place(_index)];

        readonly object? IEnumerator.Current => Current;

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext()
        {
            if (_version != _queue._version) CollectionErrors.Modified();
            return ++_index < _queue._size;
        }

        void IEnumerator.Reset() => _index = -1;

        /// <summary>Nothing to give back.</summary>
        public readonly void Dispose()
        {
        }
    }
}
