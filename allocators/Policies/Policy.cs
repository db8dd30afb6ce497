// SPDX-License-Identifier: BSD-2-Clause

using System;

namespace Sel4.Allocators.Policies;

/// <summary>A rule about who gets what, and where. Override what the rule is about; the rest has no opinion.</summary>
/// <remarks>
/// Policies decide, the core acts: a hook cannot allocate from the allocator that asks it, may not block, and sees snapshots
/// (AL:X4, AL:X6). Nothing may be allocated with <c>new</c> after construction: the image's heap never takes anything back.
/// An exception on the host is a denial with a record; in the image it ends the program, as any exception there.
/// docs/write-a-policy.md has a template.
/// </remarks>
public abstract class Policy(string name)
{
    private static readonly PolicyActions s_none = new(0);

    /// <summary>What `why`, the audit log and descriptions call it.</summary>
    public string Name { get; } = name;

    /// <summary>Where grants to be taken back are put; a set with this policy in it sees to them at the next safe point (AL:F5).</summary>
    protected internal PolicyActions Actions { get; internal set; } = s_none;

    /// <summary>False when <see cref="Rank"/> has no opinion about anything, which saves looking at every free piece.</summary>
    public virtual bool RanksPieces => true;

    /// <summary>Whether the request may go on (AL:X1).</summary>
    public virtual Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) => Verdict.Next;

    /// <summary>Narrows the request: a smaller window, more alignment, fewer colours, a shorter lease (AL:X2).</summary>
    public virtual void Shape(ref RequestDraft request, in OwnerView owner)
    {
    }

    /// <summary>How unwelcome this place is: the smallest sum wins, <see cref="long.MaxValue"/> is never taken (AL:X3).</summary>
    public virtual long Rank(in Candidate candidate, in Request request) => 0;

    /// <summary>Something was granted.</summary>
    public virtual void Granted(in GrantView grant)
    {
    }

    /// <summary>A grant ended.</summary>
    public virtual void Released(in GrantView grant, ReleaseReason why)
    {
    }

    /// <summary>There was not enough: the policy may have something released through <see cref="Actions"/> and say Retry (AL:X5).</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="shortage">What was missing.</param>
    /// <param name="attempt">1, 2 or 3; after that nobody is asked any more.</param>
    public virtual Recovery Exhausted(in Request request, in Shortage shortage, int attempt) => Recovery.Fail;

    /// <summary>Time passed. May come more than once for the same moment, because a policy can belong to several sets.</summary>
    public virtual void Tick(ulong nowNs)
    {
    }
}
