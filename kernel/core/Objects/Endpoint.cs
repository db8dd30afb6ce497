// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>What the queue of an endpoint holds.</summary>
public enum EndpointState : ulong
{
    Idle,
    Sending,
    Receiving,
}

/// <summary>An endpoint, exactly as it lies in its 16 bytes: a queue of senders or of receivers, never both (R-IPC-23).</summary>
/// <remarks>The head is stored with the state in its low two bits; TCBs are 2^11-aligned, so these are free.</remarks>
public struct Endpoint
{
    /// <summary>Head of the queue, with <see cref="EndpointState"/> in bits 0–1.</summary>
    public ulong HeadAndState;

    /// <summary>Tail of the queue.</summary>
    public Ref<Tcb> Tail;

    public readonly EndpointState State => (EndpointState)(HeadAndState & 3);

    public readonly Ref<Tcb> Head => new(HeadAndState & ~3ul);
}
