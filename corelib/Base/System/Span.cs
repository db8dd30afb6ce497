// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

/// <summary>A view of consecutive elements: a reference and a length.</summary>
public readonly ref partial struct Span<T>
{
    internal readonly ref T _reference;
    private readonly int _length;

    /// <summary>A whole array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span(T[]? array)
    {
        if (array is null)
        {
            this = default;
            return;
        }
        CheckElementType(array);
        _reference = ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(array).Data);
        _length = array.Length;
    }

    /// <summary>Part of an array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span(T[]? array, int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)(array is null ? 0 : array.Length)) ThrowHelpers.ThrowArgumentOutOfRangeException();
        if (array is null)
        {
            this = default;
            return;
        }
        CheckElementType(array);
        _reference = ref Unsafe.Add(ref Unsafe.As<byte, T>(ref Unsafe.As<RawArrayData>(array).Data), (nint)(uint)start);
        _length = length;
    }

    /// <summary>Elements at an address; the caller answers for their lifetime.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe Span(void* pointer, int length)
    {
        if (length < 0) ThrowHelpers.ThrowArgumentOutOfRangeException();
        _reference = ref Unsafe.AsRef<T>(pointer);
        _length = length;
    }

    /// <summary>One element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span(ref T reference)
    {
        _reference = ref reference;
        _length = 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    /// <summary>Number of elements.</summary>
    public int Length
    {
        [Intrinsic]
        get => _length;
    }

    /// <summary>Whether there are no elements.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>A view of nothing.</summary>
    public static Span<T> Empty => default;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public ref T this[int index]
    {
        [Intrinsic]
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)_length) ThrowHelpers.ThrowIndexOutOfRangeException();
            return ref Unsafe.Add(ref _reference, (nint)(uint)index);
        }
    }

    /// <summary>From <paramref name="start"/> to the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice(int start)
    {
        if ((uint)start > (uint)_length) ThrowHelpers.ThrowArgumentOutOfRangeException();
        return new(ref Unsafe.Add(ref _reference, (nint)(uint)start), _length - start);
    }

    /// <summary>A part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Slice(int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)_length) ThrowHelpers.ThrowArgumentOutOfRangeException();
        return new(ref Unsafe.Add(ref _reference, (nint)(uint)start), length);
    }

    /// <summary>Copies all elements; the places may overlap.</summary>
    public void CopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length) ThrowHelpers.ThrowDestinationTooShort();
        Buffer.Memmove(ref destination._reference, ref _reference, (uint)_length);
    }

    /// <summary>Copies all elements if there is room.</summary>
    public bool TryCopyTo(Span<T> destination)
    {
        if ((uint)_length > (uint)destination.Length) return false;
        Buffer.Memmove(ref destination._reference, ref _reference, (uint)_length);
        return true;
    }

    /// <summary>The first element, for <c>fixed</c>; a reference to nothing when empty.</summary>
    public ref T GetPinnableReference() => ref _length == 0 ? ref Unsafe.NullRef<T>() : ref _reference;

    /// <summary>Whether both view the same place.</summary>
    public static bool operator ==(Span<T> left, Span<T> right)
        => left._length == right._length && Unsafe.AreSame(ref left._reference, ref right._reference);

    /// <summary>Whether they view different places.</summary>
    public static bool operator !=(Span<T> left, Span<T> right) => !(left == right);

    /// <summary>Not supported: a view cannot be boxed.</summary>
    public override bool Equals(object? obj)
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return false;
    }

    /// <summary>Not supported.</summary>
    public override int GetHashCode()
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return 0;
    }

    /// <summary>A whole array.</summary>
    public static implicit operator Span<T>(T[]? array) => new(array);

    /// <summary>Reading needs no right to write.</summary>
    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(ref span._reference, span._length);

    /// <summary>Sets every element to zero.</summary>
    public unsafe void Clear()
        => MemoryOperations.Set(Unsafe.AsPointer(ref _reference), 0, (nuint)(uint)_length * (nuint)Unsafe.SizeOf<T>());

    /// <summary>Sets every element.</summary>
    public void Fill(T value)
    {
        if (Unsafe.SizeOf<T>() == 1)
        {
            SpanHelpers.Fill(ref Unsafe.As<T, byte>(ref _reference), Unsafe.As<T, byte>(ref value), (uint)_length);
            return;
        }
        for (int index = 0; index < _length; index++) Unsafe.Add(ref _reference, index) = value;
    }

    /// <summary>An array of a derived class may not be written through its base class (as .NET refuses it).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckElementType(T[] array)
    {
        if (!typeof(T).IsValueType) CheckExactType(array);
    }

    static partial void CheckExactType(T[] array);

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the elements.</summary>
    public ref struct Enumerator
    {
        private readonly Span<T> _span;
        private int _index;

        internal Enumerator(Span<T> span)
        {
            _span = span;
            _index = -1;
        }

        /// <summary>The element reached.</summary>
        public readonly ref T Current => ref _span[_index];

        /// <summary>Goes on; false at the end.</summary>
        public bool MoveNext() => ++_index < _span.Length;
    }
}
