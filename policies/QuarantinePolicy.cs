// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>A block with which the kernel refused something is never handed out again (AL:F2).</summary>
/// <remarks>
/// What does not fit into the queue of actions waits here for the next Tick. While this is full, nothing is admitted: too much
/// is broken to go on, and nothing is dropped.
/// </remarks>
public sealed class QuarantinePolicy(int entries) : Policy("quarantine")
{
    private readonly ulong[] _waiting = new ulong[entries];
    private int _count;

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) => _count == _waiting.Length
        ? Verdict.Deny(ErrorCode.IllegalOperation, DenialReason.NotPermitted, "too many blocks wait for quarantine")
        : Verdict.Next;

    /// <inheritdoc/>
    public override void Released(in GrantView grant, ReleaseReason why)
    {
        if (why != ReleaseReason.Corrupt || Actions.QueueQuarantine(grant.Cookie, Name)) return;
        if (_count < _waiting.Length) _waiting[_count++] = grant.Cookie;
    }

    /// <inheritdoc/>
    public override void Tick(ulong nowNs)
    {
        while (_count != 0 && Actions.QueueQuarantine(_waiting[_count - 1], Name)) _count--;
    }
}
