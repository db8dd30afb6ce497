// SPDX-License-Identifier: BSD-2-Clause
using System.Numerics;

namespace System;

/// <summary>Pseudo-random numbers (xoshiro256** by Blackman and Vigna, seeded by splitmix64): the same for the same seed.</summary>
/// <remarks>The image has no source of chance of its own, so there is no constructor without a seed.</remarks>
public class Random
{
    private ulong _state0;
    private ulong _state1;
    private ulong _state2;
    private ulong _state3;

    /// <summary>Starts the sequence of a seed. It differs from that of .NET, which is not documented either.</summary>
    public Random(int Seed)
    {
        ulong seed = (uint)Seed;
        _state0 = SplitMix(ref seed);
        _state1 = SplitMix(ref seed);
        _state2 = SplitMix(ref seed);
        _state3 = SplitMix(ref seed);
    }

    /// <summary>From 0 up to, not including, <see cref="int.MaxValue"/>.</summary>
    public virtual int Next() => (int)Below(int.MaxValue);

    /// <summary>From 0 up to, not including, <paramref name="maxValue"/>.</summary>
    public virtual int Next(int maxValue)
    {
        if (maxValue < 0) throw new ArgumentOutOfRangeException(nameof(maxValue));
        return maxValue == 0 ? 0 : (int)Below((ulong)maxValue);
    }

    /// <summary>From <paramref name="minValue"/> up to, not including, <paramref name="maxValue"/>.</summary>
    public virtual int Next(int minValue, int maxValue)
    {
        if (minValue > maxValue) throw new ArgumentOutOfRangeException(nameof(minValue));
        return minValue == maxValue ? minValue : (int)(minValue + (long)Below((ulong)((long)maxValue - minValue)));
    }

    /// <summary>From 0 up to, not including, <see cref="long.MaxValue"/>.</summary>
    public virtual long NextInt64() => (long)Below(long.MaxValue);

    /// <summary>From 0 up to, not including, <paramref name="maxValue"/>.</summary>
    public virtual long NextInt64(long maxValue)
    {
        if (maxValue < 0) throw new ArgumentOutOfRangeException(nameof(maxValue));
        return maxValue == 0 ? 0 : (long)Below((ulong)maxValue);
    }

    /// <summary>From 0 up to, not including, 1.</summary>
    public virtual double NextDouble() => (NextBits() >> 11) * (1.0 / (1ul << 53));

    /// <summary>Fills a span with random bytes.</summary>
    public virtual void NextBytes(Span<byte> buffer)
    {
        ulong bits = 0;
        for (int index = 0; index < buffer.Length; index++)
        {
            bits = index % sizeof(ulong) == 0 ? NextBits() : bits >> 8;
            buffer[index] = (byte)bits;
        }
    }

    /// <summary>Fills an array with random bytes.</summary>
    public virtual void NextBytes(byte[] buffer) => NextBytes((Span<byte>)buffer);

    /// <summary>Puts the values into a random order.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int index = values.Length - 1; index > 0; index--)
        {
            int other = Next(index + 1);
            (values[index], values[other]) = (values[other], values[index]);
        }
    }

    /// <summary>Puts the values into a random order.</summary>
    public void Shuffle<T>(T[] values) => Shuffle((Span<T>)values);

    /// <summary>Below a bound, every value as likely: draws again where the last, incomplete round would favour some.</summary>
    private ulong Below(ulong bound)
    {
        ulong incomplete = (0 - bound) % bound;
        ulong bits;
        do
        {
            bits = NextBits();
        }
        while (bits < incomplete);
        return bits % bound;
    }

    private ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_state1 * 5, 7) * 9;
        ulong shifted = _state1 << 17;
        _state2 ^= _state0;
        _state3 ^= _state1;
        _state1 ^= _state2;
        _state0 ^= _state3;
        _state2 ^= shifted;
        _state3 = BitOperations.RotateLeft(_state3, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong bits = state += 0x9E3779B97F4A7C15;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
