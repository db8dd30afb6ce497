// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Bench;

namespace Sel4.Tests.Allocators;

/// <summary>The figures of docs/allocators.md as limits: a tenth more is a regression (AL §14.11). Counts repeat exactly.</summary>
public sealed class WorkloadTests
{
    private const int Bits = 26;

    private static Subject OnDemand => Subject.All[0].Make(Bits);

    private static Subject Eager => Subject.All[2].Make(Bits);

    [Theory]
    [InlineData(2, 1.11, 6.5)]
    [InlineData(50, 1.14, 6.2)]
    [InlineData(90, 1.13, 6.1)]
    [Rule("AL:U11a", "AL:U7", "AL:F1")]
    public void A_steady_mix_costs_little_more_than_its_objects(int percent, double retypes, double clearedKiB)
    {
        Figures onDemand = Workloads.Mix(OnDemand, 1, 60_000, percent);
        Figures eager = Workloads.Mix(Eager, 1, 60_000, percent);
        Assert.InRange(onDemand.RetypesPerAllocation, 1.0, retypes);
        Assert.InRange(onDemand.ClearedPerAllocation / 1024, 1.0, clearedKiB);
        Assert.InRange(onDemand.FailedShare, 0, 0.002);
        Assert.Equal(onDemand.Frees, onDemand.Revokes);
        Assert.True(onDemand.RetypesPerAllocation <= eager.RetypesPerAllocation);
        Assert.True(onDemand.Cleared <= eager.Cleared);
    }

    [Fact]
    [Rule("AL:U7", "AL:U11a")]
    public void One_page_in_empty_memory_costs_one_page()
    {
        Figures onDemand = Workloads.PingPong(OnDemand, 100);
        Assert.Equal((100L, 100L, 100ul << 12), (onDemand.Retypes, onDemand.Revokes, onDemand.Cleared));
        Figures eager = Workloads.PingPong(Eager, 100);
        Assert.Equal((1500L, 100ul << Bits), (eager.Retypes, eager.Cleared));
    }

    [Fact]
    [Rule("AL:F6", "AL:A3")]
    public void Processes_that_come_and_go_leave_nothing()
    {
        foreach ((string name, Func<int, Subject> make) in Subject.All)
        {
            Subject subject = make(Bits);
            Figures figures = Workloads.Churn(subject, 1, 200);
            Assert.True(figures.Failures == 0 && figures.Allocations == figures.Frees, name);
            if (subject.Store is Sel4.Allocators.SlabStore slabs) slabs.Trim();
            subject.Tree.MergeAll();
            Assert.Equal(1ul << Bits, subject.Tree.Totals(Sel4.Allocators.MemoryKind.Ram).FreeBytes);
            Assert.Equal(0, subject.Tree.SlotsOfPieces);
        }
    }

    [Fact]
    [Rule("AL:X3")]
    public void Few_that_stay_pin_most_of_the_memory_unless_they_stay_together()
    {
        Assert.InRange(Workloads.Pinning(OnDemand, 1, 0.02).LargePerMille, 0, 400);
    }
}
