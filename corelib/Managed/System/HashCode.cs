// SPDX-License-Identifier: BSD-2-Clause
using System.Collections.Generic;

namespace System;

/// <summary>Makes one hash code of several. The same in every run: nothing here takes keys from strangers unseen.</summary>
public struct HashCode
{
    private uint _state;
    private bool _started;

    /// <summary>Takes in a value.</summary>
    public void Add<T>(T value) => Mix((uint)(value is null ? 0 : value.GetHashCode()));

    /// <summary>Takes in a value by a comparer of its own.</summary>
    public void Add<T>(T value, IEqualityComparer<T>? comparer)
        => Mix((uint)(value is null ? 0 : comparer is null ? value.GetHashCode() : comparer.GetHashCode(value)));

    /// <summary>Takes in bytes.</summary>
    public void AddBytes(ReadOnlySpan<byte> value)
    {
        foreach (byte part in value) Mix(part);
    }

    /// <summary>The hash code of what was taken in.</summary>
    public readonly int ToHashCode()
    {
        uint hash = _state;
        hash = (hash ^ (hash >> 16)) * 0x7FEB352D;
        hash = (hash ^ (hash >> 15)) * 0x846CA68B;
        return (int)(hash ^ (hash >> 16));
    }

    private void Mix(uint value)
    {
        if (!_started)
        {
            _started = true;
            _state = 0x9E3779B9;
        }
        _state = (Numerics.BitOperations.RotateLeft(_state, 5) ^ (value * 0xCC9E2D51)) * 0x1B873593 + 0xE6546B64;
    }

    /// <summary>The hash code of 1 value.</summary>
    public static int Combine<T1>(T1 value1)
    {
        HashCode hash = default;
        hash.Add(value1);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 2 values.</summary>
    public static int Combine<T1, T2>(T1 value1, T2 value2)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 3 values.</summary>
    public static int Combine<T1, T2, T3>(T1 value1, T2 value2, T3 value3)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 4 values.</summary>
    public static int Combine<T1, T2, T3, T4>(T1 value1, T2 value2, T3 value3, T4 value4)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        hash.Add(value4);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 5 values.</summary>
    public static int Combine<T1, T2, T3, T4, T5>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        hash.Add(value4);
        hash.Add(value5);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 6 values.</summary>
    public static int Combine<T1, T2, T3, T4, T5, T6>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        hash.Add(value4);
        hash.Add(value5);
        hash.Add(value6);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 7 values.</summary>
    public static int Combine<T1, T2, T3, T4, T5, T6, T7>(T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6, T7 value7)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        hash.Add(value4);
        hash.Add(value5);
        hash.Add(value6);
        hash.Add(value7);
        return hash.ToHashCode();
    }

    /// <summary>The hash code of 8 values.</summary>
    public static int Combine<T1, T2, T3, T4, T5, T6, T7, T8>(
        T1 value1, T2 value2, T3 value3, T4 value4, T5 value5, T6 value6, T7 value7, T8 value8)
    {
        HashCode hash = default;
        hash.Add(value1);
        hash.Add(value2);
        hash.Add(value3);
        hash.Add(value4);
        hash.Add(value5);
        hash.Add(value6);
        hash.Add(value7);
        hash.Add(value8);
        return hash.ToHashCode();
    }
}
