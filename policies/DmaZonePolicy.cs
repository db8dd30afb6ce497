// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>What devices use goes below an address; everything else goes there only when nothing above is left (AL:U19).</summary>
public sealed class DmaZonePolicy(ulong last) : Policy("dma-zone")
{
    private const long LastResort = 1L << 40;

    private readonly ulong _last = last;

    /// <inheritdoc/>
    public override void Shape(ref RequestDraft request, in OwnerView owner)
    {
        if ((request.Flags & RequestFlags.Dma) != 0 && request.Max > _last) request.Max = _last;
    }

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request) =>
        request.IsDma || candidate.Base > _last ? 0 : LastResort;
}
