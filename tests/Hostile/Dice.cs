// SPDX-License-Identifier: BSD-2-Clause

/// <summary>Random numbers that are the same for the same seed (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    private static readonly ulong[] s_edges =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16, 20, 21, 30, 47, 48, 63, 64, 0x70, 0x71, 0x3f8, 0x3ff, 0xcf8, 0x1000,
        0xffff, 0x10000, 0xb8000, 0xfee00000, 0x7fffffff, 0x80000000, 0xffffffff, 0x100000000, 0x1000000000000,
        0x7fffffffffffffff, 0x8000000000000000, 0xfffffffffffff000, ulong.MaxValue,
    ];

    private ulong _state = seed;

    internal ulong Next()
    {
        _state += 0x9e3779b97f4a7c15;
        ulong mixed = (_state ^ _state >> 30) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111eb;
        return mixed ^ mixed >> 31;
    }

    /// <summary>A number below a limit.</summary>
    internal int Below(int limit) => (int)(Next() % (ulong)limit);

    internal bool OneIn(int chances) => Below(chances) == 0;

    /// <summary>A number at which things tend to go wrong.</summary>
    internal ulong Edge() => OneIn(4) ? Next() >> Below(64) : s_edges[Below(s_edges.Length)];
}
