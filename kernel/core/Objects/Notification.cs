// SPDX-License-Identifier: BSD-2-Clause

namespace Kernel.Core;

/// <summary>Idle, with waiters, or active with a word (ABI §14.4).</summary>
public enum NotificationState : ulong
{
    Idle,
    Waiting,
    Active,
}

/// <summary>A notification, exactly as it lies in its 32 bytes.</summary>
public struct Notification
{
    /// <summary>Head of the queue of waiters, with <see cref="NotificationState"/> in bits 0–1.</summary>
    public ulong HeadAndState;

    /// <summary>Tail of the queue of waiters.</summary>
    public Ref<Tcb> Tail;

    /// <summary>The thread bound to this notification (R-NTFN-14).</summary>
    public Ref<Tcb> BoundTcb;

    /// <summary>The badges that arrived, combined by OR; meaningful in state Active.</summary>
    public ulong Word;

    public readonly NotificationState State => (NotificationState)(HeadAndState & 3);

    public readonly Ref<Tcb> Head => new(HeadAndState & ~3ul);
}
