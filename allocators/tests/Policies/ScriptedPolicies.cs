// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators.Policies;

/// <summary>Says what it is told to say.</summary>
internal sealed class Scripted(string name) : Policy(name)
{
    public Verdict OnAdmit { get; init; } = Verdict.Next;

    public Shaping OnShape { get; init; } = draft => draft;

    public long OnRank { get; init; }

    public Recovery OnExhausted { get; init; } = Recovery.Fail;

    /// <summary>How often it was asked anything.</summary>
    public int Asked { get; private set; }

    public delegate RequestDraft Shaping(RequestDraft draft);

    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool)
    {
        Asked++;
        return OnAdmit;
    }

    public override void Shape(ref RequestDraft request, in OwnerView owner) => request = OnShape(request);

    public override long Rank(in Candidate candidate, in Request request) => OnRank;

    public override Recovery Exhausted(in Request request, in Shortage shortage, int attempt)
    {
        Asked++;
        return OnExhausted;
    }
}

/// <summary>Fails whatever it is asked.</summary>
internal sealed class Throwing() : Policy("broken")
{
    public override Verdict Admit(in Request request, in OwnerView owner, in PoolView pool) => throw new InvalidOperationException();

    public override void Shape(ref RequestDraft request, in OwnerView owner)
    {
        request.Min = 0x1000;
        throw new InvalidOperationException();
    }

    public override long Rank(in Candidate candidate, in Request request) => throw new InvalidOperationException();

    public override void Granted(in GrantView grant) => throw new InvalidOperationException();

    public override void Released(in GrantView grant, ReleaseReason why) => throw new InvalidOperationException();

    public override Recovery Exhausted(in Request request, in Shortage shortage, int attempt) => throw new InvalidOperationException();

    public override void Tick(ulong nowNs) => throw new InvalidOperationException();
}
