// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Long and short lives in different 2 MiB blocks, so that blocks become empty as wholes (AL §9.3).</summary>
/// <remarks>A block of the same life time is best, an empty one next, one of another life time the last resort.</remarks>
public sealed class LifetimePolicy() : Policy("lifetime")
{
    private const long LastResort = 1000;

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request)
    {
        if (candidate.IsBlockEmpty) return 1;
        return candidate.BlockLifetime == request.Lifetime ? 0 : LastResort;
    }
}
