// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators.Policies;
using Sel4.Policies;

namespace Sel4.Tests.Policies;

/// <summary>The samples that have grants taken back or set aside.</summary>
public sealed class LeaseAndQuarantineTests
{
    private const ulong Ms = 1_000_000;

    private static RequestDraft Page => RequestDraft.Any(7, ResourceKind.Ram, ObjectType.SmallPage, 12);

    private static (PolicySet Set, PolicyActions Actions) Make(Policy policy, int queue)
    {
        PolicyActions actions = new(queue);
        return (new PolicySet([policy], new DecisionRing(64), actions), actions);
    }

    private static ulong[] Take(PolicyActions actions)
    {
        List<ulong> cookies = [];
        while (actions.TryTake(out PolicyAction action)) cookies.Add(action.Cookie);
        return [.. cookies];
    }

    [Theory]
    [InlineData(0, 100)]
    [InlineData(30, 30)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [Rule("AL:X2")]
    public void A_lease_is_at_most_the_policys(ulong wanted, ulong got)
    {
        (PolicySet set, _) = Make(new LeasePolicy(100, 8), 8);
        RequestDraft draft = Page;
        draft.LeaseMs = wanted;
        Assert.Equal(VerdictKind.Next, set.Shape(ref draft, default).Kind);
        Assert.Equal((got, 0ul), (draft.LeaseMs, set.Faults));
    }

    [Fact]
    [Rule("AL:X5", "AL:F5")]
    public void Leases_end_in_the_order_of_their_ends_and_wait_when_the_queue_is_full()
    {
        LeasePolicy policy = new(1000, 8);
        (PolicySet set, PolicyActions actions) = Make(policy, 2);
        set.Tick(10 * Ms);
        ulong[] lengths = [50, 10, 40, 20, 30];
        for (int index = 0; index < lengths.Length; index++)
            set.Granted(new GrantView { Owner = 7, Cookie = (ulong)index + 1, LeaseMs = lengths[index] });
        set.Granted(new GrantView { Owner = 7, Cookie = 6 });
        Assert.Equal(5, policy.Count);
        set.Tick((20 * Ms) - 1);
        Assert.Empty(Take(actions));
        set.Tick(20 * Ms);
        Assert.Equal([2], Take(actions));
        set.Released(new GrantView { Owner = 7, Cookie = 5 }, ReleaseReason.Asked);
        set.Tick(1000 * Ms);
        Assert.Equal([4, 3], Take(actions));
        Assert.Equal(1, policy.Count);
        set.Tick(1000 * Ms);
        Assert.Equal([1], Take(actions));
        Assert.Equal(0, policy.Count);
    }

    [Fact]
    [Rule("AL:X5")]
    public void Random_leases_end_when_they_should_and_none_is_forgotten()
    {
        LeasePolicy policy = new(1000, 256);
        (PolicySet set, PolicyActions actions) = Make(policy, 16);
        Random random = new(5);
        Dictionary<ulong, ulong> ends = [];
        ulong cookie = 0;
        for (ulong now = 1; now < 3000; now++)
        {
            set.Tick(now * Ms);
            foreach (ulong ended in Take(actions))
            {
                Assert.InRange(now, ends[ended], ends[ended] + 20);
                ends.Remove(ended);
            }

            if (random.Next(3) == 0 && ends.Count != 0)
            {
                ulong gone = ends.Keys.ElementAt(random.Next(ends.Count));
                set.Released(new GrantView { Cookie = gone }, ReleaseReason.Asked);
                ends.Remove(gone);
            }

            ulong length = (ulong)random.Next(1, 400);
            if (set.Admit(new Request(Page), default, default).Kind == VerdictKind.Deny) continue;
            set.Granted(new GrantView { Cookie = ++cookie, LeaseMs = length });
            ends.Add(cookie, now + length);
            Assert.Equal(ends.Count, policy.Count);
        }
    }

    [Fact]
    [Rule("AL:X5")]
    public void A_full_heap_admits_nothing_more_and_endless_leases_do_not_overflow()
    {
        LeasePolicy policy = new(1000, 1);
        (PolicySet set, PolicyActions actions) = Make(policy, 1);
        set.Tick(ulong.MaxValue - 5);
        set.Granted(new GrantView { Cookie = 1, LeaseMs = ulong.MaxValue });
        Assert.Equal(VerdictKind.Deny, set.Admit(new Request(Page), default, default).Kind);
        set.Tick(ulong.MaxValue - 1);
        Assert.Empty(Take(actions));
        set.Tick(ulong.MaxValue);
        Assert.Equal([1], Take(actions));
    }

    [Fact]
    [Rule("AL:F2", "AL:F5")]
    public void Corrupt_blocks_are_set_aside_and_none_is_dropped()
    {
        (PolicySet set, PolicyActions actions) = Make(new QuarantinePolicy(2), 1);
        set.Released(new GrantView { Cookie = 9 }, ReleaseReason.Asked);
        for (ulong cookie = 1; cookie <= 3; cookie++) set.Released(new GrantView { Cookie = cookie }, ReleaseReason.Corrupt);
        Assert.Equal(VerdictKind.Deny, set.Admit(new Request(Page), default, default).Kind);
        Assert.True(actions.TryTake(out PolicyAction action));
        Assert.Equal((1ul, PolicyActionKind.Quarantine), (action.Cookie, action.Kind));
        set.Tick(1);
        Assert.Equal(VerdictKind.Allow, set.Admit(new Request(Page), default, default).Kind);
        Assert.Equal([3], Take(actions));
        set.Tick(2);
        Assert.Equal([2], Take(actions));
    }
}
