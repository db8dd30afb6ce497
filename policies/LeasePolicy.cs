// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;

namespace Sel4.Policies;

/// <summary>Every grant ends after a time. Grants are kept in a heap, the one that ends next on top.</summary>
/// <remarks>
/// Who asked for a shorter lease keeps it. Time is that of the last Tick. When the queue of actions is full the grant stays on
/// the heap until the next Tick; when the heap is full nothing more is admitted: no lease is ever forgotten.
/// </remarks>
public sealed class LeasePolicy(ulong milliseconds, int capacity) : Policy("lease")
{
    private const ulong NsInMs = 1_000_000;

    private readonly ulong _milliseconds = milliseconds;
    private readonly ulong[] _ends = new ulong[capacity];
    private readonly ulong[] _cookies = new ulong[capacity];
    private int _count;
    private ulong _nowNs;

    /// <summary>How many leases run.</summary>
    public int Count => _count;

    /// <inheritdoc/>
    public override bool RanksPieces => false;

    /// <inheritdoc/>
    public override void Shape(ref RequestDraft request, in OwnerView owner)
    {
        if (request.LeaseMs == 0 || request.LeaseMs > _milliseconds) request.LeaseMs = _milliseconds;
    }

    /// <inheritdoc/>
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) => _count == _ends.Length
        ? Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, "no more leases can be remembered")
        : Verdict.Next;

    /// <inheritdoc/>
    public override void Granted(in GrantView grant)
    {
        if (grant.LeaseMs == 0 || _count == _ends.Length) return;
        ulong length = grant.LeaseMs > (ulong.MaxValue - _nowNs) / NsInMs ? ulong.MaxValue - _nowNs : grant.LeaseMs * NsInMs;
        _ends[_count] = _nowNs + length;
        _cookies[_count] = grant.Cookie;
        SiftUp(_count++);
    }

    /// <inheritdoc/>
    public override void Released(in GrantView grant, ReleaseReason why)
    {
        for (int index = 0; index < _count; index++)
        {
            if (_cookies[index] != grant.Cookie) continue;
            Remove(index);
            return;
        }
    }

    /// <inheritdoc/>
    public override void Tick(ulong nowNs)
    {
        _nowNs = nowNs;
        while (_count != 0 && _ends[0] <= nowNs && Actions.QueueRevoke(_cookies[0], ReleaseReason.LeaseExpired, Name)) Remove(0);
    }

    private void Remove(int index)
    {
        _count--;
        _ends[index] = _ends[_count];
        _cookies[index] = _cookies[_count];
        if (index == _count) return;
        SiftUp(index);
        SiftDown(index);
    }

    private void SiftUp(int index)
    {
        while (index != 0 && _ends[index] < _ends[(index - 1) / 2])
        {
            Swap(index, (index - 1) / 2);
            index = (index - 1) / 2;
        }
    }

    private void SiftDown(int index)
    {
        while ((2 * index) + 1 < _count)
        {
            int child = (2 * index) + 1;
            if (child + 1 < _count && _ends[child + 1] < _ends[child]) child++;
            if (_ends[index] <= _ends[child]) return;
            Swap(index, child);
            index = child;
        }
    }

    private void Swap(int left, int right)
    {
        (_ends[left], _ends[right]) = (_ends[right], _ends[left]);
        (_cookies[left], _cookies[right]) = (_cookies[right], _cookies[left]);
    }
}
