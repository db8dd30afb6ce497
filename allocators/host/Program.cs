// SPDX-License-Identifier: BSD-2-Clause

using System.Globalization;
using Sel4.Allocators.Policies;

namespace Sel4.Allocators.Bench;

/// <summary>Runs the workloads of docs/allocators.md on the kernel model and prints their tables.</summary>
internal static class Program
{
    private const int Bits = 26;
    private const int Seeds = 8;
    private const int MixOperations = 60_000;

    private static int Main(string[] arguments)
    {
        bool isQuick = arguments.Contains("--quick");
        int seeds = isQuick ? 1 : Seeds;
        Console.WriteLine($"64 MiB, {seeds} seeds; per allocation: retypes (the object's own included), bytes cleared; per free: revokes.");
        Console.WriteLine("'waste' is stocked and not asked for, '2 MiB' the share of free memory usable as such frames at the end.");
        foreach (int percent in (int[])[2, 50, 90])
            Print($"mix of 24 owners at {percent} % use", seeds, Mix(percent));
        Print("one page in empty memory", 1, (subject, _) => Workloads.PingPong(subject, 1000));
        Print("processes come and go", 1, (subject, seed) => Workloads.Churn(subject, seed, isQuick ? 100 : 2000));
        Print("every other page, then pairs", 1, (subject, _) => Workloads.Comb(subject));
        Print("buffers, and pages forgotten", 1, (subject, seed) => Workloads.Leak(subject, seed, 20_000));
        PrintPinning(seeds);
        PrintSpeed(isQuick ? 20_000 : 500_000);
        return 0;
    }

    private static Func<Subject, int, Figures> Mix(int percent) =>
        (subject, seed) => Workloads.Mix(subject, seed, MixOperations, percent);

    private static void Print(string title, int seeds, Func<Subject, int, Figures> play)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine(Figures.Header);
        foreach ((string name, Func<int, Subject> make) in Subject.All)
        {
            Figures sum = new();
            for (int seed = 1; seed <= seeds; seed++) sum.Add(play(make(Bits), seed));
            Console.WriteLine(sum.Row(name));
        }
    }

    private static void PrintPinning(int seeds)
    {
        Console.WriteLine();
        Console.WriteLine("share of free memory usable as 2 MiB frames when all but a few small objects have died");
        foreach (double stay in (double[])[0.005, 0.02, 0.05])
        {
            double without = 0;
            double with = 0;
            for (int seed = 1; seed <= seeds; seed++)
            {
                without += Workloads.Pinning(Subject.All[0].Make(Bits), seed, stay).LargePerMille / 10.0 / seeds;
                with += Workloads.Pinning(Subject.WithChooser(Bits, new ByLifetime()), seed, stay).LargePerMille / 10.0 / seeds;
            }

            FormattableString line = $"  {stay * 100,4:0.0} % stay: {without,5:0.0} %, by life time {with,5:0.0} %";
            Console.WriteLine(FormattableString.Invariant(line));
        }
    }

    private static void PrintSpeed(int pairs)
    {
        Console.WriteLine();
        Console.WriteLine("pairs of allocate and free in a second, the kernel's work left out");
        Console.WriteLine("  live blocks        16 B      4 KiB      2 MiB");
        foreach (int live in (int[])[100, 10_000, 100_000])
        {
            string small = Speed.Format(Speed.PairsPerSecond(4, live, pairs));
            string page = Speed.Format(Speed.PairsPerSecond(12, live, pairs));
            string large = Speed.Format(Speed.PairsPerSecond(21, live, pairs));
            Console.WriteLine($"  {live,11}{small,12}{page,11}{large,11}");
        }

        string cold = Speed.Format(Speed.ColdPairsPerSecond(12, pairs / 10));
        Console.WriteLine($"  merged to 256 GiB and split to 4 KiB each time: {cold}");
        string slot = Speed.SlotNanoseconds(100_000).ToString("0.0", CultureInfo.InvariantCulture);
        Console.WriteLine($"  a slot taken and freed: {slot} ns");
    }

    /// <summary>The rule of the lifetime policy, which lies in a layer above.</summary>
    private sealed class ByLifetime : IPieceChooser
    {
        public bool RanksPieces => true;

        public long Rank(in Candidate candidate, in Request request) =>
            candidate.IsBlockEmpty ? 1 : candidate.BlockLifetime == request.Lifetime ? 0 : 1000;
    }
}
