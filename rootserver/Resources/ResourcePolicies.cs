// SPDX-License-Identifier: BSD-2-Clause

using System;
using System.Collections.Generic;
using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Policies;
using Sel4.Rpc;
using Sel4.Rpc.Wire;

namespace Sel4.RootServer;

/// <summary>Asks the policies of a description about each request, and does what they want done (AL:§12).</summary>
/// <remarks>A child without policies is not delayed: it has no set, and nothing here is called for it.</remarks>
public sealed class ResourcePolicies : IPolicyCore
{
    private const int RememberedDecisions = 256;
    private const int MaxActions = 64;
    private const ulong NsInMs = 1_000_000;

    private readonly UntypedAllocator _memory;
    private readonly SlotAllocator _slots;
    private readonly GrantableRegions _regions;
    private readonly PolicyActions _actions = new(MaxActions);
    private readonly PolicyGate _gate;
    private readonly List<PolicySet> _sets = new();
    private readonly List<Policy> _ofSystem = new();
    private readonly ulong[] _used = new ulong[(int)ResourceKind.Count];
    private readonly ulong[] _limits = new ulong[(int)ResourceKind.Count];
    private readonly byte[] _sentence = new byte[ShortText.Capacity];
    private RpcServer? _rpc;
    private ReleaseReason _why;
    private ulong _lease;

    internal ResourcePolicies(UntypedAllocator memory, SlotAllocator slots, GrantableRegions regions)
    {
        _regions = regions;
        _memory = memory;
        _slots = slots;
        _gate = new PolicyGate(memory, this, _actions);
    }

    /// <summary>The last decisions, for <c>why</c>.</summary>
    public DecisionRing Decisions { get; } = new(RememberedDecisions);

    /// <summary>True when some policy wants to know what time it is.</summary>
    public bool HasPolicies => _sets.Count != 0;

    PoolView IPolicyCore.View => _memory.View(_slots.FreeCount);

    /// <summary>Makes the policies of the system, which stand before those of every child.</summary>
    /// <returns>Null, or what is wrong with one of them.</returns>
    public string? AddOfSystem(List<PolicyUse> uses) => Make(uses, _ofSystem);

    /// <summary>Makes the set of a child; null for one that no policy is about.</summary>
    public PolicySet? MakeSet(List<PolicyUse> uses, out string? problem)
    {
        List<Policy> all = new();
        all.AddRange(_ofSystem);
        problem = Make(uses, all);
        if (problem != null || all.Count == 0) return null;
        PolicySet set = new(all.ToArray(), Decisions, _actions);
        _sets.Add(set);
        return set;
    }

    /// <summary>Where wishes of policies are done and refusals are explained.</summary>
    public void Attach(RpcServer rpc) => _rpc = rpc;

    /// <summary>Takes a block for a request that has no address, where the policies want it.</summary>
    public Refusal Take(ChildSession owner, in MemoryRequest request, int bits, out UntypedBlock block)
    {
        RequestDraft draft = DraftOf(owner, in request, bits, 1);
        Verdict verdict = _gate.Take(owner.Policies!, ref draft, ViewOf(owner), out AllocationError error, out block);
        _lease = draft.LeaseMs;
        if (verdict.Kind == VerdictKind.Allow) return Refusal.None;
        return error != AllocationError.None ? BlockSource.ToRefusal(_memory, error, request.Source) : RefusalOf(in verdict);
    }

    /// <summary>Asks about memory that is taken without a choice of place: at an address, or many pieces at once.</summary>
    public Refusal Admit(ChildSession owner, in MemoryRequest request, int count)
    {
        if (owner.Policies == null) return Refusal.None;
        RequestDraft draft = DraftOf(owner, in request, request.ObjectBits, count);
        return Admit(owner, ref draft);
    }

    /// <summary>Asks about an interrupt, or about so many ports.</summary>
    public Refusal Admit(ChildSession owner, ResourceKind kind, ulong first, int count)
    {
        if (owner.Policies == null) return Refusal.None;
        RequestDraft draft = RequestDraft.Any(owner.OwnerId, kind, ObjectType.Untyped, 0);
        draft.Count = count;
        draft.Min = first;
        draft.Max = first + (ulong)count - 1;
        draft.Priority = owner.Priority;
        return Admit(owner, ref draft);
    }

    /// <summary>Tells the policies what was granted.</summary>
    public void Granted(in GrantRecord grant)
    {
        if (SetOf(in grant) is not { } set) return;
        // The lease that policies made of the request is not in the record: they keep their own times.
        GrantView view = ViewOf(in grant, _lease);
        set.Granted(in view);
    }

    /// <summary>Tells the policies what comes back.</summary>
    public void Released(in GrantRecord grant)
    {
        if (SetOf(in grant) is not { } set) return;
        GrantView view = ViewOf(in grant, 0);
        bool isOver = grant.LeaseEnd != 0 && grant.LeaseEnd <= _rpc!.NowMs;
        ReleaseReason why = _why != ReleaseReason.Asked ? _why
            : isOver ? ReleaseReason.LeaseExpired
            : grant.Owner!.IsOpen ? ReleaseReason.Asked : ReleaseReason.OwnerEnded;
        set.Released(in view, why);
    }

    /// <summary>Tells all policies what time it is, and does what they then want.</summary>
    public void Tick(ulong nowMs)
    {
        do
        {
            foreach (PolicySet set in _sets) set.Tick(nowMs * NsInMs);
        }
        while (_gate.Settle() != 0);
    }

    /// <summary>Does what policies want done; to be called between two requests.</summary>
    public void Settle()
    {
        if (_actions.Count != 0) _gate.Settle();
    }

    void IPolicyCore.Perform(in PolicyAction action)
    {
        _why = action.Why;
        MustQuarantine = action.Kind == PolicyActionKind.Quarantine;
        _rpc!.Withdraw(action.Cookie);
        MustQuarantine = false;
        _why = ReleaseReason.Asked;
    }

    /// <summary>True while a grant is taken back whose memory nobody may have again.</summary>
    internal bool MustQuarantine { get; private set; }

    private static string? Make(List<PolicyUse> uses, List<Policy> made)
    {
        foreach (PolicyUse use in uses)
        {
            Policy? policy = PolicyCatalog.Create(use.Name, use.Settings, default, out string problem);
            if (policy == null) return problem;
            made.Add(policy);
        }

        return null;
    }

    private Refusal Admit(ChildSession owner, ref RequestDraft draft)
    {
        if (owner.Policies == null) return Refusal.None;
        Verdict verdict = _gate.Admit(owner.Policies, ref draft, ViewOf(owner));
        _lease = draft.LeaseMs;
        return verdict.Kind == VerdictKind.Allow ? Refusal.None : RefusalOf(in verdict);
    }

    /// <summary>The numbers of reasons are those of the protocol; the sentence goes with the detail.</summary>
    private Refusal RefusalOf(in Verdict verdict)
    {
        // The decision that was written last is the one about this request.
        int length = Append(0, Decisions.Count == 0 ? PolicySet.Default : Decisions.FromNewest(0).Policy);
        length = Append(Append(length, ": "), verdict.Text);
        _rpc!.Explain(new ReadOnlySpan<byte>(_sentence, 0, length));
        Reason reason = verdict.Reason == DenialReason.None ? Reason.NotPermitted : (Reason)verdict.Reason;
        return verdict.Available != 0 ? Refusal.NotEnough(reason, verdict.Available) : Refusal.Because(reason);
    }

    private int Append(int length, string text)
    {
        for (int index = 0; index < text.Length && length < _sentence.Length; index++) _sentence[length++] = (byte)text[index];
        return length;
    }

    private RequestDraft DraftOf(ChildSession owner, in MemoryRequest request, int bits, int count)
    {
        ResourceKind kind = request.Source == MemorySource.Device ? ResourceKind.Device : ResourceKind.Ram;
        if (request.HasAddress && _regions.IsDevice(request.Address)) kind = ResourceKind.Device;
        RequestDraft draft = RequestDraft.Any(owner.OwnerId, kind, request.Type, bits);
        draft.Count = count;
        draft.Min = request.HasAddress ? request.Address : request.WindowFirst;
        draft.Max = request.HasAddress ? request.Address + draft.Amount - 1 : request.WindowLast;
        draft.AlignBits = request.AlignBits;
        draft.Lifetime = (MemoryLifetime)request.Lifetime;
        draft.Priority = owner.Priority;
        if (request.Colour != 0) draft.Colours = 1ul << (int)(request.Colour & 63);
        return draft;
    }

    private OwnerView ViewOf(ChildSession owner)
    {
        for (int kind = 1; kind <= Quotas.KindCount; kind++)
        {
            _used[kind] = owner.Quotas.Used((QuotaKind)kind);
            _limits[kind] = owner.Quotas.Limit((QuotaKind)kind);
        }

        _limits[(int)ResourceKind.AsidPools] = ulong.MaxValue;
        _limits[(int)ResourceKind.Addresses] = ulong.MaxValue;
        return new OwnerView(owner.OwnerId, _used, _limits);
    }

    private static PolicySet? SetOf(in GrantRecord grant) => (grant.Owner as ChildSession)?.Policies;

    private static GrantView ViewOf(in GrantRecord grant, ulong leaseMs) => new()
    {
        Owner = grant.Owner!.OwnerId,
        Cookie = grant.Cookie,
        Kind = grant.Kind switch
        {
            GrantKind.Irq => ResourceKind.Irqs,
            GrantKind.IoPorts => ResourceKind.IoPorts,
            _ => grant.IsDevice ? ResourceKind.Device : ResourceKind.Ram,
        },
        Type = grant.Type,
        Start = grant.Start,
        Amount = grant.Length,
        Priority = grant.Owner!.Priority,
        LeaseMs = leaseMs,
    };
}
