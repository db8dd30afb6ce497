// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Kernel.Fuzz;

/// <summary>The random numbers of a game: the same from the same seed, on every machine and with every version of .NET.</summary>
/// <remarks>SplitMix64: a counter through a mixing function. Its quality is far above what a fuzzer needs.</remarks>
public sealed class FuzzRandom(ulong seed)
{
    private const ulong Step = 0x9e37_79b9_7f4a_7c15;
    private ulong _state = seed;

    /// <summary>A seed made of two numbers, for the games of a run.</summary>
    public static ulong Mix(ulong first, ulong second) => Finish(Finish(first + Step) ^ (second * Step));

    /// <summary>Any word, all equally likely.</summary>
    public ulong Next()
    {
        _state += Step;
        return Finish(_state);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> − 1.</summary>
    public int Next(int limit) => (int)(((Next() >> 32) * (ulong)limit) >> 32);

    /// <summary>A number from <paramref name="first"/> to <paramref name="end"/> − 1.</summary>
    public int Next(int first, int end) => first + Next(end - first);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int chances) => Next(chances) == 0;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Next(choices.Length)];

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58_476d_1ce4_e5b9;
        value = (value ^ (value >> 27)) * 0x94d0_49bb_1331_11eb;
        return value ^ (value >> 31);
    }
}
