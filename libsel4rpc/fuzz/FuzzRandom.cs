// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Rpc.Fuzz;

/// <summary>Random numbers that are the same everywhere for the same seed (splitmix64).</summary>
public struct FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Makes one number of two, so that each game of a seed has a seed of its own.</summary>
    public static ulong Mix(ulong seed, ulong number) => new FuzzRandom(seed ^ (number * 0x9e3779b97f4a7c15)).Next();

    public ulong Next()
    {
        ulong z = _state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="end"/> − 1.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times) => Below(times) == 0;

    /// <summary>A number of any size: as many small as large ones.</summary>
    public ulong AnySize() => Next() >> Below(64);

    public T Of<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
