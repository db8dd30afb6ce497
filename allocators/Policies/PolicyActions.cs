// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Policies;

/// <summary>Something that a policy wants done.</summary>
public enum PolicyActionKind : byte
{
    /// <summary>Take the grant back from its owner.</summary>
    Revoke,

    /// <summary>Never hand out the grant's block again.</summary>
    Quarantine,
}

/// <summary>An entry of the queue.</summary>
public readonly struct PolicyAction(PolicyActionKind kind, ulong cookie, ReleaseReason why, string policy)
{
    public readonly PolicyActionKind Kind = kind;
    public readonly ulong Cookie = cookie;
    public readonly ReleaseReason Why = why;

    /// <summary>Who asked for it.</summary>
    public readonly string Policy = policy;
}

/// <summary>What policies want done, kept until the core is at a safe point: between two operations (AL:F5, AL:X5).</summary>
/// <remarks>A full queue refuses: who asks keeps its entry and asks again at the next Tick, so that nothing is dropped.</remarks>
public sealed class PolicyActions(int capacity)
{
    private readonly PolicyAction[] _entries = new PolicyAction[capacity];
    private int _first;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    /// <summary>True when nothing more can be queued now.</summary>
    public bool IsFull => Count == _entries.Length;

    /// <summary>Asks for a grant to be taken back; false when the queue is full.</summary>
    public bool QueueRevoke(ulong cookie, ReleaseReason why, string policy) =>
        Enqueue(new PolicyAction(PolicyActionKind.Revoke, cookie, why, policy));

    /// <summary>Asks for a grant's block to be set aside; false when the queue is full.</summary>
    public bool QueueQuarantine(ulong cookie, string policy) =>
        Enqueue(new PolicyAction(PolicyActionKind.Quarantine, cookie, ReleaseReason.Corrupt, policy));

    /// <summary>Takes the oldest entry.</summary>
    public bool TryTake(out PolicyAction action)
    {
        if (Count == 0)
        {
            action = default;
            return false;
        }

        action = _entries[_first];
        _first = (_first + 1) % _entries.Length;
        Count--;
        return true;
    }

    private bool Enqueue(PolicyAction action)
    {
        if (IsFull) return false;
        _entries[(_first + Count) % _entries.Length] = action;
        Count++;
        return true;
    }
}
