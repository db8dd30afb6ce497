// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Allocators;

/// <summary>Decides among the places that an allocation could have.</summary>
public interface IPieceChooser
{
    /// <summary>False when all places are alike, which saves looking at them.</summary>
    bool RanksPieces { get; }

    /// <summary>The smallest wins, <see cref="long.MaxValue"/> is never taken; equal ones go the default way (AL:X3, AL:U11).</summary>
    long Rank(in Candidate candidate, in Request request);
}
