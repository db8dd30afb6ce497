// SPDX-License-Identifier: BSD-2-Clause

using System.Globalization;

namespace Sel4.Allocators.Bench;

/// <summary>What a workload cost (AL §10).</summary>
internal sealed class Figures
{
    public long Allocations;
    public long Frees;
    public long Failures;

    /// <summary>Failures with enough bytes free.</summary>
    public long Fragmented;
    public long Retypes;
    public long Revokes;
    public ulong Cleared;
    public ulong MostCleared;
    public int PeakSlots;

    /// <summary>Most bytes in blocks beyond what was asked for, slabs' stock included.</summary>
    public ulong PeakWaste;

    /// <summary>Share of free memory that could be had as 2 MiB frames at the end, in thousandths.</summary>
    public int LargePerMille;

    /// <summary>Adds another run of the same workload.</summary>
    public void Add(Figures other)
    {
        Allocations += other.Allocations;
        Frees += other.Frees;
        Failures += other.Failures;
        Fragmented += other.Fragmented;
        Retypes += other.Retypes;
        Revokes += other.Revokes;
        Cleared += other.Cleared;
        MostCleared = Math.Max(MostCleared, other.MostCleared);
        PeakSlots = Math.Max(PeakSlots, other.PeakSlots);
        PeakWaste = Math.Max(PeakWaste, other.PeakWaste);
        Runs++;
        LargePerMille += other.LargePerMille;
    }

    /// <summary>How many runs were added.</summary>
    public int Runs;

    public double RetypesPerAllocation => Allocations == 0 ? 0 : (double)Retypes / Allocations;

    public double ClearedPerAllocation => Allocations == 0 ? 0 : (double)Cleared / Allocations;

    public double FailedShare => Allocations + Failures == 0 ? 0 : (double)Failures / (Allocations + Failures);

    public static string Header => "                                 retypes revokes  cleared KiB  most KiB  fails  waste  2 MiB  slots";

    /// <summary>One line of at most 100 columns.</summary>
    public string Row(string name)
    {
        double large = Runs == 0 ? LargePerMille / 10.0 : LargePerMille / 10.0 / Runs;
        double revokes = Frees == 0 ? 0 : (double)Revokes / Frees;
        return string.Create(CultureInfo.InvariantCulture,
            $"{name,-33}{RetypesPerAllocation,7:0.00}{revokes,8:0.00}{ClearedPerAllocation / 1024,13:0.0}{MostCleared / 1024,10}"
            + $"{FailedShare * 100,6:0.00}%{PeakWaste / 1024,6}K{large,5:0.0}%{PeakSlots,7}");
    }
}
