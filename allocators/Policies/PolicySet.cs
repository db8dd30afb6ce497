// SPDX-License-Identifier: BSD-2-Clause

using System;
using Sel4.Abi;

namespace Sel4.Allocators.Policies;

/// <summary>Policies in the order of their priority, asked as one (AL:X1–X5). Every decision is written down.</summary>
/// <remarks>
/// Build one per child from the system's policies followed by the child's; an instance may belong to several sets. All
/// arrays are made here; no hook call allocates. The order of a request: <see cref="Shape"/>, <see cref="Admit"/>, then the
/// allocator, which asks <see cref="Rank"/>; then <see cref="Granted"/>, or <see cref="Exhausted"/> and perhaps again.
/// </remarks>
public sealed class PolicySet : IPieceChooser
{
    /// <summary>Most attempts after a shortage (AL:X5).</summary>
    public const int MaxAttempts = 3;

    /// <summary>Who decided when no policy did.</summary>
    public const string Default = "default";

    private readonly Policy[] _policies;
    private readonly DecisionRing _ring;
    private readonly HookGuard _guard;
    private readonly bool _ranks;
    private string _allowedBy = Default;
    private string _allowedBecause = "";

    /// <summary>Makes a set.</summary>
    /// <param name="policies">First is asked first. Empty: everything is allowed and the allocator's own placement holds.</param>
    /// <param name="ring">Where decisions are written.</param>
    /// <param name="actions">Where the policies' wishes go; the core has to look at it between two operations.</param>
    /// <param name="clock">For the time budget of hooks; null for none.</param>
    public PolicySet(Policy[] policies, DecisionRing ring, PolicyActions actions, IHookClock? clock = null)
    {
        _policies = new Policy[policies.Length];
        _ring = ring;
        _guard = new HookGuard(ring, clock);
        for (int index = 0; index < policies.Length; index++)
        {
            _policies[index] = policies[index];
            _policies[index].Actions = actions;
            _ranks |= policies[index].RanksPieces;
        }
    }

    /// <summary>How many policies there are.</summary>
    public int Count => _policies.Length;

    /// <summary>The policy at a place of the list.</summary>
    public Policy this[int index] => _policies[index];

    /// <summary>How often a hook threw, widened a request, or took too long.</summary>
    public ulong Faults => _guard.Faults;

    /// <summary>True while a policy is being asked: nothing may be allocated or freed then (AL:X4).</summary>
    public bool IsAsking => _guard.IsAsking;

    /// <inheritdoc/>
    public bool RanksPieces => _ranks;

    /// <summary>Narrows the request. A policy that widens it is ignored and noted (AL:X2); nothing left is a denial.</summary>
    public Verdict Shape(ref RequestDraft request, in OwnerView owner)
    {
        for (int index = 0; index < _policies.Length; index++)
        {
            RequestDraft before = request;
            _guard.Enter();
            try
            {
                _policies[index].Shape(ref request, in owner);
            }
            catch (Exception)
            {
                request = before;
                _guard.Fault(_policies[index], in before, "Shape threw an exception");
                return Refuse(DecisionKind.Fault, in request, _policies[index], Faulty);
            }
            finally
            {
                _guard.Leave(_policies[index], in before);
            }

            if (!Narrowing.IsNarrower(in before, in request))
            {
                request = before;
                _guard.Fault(_policies[index], in before, "Shape widened the request; ignored");
            }
            else if (Narrowing.IsEmpty(in request))
            {
                Verdict nothing = Verdict.Deny(ErrorCode.RangeError, DenialReason.OutOfRange, "no address is left that would do");
                return Refuse(DecisionKind.Denied, in request, _policies[index], nothing);
            }
        }

        return Verdict.Next;
    }

    /// <summary>Asks each in turn; the first with an opinion decides, none means yes (AL:X1).</summary>
    public Verdict Admit(in Request request, in OwnerView owner, in PoolView pool)
    {
        RequestDraft draft = request.ToDraft();
        _allowedBy = Default;
        _allowedBecause = "";
        for (int index = 0; index < _policies.Length; index++)
        {
            Policy policy = _policies[index];
            Verdict verdict;
            _guard.Enter();
            try
            {
                verdict = policy.Admit(in request, in owner, in pool);
            }
            catch (Exception)
            {
                _guard.Fault(policy, in draft, "Admit threw an exception");
                return Refuse(DecisionKind.Fault, in draft, policy, Faulty);
            }
            finally
            {
                _guard.Leave(policy, in draft);
            }

            switch (verdict.Kind)
            {
                case VerdictKind.Next:
                    continue;
                case VerdictKind.Allow:
                    _allowedBy = policy.Name;
                    _allowedBecause = verdict.Text;
                    return verdict;
                case VerdictKind.Wait when (request.Flags & RequestFlags.MayWait) != 0:
                    return Refuse(DecisionKind.Waiting, in draft, policy, verdict);
                default:
                    Verdict denial = verdict.Kind == VerdictKind.Wait
                        ? Verdict.Deny(verdict.Error, verdict.Reason, verdict.Text, verdict.Available)
                        : verdict;
                    return Refuse(DecisionKind.Denied, in draft, policy, denial);
            }
        }

        return Verdict.Allow("");
    }

    /// <inheritdoc/>
    public long Rank(in Candidate candidate, in Request request)
    {
        long sum = 0;
        for (int index = 0; index < _policies.Length; index++)
        {
            if (!_policies[index].RanksPieces) continue;
            long rank;
            _guard.Enter();
            try
            {
                rank = _policies[index].Rank(in candidate, in request);
            }
            catch (Exception)
            {
                _guard.Fault(_policies[index], request.ToDraft(), "Rank threw an exception");
                rank = long.MaxValue;
            }
            finally
            {
                // Called for every free piece, so the request is copied only for a record.
                if (_guard.IsLate()) _guard.Fault(_policies[index], request.ToDraft(), HookGuard.Late);
            }

            if (rank == long.MaxValue) return rank;
            sum = Saturate(sum, rank);
        }

        return sum;
    }

    /// <summary>Tells all that something was granted, and writes down who allowed it.</summary>
    public void Granted(in GrantView grant)
    {
        Note(in grant, DecisionKind.Granted, _allowedBy, _allowedBecause);
        for (int index = 0; index < _policies.Length; index++) Tell(_policies[index], in grant, null);
    }

    /// <summary>Tells all that a grant ended.</summary>
    public void Released(in GrantView grant, ReleaseReason why)
    {
        Note(in grant, DecisionKind.Released, Default, TextOf(why));
        for (int index = 0; index < _policies.Length; index++) Tell(_policies[index], in grant, why);
    }

    /// <summary>Asks what to do about a shortage; the first answer but Fail counts, after three attempts it is Fail (AL:X5).</summary>
    public Recovery Exhausted(in Request request, in Shortage shortage, int attempt)
    {
        RequestDraft draft = request.ToDraft();
        for (int index = 0; index < _policies.Length && attempt <= MaxAttempts; index++)
        {
            Policy policy = _policies[index];
            Recovery recovery = Recovery.Fail;
            _guard.Enter();
            try
            {
                recovery = policy.Exhausted(in request, in shortage, attempt);
            }
            catch (Exception)
            {
                _guard.Fault(policy, in draft, "Exhausted threw an exception");
            }
            finally
            {
                _guard.Leave(policy, in draft);
            }

            if (recovery == Recovery.Wait && (request.Flags & RequestFlags.MayWait) == 0) recovery = Recovery.Fail;
            if (recovery == Recovery.Fail) continue;
            _guard.Write(DecisionKind.Recovered, in draft, policy.Name, Verdict.Allow(recovery == Recovery.Retry ? "try again" : "wait"));
            return recovery;
        }

        Verdict missing = Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.OutOfMemory, TextOf(shortage.Error), shortage.Free);
        _guard.Write(DecisionKind.NotRecovered, in draft, Default, missing);
        return Recovery.Fail;
    }

    /// <summary>Tells all what time it is, in nanoseconds since any fixed moment.</summary>
    public void Tick(ulong nowNs)
    {
        RequestDraft nothing = default;
        for (int index = 0; index < _policies.Length; index++)
        {
            _guard.Enter();
            try
            {
                _policies[index].Tick(nowNs);
            }
            catch (Exception)
            {
                _guard.Fault(_policies[index], in nothing, "Tick threw an exception");
            }
            finally
            {
                _guard.Leave(_policies[index], in nothing);
            }
        }
    }

    private static Verdict Faulty =>
        Verdict.Deny(ErrorCode.IllegalOperation, DenialReason.NotPermitted, "the policy failed, so it is a refusal");

    private Verdict Refuse(DecisionKind kind, in RequestDraft request, Policy policy, Verdict verdict)
    {
        if (kind != DecisionKind.Fault) _guard.Write(kind, in request, policy.Name, verdict);
        return verdict;
    }

    private void Tell(Policy policy, in GrantView grant, ReleaseReason? why)
    {
        RequestDraft about = new() { Owner = grant.Owner, Kind = grant.Kind };
        _guard.Enter();
        try
        {
            if (why is { } reason) policy.Released(in grant, reason);
            else policy.Granted(in grant);
        }
        catch (Exception)
        {
            _guard.Fault(policy, in about, "Granted or Released threw an exception");
        }
        finally
        {
            _guard.Leave(policy, in about);
        }
    }

    private void Note(in GrantView grant, DecisionKind kind, string policy, string text) => _ring.Write(new Decision
    {
        Owner = grant.Owner,
        Cookie = grant.Cookie,
        Amount = grant.Amount,
        Resource = grant.Kind,
        Kind = kind,
        Policy = policy,
        Text = text,
    });

    private static long Saturate(long sum, long rank)
    {
        // MaxValue means "never": a sum of large ranks stays below it.
        const long Most = long.MaxValue - 1;
        if (rank > 0 && sum > Most - rank) return Most;
        return rank < 0 && sum < long.MinValue - rank ? long.MinValue : sum + rank;
    }

    private static string TextOf(ReleaseReason why) => why switch
    {
        ReleaseReason.Asked => "given back",
        ReleaseReason.OwnerEnded => "its owner ended",
        ReleaseReason.LeaseExpired => "its lease ended",
        ReleaseReason.Reclaimed => "taken back for another",
        ReleaseReason.Undone => "undone",
        _ => "the kernel refused it",
    };

    private static string TextOf(AllocationError error) => error switch
    {
        AllocationError.OutOfMemory => "not enough is free",
        AllocationError.Fragmented => "enough is free, but in pieces",
        AllocationError.OutOfSlots => "no capability slots are left",
        AllocationError.OutOfNodes => "no bookkeeping is left",
        AllocationError.NoPlace => "no free place lies where it may",
        _ => "the allocator refused",
    };
}
