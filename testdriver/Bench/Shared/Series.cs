// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Bench;

/// <summary>Collects one figure many times and prints its minimum, median and 99th percentile.</summary>
/// <remarks>
/// What reading the counter itself costs is measured first and taken off each figure. The first samples are dropped: they
/// contain page-table walks of the emulator's making and first-time splits of our own.
/// </remarks>
public static class Series
{
    /// <summary>Samples that count.</summary>
    public const int Samples = 1000;

    /// <summary>Samples before those.</summary>
    public const int WarmUp = 50;

    private static readonly ulong[] s_samples = new ulong[Samples];
    private static ulong s_overhead;
    private static int s_count;
    private static int s_wanted;

    /// <summary>Measures what two readings of the counter cost with nothing between them.</summary>
    public static void Calibrate()
    {
        ulong least = ulong.MaxValue;
        for (int round = 0; round < 100; round++)
        {
            ulong start = Clock.Now();
            ulong cost = Clock.Now() - start;
            if (cost < least) least = cost;
        }

        s_overhead = least;
    }

    /// <summary>Forgets all samples.</summary>
    public static void Begin() => Begin(Samples);

    /// <summary>The same for operations that take long: fewer samples, and a tenth of them before those.</summary>
    public static void Begin(int samples)
    {
        s_wanted = samples;
        s_count = samples == Samples ? -WarmUp : -samples / 10;
    }

    /// <summary>True until enough samples are there.</summary>
    public static bool IsRunning => s_count < s_wanted;

    /// <summary>Adds what lies between two readings.</summary>
    public static void Add(ulong start, ulong end)
    {
        if (s_count >= 0) s_samples[s_count] = end - start - s_overhead;
        s_count++;
    }

    /// <summary>Prints the figures, divided by <paramref name="divisor"/> when a sample holds so many operations.</summary>
    public static void Print(string name, ulong divisor = 1)
    {
        Array.Sort(s_samples, 0, s_wanted);
        ulong least = s_samples[0] / divisor;
        ulong median = s_samples[s_wanted / 2] / divisor;
        ulong high = s_samples[s_wanted * 99 / 100] / divisor;
        Console.WriteLine($"[bench] name={name} min={least} median={median} p99={high}");
    }
}
