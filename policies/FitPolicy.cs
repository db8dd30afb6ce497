// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>The classic placements.</summary>
public enum Fit : byte
{
    /// <summary>The lowest address.</summary>
    First,

    /// <summary>The smallest piece.</summary>
    Best,

    /// <summary>The largest piece.</summary>
    Worst,
}

/// <summary>First, best or worst fit. Best fit is what the allocator does by itself.</summary>
public sealed class FitPolicy(Fit fit) : Policy("fit")
{
    private readonly Fit _fit = fit;

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request) => _fit switch
    {
        Fit.First => (long)(candidate.Base >> 4),
        Fit.Worst => -candidate.Order,
        _ => candidate.Order,
    };
}

/// <summary>Spares pairs: a piece whose other half is free is worth keeping, because the two can become one again (AL:U11).</summary>
public sealed class BuddyPolicy() : Policy("buddy")
{
    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request) => candidate.IsSiblingFree ? 1 : 0;
}
