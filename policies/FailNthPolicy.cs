// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Refuses the n-th request and no other (AL:G3): what do those who asked do then, and what is left behind?</summary>
public sealed class FailNthPolicy(ulong nth) : Policy("fail-nth")
{
    private readonly ulong _nth = nth;
    private ulong _seen;

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) => ++_seen == _nth
        ? Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.OutOfMemory, "refused on purpose", pool.Free(request.Kind))
        : Verdict.Next;
}
