// SPDX-License-Identifier: BSD-2-Clause

using Kernel.Core;
using Kernel.Sim;
using Sel4.Tests;
using Xunit.Sdk;

namespace Kernel.Tests.Fastpaths;

/// <summary>The short ways of Call and ReplyRecv do exactly what the long ones do: same programs, two systems, one state.</summary>
/// <remarks>A failure names the seed and shows the shortest program that was found by leaving steps out.</remarks>
[Rule("R-IPC-17", "R-REPLY-06")]
[Rule("R-IPC-01", "R-IPC-08", "R-IPC-09", "R-IPC-10", "R-REPLY-01", "R-REPLY-08", "R-SCHED-06", "R-XFER-01")]
public sealed class FastpathTests
{
    private const int StepsOfOneProgram = 1000;
    private const int Programs = 40;
    private const int StepsBetweenInvariants = 100;

    /// <summary>Calls that handed the CPU to their receiver, of forty programs; fewer mean that the test lost its subject.</summary>
    private const int ExpectedHandovers = 1200;

    [Theory]
    [Trait("Kind", "random")]
    [InlineData(1000)]
    [InlineData(2000)]
    [InlineData(3000)]
    [InlineData(4000)]
    [InlineData(5000)]
    public void Random_programs_leave_the_same_state_with_and_without_the_fast_path(int firstSeed)
    {
        int handovers = 0;
        for (int seed = firstSeed; seed < firstSeed + Programs; seed++)
        {
            Random random = new(seed);
            List<TwinStep> program = [.. Enumerable.Range(0, StepsOfOneProgram).Select(_ => TwinStep.Next(random))];
            string? difference = Run(program, ref handovers);
            if (difference is not null) throw new XunitException(Explain(seed, program, difference));
        }

        Assert.True(handovers >= ExpectedHandovers, $"only {handovers} calls handed the CPU over");
    }

    /// <summary>Null when both systems agree after every step; otherwise where they first do not.</summary>
    private static string? Run(List<TwinStep> program, ref int handovers)
    {
        using TwinWorld fast = new(usesFastpath: true);
        using TwinWorld general = new(usesFastpath: false);
        TwinState first = new();
        TwinState second = new();
        for (int i = 0; i < program.Count; i++)
        {
            SimThread? before = fast.System.Running;
            fast.Step(program[i]);
            general.Step(program[i]);
            fast.Describe(first);
            general.Describe(second);
            if (first.DifferenceFrom(second) is string difference) return $"step {i}: {difference}";
            if (program[i].Kind == TwinStepKind.Call && before?.State == Kernel.Core.ThreadState.BlockedOnReply) handovers++;
            if (i % StepsBetweenInvariants == 0) fast.System.CheckInvariants();
        }

        fast.System.CheckInvariants();
        return null;
    }

    private static string Explain(int seed, List<TwinStep> program, string difference)
    {
        int ignored = 0;
        for (int chunk = program.Count / 2; chunk > 0; chunk /= 2)
        {
            for (int start = 0; start + chunk <= program.Count;)
            {
                List<TwinStep> shorter = [.. program.Take(start), .. program.Skip(start + chunk)];
                if (Run(shorter, ref ignored) is string smaller) (program, difference) = (shorter, smaller);
                else start += chunk;
            }
        }

        return $"seed {seed}, {difference}\n{string.Join("\n", program)}";
    }
}
