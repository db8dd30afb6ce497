// SPDX-License-Identifier: BSD-2-Clause

using Sel4.Abi;
using Sel4.Allocators;
using Sel4.Allocators.Policies;
using Sel4.Policies;

namespace Sel4.Tests.Policies;

/// <summary>Policies together, on the whole way of a request.</summary>
public sealed class WorldTests
{
    [Fact]
    [Rule("AL:X1", "AL:G1")]
    public void An_exhausted_quota_is_exact_and_harms_nobody_else()
    {
        ResourceWorld world = new(16, PolicyCatalog.Create("quota", [], default, out _)!);
        world.Limit(1, ResourceKind.Ram, 3 * 4096);
        for (int page = 0; page < 3; page++) Assert.NotEqual(0ul, world.AskPage(1));
        Assert.Equal(0ul, world.AskPage(1));
        Assert.Equal((DenialReason.QuotaExceeded, AllocationError.None), (world.Verdict.Reason, world.Error));
        Assert.Equal("#4 denied 4 KiB RAM by quota: the limit of RAM would be exceeded", world.Why);
        Assert.NotEqual(0ul, world.AskPage(2));
        world.End(1);
        Assert.NotEqual(0ul, world.AskPage(1));
    }

    [Fact]
    [Rule("AL:X5", "AL:F5")]
    public void Leases_end_and_their_memory_is_there_again()
    {
        ResourceWorld world = new(16, new LeasePolicy(100, 64));
        world.Advance(5);
        for (int page = 0; page < 16; page++) Assert.NotEqual(0ul, world.AskPage(1));
        Assert.Equal(0ul, world.AskPage(1));
        world.Advance(99);
        Assert.Equal(16, world.Cookies.Count);
        world.Advance(1);
        Assert.Empty(world.Cookies);
        Assert.Equal(1ul << 16, world.Memory.Totals(MemoryKind.Ram).FreeBytes);
        Assert.Contains("its lease ended", world.Why);
    }

    [Fact]
    [Rule("AL:X5")]
    public void A_shortage_can_take_from_others_and_succeed()
    {
        ResourceWorld world = new(13, new Evicting());
        ulong[] first = [world.AskPage(1), world.AskPage(1)];
        ulong cookie = world.AskPage(2);
        Assert.NotEqual(0ul, cookie);
        Assert.Equal([first[1], cookie], world.Cookies.Order());
        Assert.Equal(AllocationError.None, world.Error);
    }

    [Fact]
    [Rule("AL:G1", "AL:X5")]
    public void Without_an_answer_the_allocators_own_reason_stands()
    {
        ResourceWorld world = new(12, new AskParentPolicy(null));
        Assert.NotEqual(0ul, world.AskPage(1));
        Assert.Equal(0ul, world.AskPage(1));
        Assert.Equal((VerdictKind.Deny, AllocationError.OutOfMemory), (world.Verdict.Kind, world.Error));
        Assert.Equal("#3 out of 4 KiB RAM by default: not enough is free", world.Why.Replace("#2", "#3"));
    }

    [Fact]
    [Rule("AL:X4", "AL:A3")]
    public void Whatever_the_policies_do_the_books_balance()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            FailNthPolicy failing = new((ulong)seed * 37);
            LeasePolicy lease = new(50, 512);
            ResourceWorld world = new(
                20, failing, new RateLimitPolicy(2000, 100), lease, new QuotaPolicy(300_000, 0, 200, 9999, 0, 0),
                new RandomPolicy((ulong)seed), new LifetimePolicy(), new AuditPolicy(64), new QuarantinePolicy(8));
            Random random = new(seed);
            for (int step = 0; step < 2000; step++)
            {
                ulong owner = (ulong)random.Next(1, 6);
                RequestDraft draft = RequestDraft.Any(owner, ResourceKind.Ram, ObjectType.Untyped, random.Next(4, 16));
                draft.Lifetime = (MemoryLifetime)random.Next(4);
                if (random.Next(3) != 0) world.Ask(draft);
                else if (world.Cookies.Count != 0) world.Free(world.Cookies.ElementAt(random.Next(world.Cookies.Count)));
                if (random.Next(50) == 0) world.End(owner);
                world.Advance((ulong)random.Next(2));
                Assert.Equal(world.Cookies.Count, lease.Count);
            }

            Assert.Null(UntypedCheck.Problem(world.Memory));
            world.Advance(1000);
            Assert.Empty(world.Cookies);
            Assert.Equal(1ul << 20, world.Memory.Totals(MemoryKind.Ram).FreeBytes);
            Assert.Equal(0ul, world.Policies.Faults);
        }
    }

    /// <summary>Takes the oldest grant away when something runs out.</summary>
    private sealed class Evicting() : Policy("evicting")
    {
        private readonly Queue<ulong> _oldest = [];

        public override void Granted(in GrantView grant) => _oldest.Enqueue(grant.Cookie);

        public override Recovery Exhausted(in Request request, in Shortage shortage, int attempt) =>
            _oldest.TryDequeue(out ulong cookie) && Actions.QueueRevoke(cookie, ReleaseReason.Reclaimed, Name)
                ? Recovery.Retry : Recovery.Fail;
    }
}
