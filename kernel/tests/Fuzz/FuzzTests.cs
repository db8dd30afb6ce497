// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Fuzz;
using Sel4.Abi;
using Sel4.Tests;
using Xunit.Sdk;

namespace Kernel.Tests.Fuzz;

/// <summary>A small budget of what <c>./sel4 fuzz</c> does at length: no program stops the kernel or makes it lose anything.</summary>
[Rule("R-UT-16", "R-DER-18", "R-SYS-13", "R-SYS-16")]
public sealed class FuzzTests
{
    private const long StepsOfOneRun = 20_000;

    [Theory]
    [Trait("Kind", "random")]
    [InlineData("structured", 1, FuzzPaths.On)]
    [InlineData("structured", 2, FuzzPaths.Both)]
    [InlineData("wild", 3, FuzzPaths.Both)]
    [InlineData("wild", 4, FuzzPaths.Off)]
    public void Random_programs_neither_stop_the_kernel_nor_make_it_lose_anything(string mode, int seed, FuzzPaths paths)
    {
        Fuzzer fuzzer = new(FuzzMode.Find(mode)!, (ulong)seed, paths);
        string? failure = fuzzer.Run(StepsOfOneRun, FuzzChecks.Sampled);
        if (failure is not null) throw new XunitException(failure);
    }

    [Fact]
    [Trait("Kind", "random")]
    public void Random_programs_get_as_far_as_doing_what_methods_are_for()
    {
        Fuzzer fuzzer = new(FuzzMode.Structured, 5);
        Assert.Null(fuzzer.Run(StepsOfOneRun, FuzzChecks.Sampled));
        InvocationLabel[] never = [.. fuzzer.Tally.NeverSucceeded()];
        // This one is always refused on this machine (ABI §9).
        Assert.Equal([InvocationLabel.IrqControlGet], never);
    }

    [Fact]
    public void A_step_is_the_same_after_it_was_written_and_read()
    {
        FuzzStep step = new(StepKind.Call)
        {
            Number = -3,
            Target = 0x1234_5678_9abc_def0,
            Info = ulong.MaxValue,
            Words = [1, 2, ulong.MaxValue],
            Pointers = [1, 2, 3, 4, 5, 6],
            PreemptAfter = 7,
            Scramble = 8,
        };
        FuzzStep read = FuzzStep.Parse(step.ToLine())!;
        Assert.Equal(step.ToLine(), read.ToLine());
        Assert.Null(FuzzStep.Parse("  # nothing"));
    }

    [Fact]
    public void A_game_is_the_same_each_time_it_is_played()
    {
        FuzzGame first = new(FuzzMode.Wild);
        FuzzGame second = new(FuzzMode.Wild);
        Assert.True(first.Generate(77, 300, FuzzChecks.Sampled));
        Assert.True(second.Generate(77, 300, FuzzChecks.Sampled));
        Assert.Equal(first.Steps.Select(step => step.ToLine()), second.Steps.Select(step => step.ToLine()));
        FuzzGame again = new(FuzzMode.Wild);
        Assert.True(again.Replay(first.Steps));
        Assert.Equal(first.Tally.Describe(), again.Tally.Describe());
    }

    [Fact]
    public void Shrinking_leaves_the_steps_that_are_needed()
    {
        List<int> steps = [.. Enumerable.Range(0, 100)];
        List<int> shrunk = Shrinker.Shrink(steps, list => list.Contains(13) && list.Contains(77));
        Assert.Equal([13, 77], shrunk);
    }
}
