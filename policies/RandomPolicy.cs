// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Places at random (AL:G3): finds programs that rely on neighbours. The same seed gives the same places.</summary>
public sealed class RandomPolicy(ulong seed) : Policy("random")
{
    // xorshift64: a state of zero would stay zero.
    private ulong _state = seed == 0 ? 0x9e37_79b9_7f4a_7c15 : seed;

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request)
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        _state ^= _state << 17;
        // Half the range: never "unusable", and room for the other policies' ranks.
        return (long)(_state >> 2);
    }
}
