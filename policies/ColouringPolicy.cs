// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Gives only pages of certain cache colours, so that two owners with different sets never evict each other's lines.</summary>
/// <remarks>A colour is what the address has just above the page. Objects larger than a page cover several and are refused.</remarks>
public sealed class ColouringPolicy(ulong set, ulong count) : Policy("colouring")
{
    private readonly ulong _set = set;
    private readonly ulong _mask = count - 1;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) =>
        request.Kind == ResourceKind.Ram && request.SizeBits > AbiConstants.PageBits
            ? Verdict.Deny(ErrorCode.RangeError, DenialReason.NotPermitted, "larger than a page, so it has several colours", 4096)
            : Verdict.Next;

    /// <inheritdoc/>
    public override long Rank(in Candidate candidate, in Request request) =>
        (_set >> (int)(candidate.Base >> AbiConstants.PageBits & _mask) & 1) != 0 ? 0 : long.MaxValue;
}
