// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.InteropServices;

/// <summary>Spans taken apart and put together.</summary>
public static unsafe partial class MemoryMarshal
{
    /// <summary>The first element, or where it would be.</summary>
    public static ref T GetReference<T>(Span<T> span) => ref span._reference;

    /// <summary>The first element, or where it would be.</summary>
    public static ref T GetReference<T>(ReadOnlySpan<T> span) => ref span._reference;

    /// <summary>A span over elements that the caller answers for.</summary>
    public static Span<T> CreateSpan<T>(scoped ref T reference, int length) => new(Unsafe.AsPointer(ref reference), length);

    /// <summary>A span over elements that the caller answers for.</summary>
    public static ReadOnlySpan<T> CreateReadOnlySpan<T>(scoped ref readonly T reference, int length)
        => new(Unsafe.AsPointer(in reference), length);

    /// <summary>The bytes of the elements.</summary>
    public static Span<byte> AsBytes<T>(Span<T> span) where T : struct
        => new(ref Unsafe.As<T, byte>(ref span._reference), checked(span.Length * sizeof(T)));

    /// <summary>The bytes of the elements.</summary>
    public static ReadOnlySpan<byte> AsBytes<T>(ReadOnlySpan<T> span) where T : struct
        => new(ref Unsafe.As<T, byte>(ref span._reference), checked(span.Length * sizeof(T)));

    /// <summary>The same bytes as elements of another type; a rest that is too short is left out.</summary>
    public static Span<TTo> Cast<TFrom, TTo>(Span<TFrom> span) where TFrom : struct where TTo : struct
        => new(ref Unsafe.As<TFrom, TTo>(ref span._reference), CastLength(span.Length, sizeof(TFrom), sizeof(TTo)));

    /// <summary>The same bytes as elements of another type; a rest that is too short is left out.</summary>
    public static ReadOnlySpan<TTo> Cast<TFrom, TTo>(ReadOnlySpan<TFrom> span) where TFrom : struct where TTo : struct
        => new(ref Unsafe.As<TFrom, TTo>(ref span._reference), CastLength(span.Length, sizeof(TFrom), sizeof(TTo)));

    /// <summary>Reads a value from the beginning.</summary>
    public static T Read<T>(ReadOnlySpan<byte> source) where T : struct
    {
        if (source.Length < sizeof(T)) ThrowHelpers.ThrowArgumentOutOfRangeException();
        return Unsafe.ReadUnaligned<T>(in source._reference);
    }

    /// <summary>Reads a value from the beginning if there are bytes enough.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> source, out T value) where T : struct
    {
        value = default;
        if (source.Length < sizeof(T)) return false;
        value = Unsafe.ReadUnaligned<T>(in source._reference);
        return true;
    }

    /// <summary>Writes a value at the beginning.</summary>
    public static void Write<T>(Span<byte> destination, in T value) where T : struct
    {
        if (destination.Length < sizeof(T)) ThrowHelpers.ThrowArgumentOutOfRangeException();
        Unsafe.WriteUnaligned(ref destination._reference, value);
    }

    /// <summary>Writes a value at the beginning if there is room.</summary>
    public static bool TryWrite<T>(Span<byte> destination, in T value) where T : struct
    {
        if (destination.Length < sizeof(T)) return false;
        Unsafe.WriteUnaligned(ref destination._reference, value);
        return true;
    }

    /// <summary>A span up to the first zero byte.</summary>
    public static ReadOnlySpan<byte> CreateReadOnlySpanFromNullTerminated(byte* value)
    {
        if (value is null) return default;
        int length = 0;
        while (value[length] != 0) length = checked(length + 1);
        return new(value, length);
    }

    private static int CastLength(int count, int from, int to)
        => from == to ? count : checked((int)((ulong)(uint)count * (uint)from / (uint)to));
}
