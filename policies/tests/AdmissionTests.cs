// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Policies;

namespace Sel4.Tests.Policies;

/// <summary>The samples that judge requests, one by one.</summary>
public sealed class AdmissionTests
{
    private const ulong None = ulong.MaxValue;

    private static RequestDraft Page => RequestDraft.Any(7, ResourceKind.Ram, ObjectType.SmallPage, 12);

    private static Verdict Admit(Policy policy, RequestDraft draft, ulong[] used, ulong[] limits, ulong freeRam = 1 << 20) =>
        policy.Admit(new Request(draft), new OwnerView(7, used, limits), new PoolView(freeRam, 1 << 24, 20, 0, 100));

    private static Verdict Admit(Policy policy, RequestDraft draft) => Admit(policy, draft, [], []);

    [Fact]
    [Rule("AL:X1")]
    public void Quota_takes_the_lower_of_both_limits_and_says_what_is_left()
    {
        QuotaPolicy policy = new(16384, None, None, None, None, None);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page, [0, 12288], [None, 20000]).Kind);
        Verdict denial = Admit(policy, Page, [0, 12289], [None, None]);
        Assert.Equal((DenialReason.QuotaExceeded, 4095ul, ErrorCode.NotEnoughMemory), (denial.Reason, denial.Available, denial.Error));
        Assert.Equal(4000ul, Admit(policy, Page, [0, 4000], [None, 8000]).Available);
        Assert.Equal(0ul, Admit(policy, Page, [0, 9000], [None, 8000]).Available);
    }

    [Fact]
    [Rule("AL:X1")]
    public void Quota_does_not_overflow_and_counts_grants_and_slots()
    {
        RequestDraft huge = Page;
        huge.SizeBits = 63;
        huge.Count = 4;
        QuotaPolicy policy = new(None - 1, None, 3, 5, None, None);
        Assert.Equal(VerdictKind.Deny, Admit(policy, huge, [0, 1], []).Kind);
        Assert.Equal("the limit of grants is reached", Admit(policy, Page, [0, 0, 0, 3], []).Text);
        RequestDraft six = Page;
        six.Count = 6;
        Assert.Equal(5ul, Admit(policy, six).Available);
    }

    [Fact]
    [Rule("AL:X1")]
    public void The_reserve_is_for_higher_priority()
    {
        ReservePolicy policy = new(65536, 8192, 0);
        RequestDraft request = Page;
        Assert.Equal(VerdictKind.Next, Admit(policy, request, [], [], 65536 + 4096).Kind);
        Verdict denial = Admit(policy, request, [], [], 65536 + 4095);
        Assert.Equal((DenialReason.OutOfMemory, 4095ul), (denial.Reason, denial.Available));
        request.Priority = 1;
        Assert.Equal(VerdictKind.Next, Admit(policy, request, [], [], 65536).Kind);
        Assert.Equal(VerdictKind.Deny, Admit(policy, request, [], [], 8192).Kind);
        request.Priority = 3;
        Assert.Equal(VerdictKind.Next, Admit(policy, request, [], [], 4096).Kind);
        request.Kind = ResourceKind.Irqs;
        request.Priority = 0;
        Assert.Equal(VerdictKind.Next, Admit(policy, request, [], [], 0).Kind);
    }

    [Fact]
    [Rule("AL:X1")]
    public void The_bucket_empties_and_fills_with_time()
    {
        RateLimitPolicy policy = new(10, 2);
        policy.Tick(5_000_000_000);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page).Kind);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page).Kind);
        Assert.Equal((VerdictKind.Deny, DenialReason.RateLimited), (Admit(policy, Page).Kind, Admit(policy, Page).Reason));
        policy.Tick(5_099_999_999);
        Assert.Equal(VerdictKind.Deny, Admit(policy, Page).Kind);
        policy.Tick(5_100_000_000);
        policy.Tick(5_100_000_000);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page).Kind);
        RequestDraft patient = Page;
        patient.Flags = RequestFlags.MayWait;
        Assert.Equal(VerdictKind.Wait, Admit(policy, patient).Kind);
        policy.Tick(ulong.MaxValue);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page).Kind);
        Assert.Equal(VerdictKind.Next, Admit(policy, Page).Kind);
        Assert.Equal(VerdictKind.Deny, Admit(policy, Page).Kind);
    }

    [Fact]
    [Rule("AL:G3")]
    public void The_nth_request_fails_and_no_other()
    {
        FailNthPolicy policy = new(3);
        VerdictKind[] kinds = [.. Enumerable.Range(0, 5).Select(_ => Admit(policy, Page).Kind)];
        Assert.Equal([VerdictKind.Next, VerdictKind.Next, VerdictKind.Deny, VerdictKind.Next, VerdictKind.Next], kinds);
    }

    [Fact]
    [Rule("AL:X5")]
    public void The_parent_is_asked_when_there_is_one()
    {
        Shortage shortage = new(AllocationError.OutOfMemory, ResourceKind.Ram, 4096, 100, 5);
        Assert.Equal(Recovery.Fail, new AskParentPolicy(null).Exhausted(new Request(Page), in shortage, 1));
        Parent parent = new();
        AskParentPolicy policy = new(parent);
        Assert.Equal(Recovery.Retry, policy.Exhausted(new Request(Page), in shortage, 1));
        Assert.Equal(Recovery.Fail, policy.Exhausted(new Request(Page), in shortage, 2));
        Assert.Equal([4096ul, 4096ul], parent.Asked);
    }

    [Fact]
    [Rule("AL:X4", "AL:G2")]
    public void The_audit_log_keeps_the_last_entries()
    {
        AuditPolicy policy = new(3);
        for (ulong cookie = 1; cookie <= 3; cookie++) policy.Granted(new GrantView { Owner = 7, Cookie = cookie, Amount = 4096 });
        policy.Released(new GrantView { Owner = 7, Cookie = 2 }, ReleaseReason.Asked);
        Assert.Equal(4ul, policy.Written);
        Assert.Equal((2ul, (ReleaseReason?)ReleaseReason.Asked), (policy.FromNewest(0).Grant.Cookie, policy.FromNewest(0).Ended));
        Assert.Equal((2ul, (ReleaseReason?)null), (policy.FromNewest(2).Grant.Cookie, policy.FromNewest(2).Ended));
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.FromNewest(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AuditPolicy(4).FromNewest(0));
    }

    private sealed class Parent : IResourceParent
    {
        public List<ulong> Asked { get; } = [];

        public bool RequestMore(in Shortage shortage)
        {
            Asked.Add(shortage.Wanted);
            return Asked.Count == 1;
        }
    }
}
