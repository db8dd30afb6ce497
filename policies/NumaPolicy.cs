// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;
using Sel4.Policies.Catalog;

namespace Sel4.Policies;

/// <summary>Prefers memory near the home node: distance 0 at home, the difference of the numbers elsewhere, unknown memory last.</summary>
public sealed class NumaPolicy : Policy
{
    private const long Unknown = 256;

    private readonly ulong _home;
    private readonly NodeRange[] _ranges;

    internal NumaPolicy(ulong home, NodeRange[] ranges) : base("numa")
    {
        _home = home;
        _ranges = ranges;
    }

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request)
    {
        for (int index = 0; index < _ranges.Length; index++)
        {
            if (candidate.Base < _ranges[index].First || candidate.Base > _ranges[index].Last) continue;
            ulong node = _ranges[index].Node;
            return (long)(node > _home ? node - _home : _home - node);
        }

        return Unknown;
    }
}
