// SPDX-License-Identifier: BSD-2-Clause

namespace Sel4.Allocators.Policies;

/// <summary>What the gate needs of whoever keeps the grants.</summary>
public interface IPolicyCore
{
    /// <summary>What there is now.</summary>
    PoolView View { get; }

    /// <summary>Takes the grant with this cookie back, or sets its block aside; nothing when there is no such grant.</summary>
    void Perform(in PolicyAction action);
}

/// <summary>The whole way of a request for memory past the policies: Shape, Admit, Take, and Exhausted when that fails.</summary>
/// <remarks>
/// The one place that keeps the order, so that servers and the simulated world cannot differ. What policies want done is
/// done between two attempts and by <see cref="Settle"/>, never inside a hook (AL:F5, AL:X5).
/// </remarks>
public sealed class PolicyGate(IUntypedStore store, IPolicyCore core, PolicyActions actions)
{
    private readonly IUntypedStore _store = store;
    private readonly IPolicyCore _core = core;
    private readonly PolicyActions _actions = actions;

    /// <summary>Takes a block for an owner. On success the caller makes its grant and then calls <see cref="PolicySet.Granted"/>.</summary>
    /// <param name="policies">The owner's.</param>
    /// <param name="draft">What it asks for; narrowed in place, so that the caller finds the lease it got.</param>
    /// <param name="owner">What it has.</param>
    /// <param name="error">Why the allocator refused; None when policies did, or nobody.</param>
    /// <param name="block">The block.</param>
    /// <returns>Allow with a block, Deny, or Wait.</returns>
    public Verdict Take(
        PolicySet policies, ref RequestDraft draft, in OwnerView owner, out AllocationError error, out UntypedBlock block)
    {
        block = default;
        error = AllocationError.None;
        Verdict verdict = Admit(policies, ref draft, in owner);
        if (verdict.Kind != VerdictKind.Allow) return verdict;
        Request request = new(draft);
        for (int attempt = 1; ; attempt++)
        {
            error = _store.Take(in request, policies, out block);
            if (error == AllocationError.None) return verdict;
            MemoryKind kind = request.Kind == ResourceKind.Device ? MemoryKind.Device : MemoryKind.Ram;
            Shortage shortage = new(error, request.Kind, request.Amount, _store.Totals(kind).FreeBytes, _store.LargestFree(kind));
            Recovery recovery = policies.Exhausted(in request, in shortage, attempt);
            Settle();
            if (recovery == Recovery.Retry) continue;
            return recovery == Recovery.Wait
                ? Verdict.Wait(DenialReason.OutOfMemory, "waiting for memory")
                : Verdict.Deny(Abi.ErrorCode.NotEnoughMemory, DenialReason.OutOfMemory, "the allocator refused", shortage.Free);
        }
    }

    /// <summary>Shape and Admit alone, for what is not memory: interrupts, ports, address space pools.</summary>
    public Verdict Admit(PolicySet policies, ref RequestDraft draft, in OwnerView owner)
    {
        Verdict verdict = policies.Shape(ref draft, in owner);
        if (verdict.Kind != VerdictKind.Next) return verdict;
        Request request = new(draft);
        return policies.Admit(in request, in owner, _core.View);
    }

    /// <summary>Does what policies asked for; call it between two operations and after every Tick. How many it were.</summary>
    public int Settle()
    {
        int done = 0;
        while (_actions.TryTake(out PolicyAction action))
        {
            _core.Perform(in action);
            done++;
        }

        return done;
    }
}
