// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>A bucket of tokens, one a request, refilled as time passes. Who can wait is told to wait, others are refused.</summary>
/// <remarks>
/// One instance has one bucket: in a child's own list it limits that child, in the system's all children together. Time is
/// that of the last Tick; a clock that never ticks never refills.
/// </remarks>
public sealed class RateLimitPolicy(ulong perSecond, ulong burst) : Policy("rate-limit")
{
    private const ulong NsInSecond = 1_000_000_000;

    // In billionths of a token, so that no time between two Ticks is too short to count.
    private readonly ulong _full = burst * NsInSecond;
    private readonly ulong _perNs = perSecond;
    private ulong _level = burst * NsInSecond;
    private ulong _lastNs;
    private bool _hasTime;

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool)
    {
        if (_level < NsInSecond)
        {
            return (request.Flags & RequestFlags.MayWait) != 0
                ? Verdict.Wait(DenialReason.RateLimited, "too many requests in a second")
                : Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.RateLimited, "too many requests in a second");
        }

        _level -= NsInSecond;
        return Verdict.Next;
    }

    /// <inheritdoc/>
    public override void Tick(ulong nowNs)
    {
        ulong passed = _hasTime && nowNs > _lastNs ? nowNs - _lastNs : 0;
        _lastNs = nowNs;
        _hasTime = true;
        ulong missing = _full - _level;
        _level += passed > missing / _perNs ? missing : passed * _perNs;
    }
}
