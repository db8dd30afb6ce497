// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>The last RAM is for those of higher priority: requests of priority 0, 1 and 2 leave so many bytes free; others none.</summary>
public sealed class ReservePolicy(ulong priority0, ulong priority1, ulong priority2) : Policy("reserve")
{
    private readonly ulong[] _reserves = [priority0, priority1, priority2];

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool)
    {
        if (request.Kind != ResourceKind.Ram || request.Priority >= _reserves.Length) return Verdict.Next;
        ulong reserve = _reserves[request.Priority < 0 ? 0 : request.Priority];
        ulong left = pool.FreeRamBytes > reserve ? pool.FreeRamBytes - reserve : 0;
        return request.Amount > left
            ? Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.OutOfMemory, "the rest is kept for higher priority", left)
            : Verdict.Next;
    }
}
