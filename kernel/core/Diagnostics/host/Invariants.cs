// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;

namespace Kernel.Core;

/// <summary>Checks what must hold over the whole state between two kernel entries. For tests and fuzzing on the host.</summary>
/// <remarks>
/// The walk starts at the threads, the interrupt table and given slots, goes through every object that a capability names,
/// and follows the links of the derivation tree, so that slots without a path from any thread are found as well.
/// Two deliberate weaknesses: between <c>Suspend</c> and the end of a system call the scheduler may hold a thread in
/// <see cref="KernelState.Candidate"/>, and what threads wrote to their own pages is nobody's business.
/// </remarks>
public static class Invariants<A> where A : struct, IArch
{
    /// <summary>Throws <see cref="InvariantException"/> with every violation found.</summary>
    /// <param name="kernel">The state; it lies in unmanaged memory.</param>
    /// <param name="isReadable">Whether an address can be read; keeps a broken link from ending the process.</param>
    /// <param name="roots">Slots besides those of threads and interrupts at which to start, and which lie in no object.</param>
    public static void Check(ref KernelState kernel, Func<ulong, bool> isReadable, params ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        List<string> problems = Violations(ref kernel, isReadable, roots);
        if (problems.Count != 0) throw new InvariantException(problems);
    }

    /// <summary>Every violation, as a sentence with addresses; empty when all is well.</summary>
    public static List<string> Violations(
        ref KernelState kernel, Func<ulong, bool> isReadable, params ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        StateWalk walk = Walk(ref kernel, isReadable, roots);
        // With unreadable memory in the state, the checks below could end the process.
        if (walk.HasUnreadable) return walk.Problems;
        DerivationInvariants<A> derivation = new(walk);
        if (derivation.Check()) new MemoryInvariants<A>(walk, derivation).Check();
        new ThreadInvariants(walk).Check();
        return walk.Problems;
    }

    /// <summary>Throws unless all memory above the watermark of every ordinary untyped is zero (R-UT-16); slow.</summary>
    public static void CheckFreeMemory(
        ref KernelState kernel, Func<ulong, bool> isReadable, params ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        StateWalk walk = Walk(ref kernel, isReadable, roots);
        if (!walk.HasUnreadable) MemoryInvariants<A>.CheckFree(walk);
        if (walk.Problems.Count != 0) throw new InvariantException(walk.Problems);
    }

    /// <summary>The capabilities in all slots that the walk reaches.</summary>
    public static IEnumerable<Capability> AllCapabilities(
        ref KernelState kernel, Func<ulong, bool> isReadable, params ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        StateWalk walk = Walk(ref kernel, isReadable, roots);
        return walk.Occupied.ConvertAll(static address => StateWalk.Slot(address).Capability);
    }

    private static StateWalk Walk(
        ref KernelState kernel, Func<ulong, bool> isReadable, ReadOnlySpan<Ref<CapabilitySlot>> roots)
    {
        StateWalk walk = new(References.State(ref kernel), isReadable);
        walk.Run(roots);
        return walk;
    }
}

/// <summary>The kernel's state contradicts itself.</summary>
public sealed class InvariantException(IReadOnlyList<string> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>The violations, one sentence each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
