// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>Any clock that goes forward, for the time budget of hooks (AL:X4): nanoseconds, or processor cycles.</summary>
public interface IHookClock
{
    ulong Now { get; }

    /// <summary>How long one hook may take.</summary>
    ulong Budget { get; }
}

/// <summary>What surrounds every call of a hook: the mark that one is running, its time, and its faults.</summary>
internal sealed class HookGuard(DecisionRing ring, IHookClock? clock)
{
    /// <summary>What a hook did that took too long.</summary>
    public const string Late = "took longer than its budget";

    private readonly DecisionRing _ring = ring;
    private readonly IHookClock? _clock = clock;
    private ulong _started;

    public bool IsAsking { get; private set; }

    public ulong Faults { get; private set; }

    public void Enter()
    {
        IsAsking = true;
        if (_clock is not null) _started = _clock.Now;
    }

    public void Leave(Policy policy, in RequestDraft request)
    {
        if (IsLate()) Fault(policy, in request, Late);
    }

    /// <summary>Ends a hook; true when it took longer than its budget.</summary>
    public bool IsLate()
    {
        IsAsking = false;
        return _clock is not null && _clock.Now - _started > _clock.Budget;
    }

    public void Fault(Policy policy, in RequestDraft request, string text)
    {
        Faults++;
        Verdict verdict = Verdict.Deny(ErrorCode.IllegalOperation, DenialReason.NotPermitted, text);
        Write(DecisionKind.Fault, in request, policy.Name, verdict);
    }

    public void Write(DecisionKind kind, in RequestDraft request, string policy, Verdict verdict) => _ring.Write(new Decision
    {
        Owner = request.Owner,
        Amount = request.Amount,
        Available = verdict.Available,
        Resource = request.Kind,
        Kind = kind,
        Policy = policy,
        Text = verdict.Text,
        Error = verdict.Error,
        Reason = verdict.Reason,
    });
}
