// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;
using Sel4.Rpc;

namespace Sel4.RootServer;

/// <summary>A child as the RPC server knows it, with what the description allows it.</summary>
public sealed class ChildSession(Session? parent, HardwareManifest hardware) : Session(0, parent)
{
    /// <summary>Which places it may name in requests.</summary>
    public HardwareManifest Hardware { get; } = hardware;

    /// <summary>It asked for more than its quota, and is to end for that.</summary>
    public bool IsOverQuota { get; internal set; }

    /// <summary>Who is asked about each of its requests; null for nobody.</summary>
    public PolicySet? Policies { get; init; }
}
