// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Rpc;

/// <summary>How many requests of each kind came, and how they ended.</summary>
public sealed class RpcStatistics
{
    private readonly ulong[] _requests = new ulong[(int)RpcMessageCase.Lease + 1];
    private readonly ulong[] _refusals = new ulong[(int)Reason.WaitTimedOut + 1];

    /// <summary>All requests, well-formed or not. As many replies have been made.</summary>
    public ulong Total { get; private set; }

    /// <summary>Requests with this member; None counts those that did not decode or selected nothing.</summary>
    public ulong Requests(RpcMessageCase member) => _requests[(int)member];

    /// <summary>Refusals for this reason; None counts successes.</summary>
    public ulong Refusals(Reason reason) => _refusals[(int)reason];

    internal void Count(RpcMessageCase member, Reason reason)
    {
        Total++;
        _requests[(int)member]++;
        _refusals[(int)reason]++;
    }
}
