// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;

namespace Sel4.Tests.Allocators.Policies;

public sealed class PolicySetTests
{
    private readonly DecisionRing _ring = new(16);
    private readonly PolicyActions _actions = new(4);

    private PolicySet Set(params Policy[] policies) => new(policies, _ring, _actions);

    private static RequestDraft Page => RequestDraft.Any(7, ResourceKind.Ram, ObjectType.SmallPage, 12);

    private Verdict Admit(PolicySet set, RequestDraft draft) =>
        set.Admit(new Request(draft), new OwnerView(draft.Owner, [], []), new PoolView(1 << 20, 1 << 20, 20, 0, 100));

    [Fact]
    [Rule("AL:X1")]
    public void The_first_policy_with_an_opinion_decides_and_is_named()
    {
        Verdict denial = Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, "too much", 42);
        Scripted last = new("last") { OnAdmit = Verdict.Deny(ErrorCode.RangeError, DenialReason.NotPermitted, "never") };
        PolicySet set = Set(new Scripted("silent"), new Scripted("strict") { OnAdmit = denial }, last);
        Verdict verdict = Admit(set, Page);
        Assert.Equal((VerdictKind.Deny, DenialReason.QuotaExceeded, 42ul), (verdict.Kind, verdict.Reason, verdict.Available));
        Assert.Equal(0, last.Asked);
        Assert.True(_ring.TryFindOwner(7, out Decision decision));
        Assert.Equal(("strict", "too much", DecisionKind.Denied), (decision.Policy, decision.Text, decision.Kind));
        Assert.Equal("#1 denied 4 KiB RAM by strict: too much (42 B RAM would do)", decision.Describe());
    }

    [Fact]
    [Rule("AL:X1")]
    public void An_allowance_ends_the_asking_and_silence_of_all_is_one()
    {
        Scripted strict = new("strict") { OnAdmit = Verdict.Deny(ErrorCode.NotEnoughMemory, DenialReason.QuotaExceeded, "no") };
        PolicySet set = Set(new Scripted("friend") { OnAdmit = Verdict.Allow("known") }, strict);
        Assert.Equal(VerdictKind.Allow, Admit(set, Page).Kind);
        set.Granted(new GrantView { Owner = 7, Cookie = 3, Kind = ResourceKind.Ram, Amount = 4096 });
        Assert.True(_ring.TryFindCookie(3, out Decision decision));
        Assert.Equal(("friend", "known"), (decision.Policy, decision.Text));
        Assert.Equal(VerdictKind.Allow, Admit(Set(new Scripted("silent")), Page).Kind);
        Assert.Equal(VerdictKind.Allow, Admit(Set(), Page).Kind);
    }

    [Fact]
    [Rule("AL:X1")]
    public void Waiting_is_for_those_who_can()
    {
        PolicySet set = Set(new Scripted("later") { OnAdmit = Verdict.Wait(DenialReason.RateLimited, "slow down") });
        Assert.Equal(VerdictKind.Deny, Admit(set, Page).Kind);
        RequestDraft patient = Page;
        patient.Flags = RequestFlags.MayWait;
        Assert.Equal(VerdictKind.Wait, Admit(set, patient).Kind);
    }

    public delegate void Widening(ref RequestDraft draft);

    [Theory]
    [MemberData(nameof(Widenings))]
    [Rule("AL:X2")]
    public void Shape_cannot_widen_anything(string what, Widening widening)
    {
        RequestDraft draft = Page;
        draft.Min = 0x1000;
        draft.Max = 0xffff_ffff;
        draft.AlignBits = 13;
        draft.Colours = 1;
        draft.LeaseMs = 100;
        PolicySet set = Set(new Scripted(what) { OnShape = draft => { widening(ref draft); return draft; } });
        Assert.Equal(VerdictKind.Next, set.Shape(ref draft, new OwnerView(7, [], [])).Kind);
        Assert.Equal((7ul, ResourceKind.Ram, 12, 1), (draft.Owner, draft.Kind, draft.SizeBits, draft.Count));
        Assert.Equal((0x1000ul, 0xffff_fffful, 13, 1ul), (draft.Min, draft.Max, draft.AlignBits, draft.Colours));
        Assert.Equal((100ul, RequestFlags.None, 0), (draft.LeaseMs, draft.Flags, draft.Priority));
        Assert.Equal(1ul, set.Faults);
        Assert.True(_ring.TryFindOwner(7, out Decision decision));
        Assert.Equal((DecisionKind.Fault, what), (decision.Kind, decision.Policy));
    }

    public static TheoryData<string, Widening> Widenings => new()
    {
        { "lower minimum", (ref RequestDraft draft) => draft.Min = 0 },
        { "higher maximum", (ref RequestDraft draft) => draft.Max = ulong.MaxValue },
        { "less alignment", (ref RequestDraft draft) => draft.AlignBits = 12 },
        { "more colours", (ref RequestDraft draft) => draft.Colours = 3 },
        { "longer lease", (ref RequestDraft draft) => draft.LeaseMs = 101 },
        { "endless lease", (ref RequestDraft draft) => draft.LeaseMs = 0 },
        { "device memory", (ref RequestDraft draft) => draft.Flags = RequestFlags.DeviceOk },
        { "waiting", (ref RequestDraft draft) => draft.Flags = RequestFlags.MayWait },
        { "priority", (ref RequestDraft draft) => draft.Priority = 1 },
        { "other size", (ref RequestDraft draft) => draft.SizeBits = 13 },
        { "more of them", (ref RequestDraft draft) => draft.Count = 2 },
        { "other owner", (ref RequestDraft draft) => draft.Owner = 8 },
        { "other kind", (ref RequestDraft draft) => draft.Kind = ResourceKind.Device },
    };

    [Fact]
    [Rule("AL:X2")]
    public void Narrowing_to_nothing_is_a_clean_refusal()
    {
        PolicySet set = Set(
            new Scripted("low") { OnShape = draft => { draft.Max = 0x1fff; return draft; } },
            new Scripted("high") { OnShape = draft => { draft.Min = 0x1800; return draft; } });
        RequestDraft request = Page;
        Verdict verdict = set.Shape(ref request, new OwnerView(7, [], []));
        Assert.Equal((VerdictKind.Deny, ErrorCode.RangeError, DenialReason.OutOfRange), (verdict.Kind, verdict.Error, verdict.Reason));
        Assert.True(_ring.TryFindOwner(7, out Decision decision));
        Assert.Equal("high", decision.Policy);
    }

    [Theory]
    [InlineData(new long[] { 3, 4 }, 7)]
    [InlineData(new long[] { long.MaxValue - 1, 5 }, long.MaxValue - 1)]
    [InlineData(new long[] { long.MinValue, -5 }, long.MinValue)]
    [InlineData(new long[] { -5, long.MaxValue }, long.MaxValue)]
    [InlineData(new long[] { }, 0)]
    [Rule("AL:X3")]
    public void Ranks_add_up_without_overflow_and_never_is_never(long[] ranks, long sum)
    {
        PolicySet set = Set([.. ranks.Select((rank, index) => new Scripted($"rank {index}") { OnRank = rank })]);
        Assert.Equal(sum, set.Rank(default, new Request(Page)));
        Assert.Equal(ranks.Length != 0, set.RanksPieces);
    }

    [Fact]
    [Rule("AL:X4")]
    public void An_exception_is_a_denial_with_a_record_and_harms_nothing()
    {
        Throwing broken = new();
        PolicySet set = Set(broken);
        RequestDraft draft = Page;
        Assert.Equal(VerdictKind.Deny, set.Shape(ref draft, new OwnerView(7, [], [])).Kind);
        Assert.Equal(0ul, draft.Min);
        Verdict verdict = Admit(set, Page);
        Assert.Equal((VerdictKind.Deny, DenialReason.NotPermitted), (verdict.Kind, verdict.Reason));
        Assert.Equal(long.MaxValue, set.Rank(default, new Request(Page)));
        Assert.Equal(Recovery.Fail, set.Exhausted(new Request(Page), default, 1));
        set.Granted(new GrantView { Owner = 7, Cookie = 1 });
        set.Released(new GrantView { Owner = 7, Cookie = 1 }, ReleaseReason.Asked);
        set.Tick(1);
        Assert.Equal(7ul, set.Faults);
        Assert.False(set.IsAsking);
        string[] kinds = [.. Enumerable.Range(0, _ring.Count).Select(age => _ring.FromNewest(age).Kind.ToString())];
        Assert.Equal(7, kinds.Count(kind => kind == "Fault"));
    }

    [Fact]
    [Rule("AL:X4")]
    public void A_hook_that_takes_too_long_is_noted()
    {
        SteppingClock clock = new();
        PolicySet set = new([new Scripted("slow")], _ring, _actions, clock);
        Admit(set, Page);
        Assert.Equal(0ul, set.Faults);
        clock.Step = 100;
        Admit(set, Page);
        Assert.Equal(1ul, set.Faults);
        Assert.True(_ring.TryFindOwner(7, out Decision decision));
        Assert.Equal(("slow", "took longer than its budget"), (decision.Policy, decision.Text));
    }

    [Fact]
    [Rule("AL:X5")]
    public void After_a_shortage_there_are_three_attempts()
    {
        Scripted helper = new("helper") { OnExhausted = Recovery.Retry };
        PolicySet set = Set(new Scripted("helpless"), helper);
        Shortage shortage = new(AllocationError.OutOfMemory, ResourceKind.Ram, 4096, 0, -1);
        int attempts = 0;
        while (set.Exhausted(new Request(Page), in shortage, ++attempts) == Recovery.Retry) Assert.True(attempts < 100);
        Assert.Equal(PolicySet.MaxAttempts + 1, attempts);
        Assert.Equal(PolicySet.MaxAttempts, helper.Asked);
        Assert.Equal(DecisionKind.NotRecovered, _ring.FromNewest(0).Kind);
        Assert.Equal("helper", _ring.FromNewest(1).Policy);
    }

    [Fact]
    [Rule("AL:X5", "AL:F5")]
    public void What_policies_want_done_waits_for_a_safe_point_and_a_full_queue_says_so()
    {
        for (ulong cookie = 1; cookie <= 4; cookie++) Assert.True(_actions.QueueRevoke(cookie, ReleaseReason.LeaseExpired, "lease"));
        Assert.False(_actions.QueueRevoke(5, ReleaseReason.LeaseExpired, "lease"));
        Assert.True(_actions.TryTake(out PolicyAction first));
        Assert.Equal((1ul, "lease", PolicyActionKind.Revoke), (first.Cookie, first.Policy, first.Kind));
        Assert.True(_actions.QueueQuarantine(5, "hotspot"));
        ulong[] order = [.. Enumerable.Range(0, 4).Select(_ => _actions.TryTake(out PolicyAction action) ? action.Cookie : 0)];
        Assert.Equal([2, 3, 4, 5], order);
        Assert.False(_actions.TryTake(out _));
    }

    [Fact]
    [Rule("AL:X6")]
    public void Views_answer_for_kinds_that_nobody_counts()
    {
        OwnerView owner = new(7, [0, 10], [0, 4]);
        Assert.Equal((10ul, 4ul, 0ul), (owner.Used(ResourceKind.Ram), owner.Limit(ResourceKind.Ram), owner.Left(ResourceKind.Ram)));
        Assert.Equal((0ul, ulong.MaxValue), (owner.Used(ResourceKind.Irqs), owner.Left(ResourceKind.Irqs)));
        Assert.Equal(ulong.MaxValue, new PoolView(1, 2, 3, 4, 5).Free(ResourceKind.Irqs));
        Type[] views = [typeof(Request), typeof(OwnerView), typeof(PoolView), typeof(Candidate), typeof(Shortage), typeof(GrantView)];
        foreach (Type view in views)
            Assert.True(view.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), false), $"{view.Name} can be changed");
    }

    [Fact]
    [Rule("AL:G2")]
    public void The_ring_forgets_the_oldest_first()
    {
        for (ulong cookie = 1; cookie <= 20; cookie++)
            _ring.Write(new Decision { Owner = cookie, Cookie = cookie, Policy = "p", Text = "" });
        Assert.Equal((16, 20ul), (_ring.Count, _ring.Written));
        Assert.Equal((20ul, 5ul), (_ring.FromNewest(0).Cookie, _ring.FromNewest(15).Cookie));
        Assert.False(_ring.TryFindOwner(4, out _));
        Assert.True(_ring.TryFindCookie(5, out Decision oldest));
        Assert.Equal(5ul, oldest.Sequence);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ring.FromNewest(16));
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1ul << 40, "1 TiB")]
    [InlineData(ulong.MaxValue, "15.9 EiB")]
    [Rule("AL:G1")]
    public void Sizes_have_units(ulong bytes, string text) => Assert.Equal(text, Units.Bytes(bytes));

    private sealed class SteppingClock : IHookClock
    {
        private ulong _now;

        public ulong Step { get; set; }

        public ulong Now => _now += Step;

        public ulong Budget => 50;
    }
}
