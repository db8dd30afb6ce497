// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Grants that end by themselves (RPC:R21).</summary>
[Rule("RPC:R21")]
public class LeaseTests
{
    private const string Frame = """{"memory":{"address":"1","type":"8"},"hints":{"leaseMs":"500","label":"for now"}}""";
    private readonly ServerHarness _harness = new();

    public LeaseTests() => _harness.Server.Tick(1000);

    [Fact]
    public void A_lease_ends_on_time_and_its_cookie_says_so_until_it_is_used_again()
    {
        Assert.Equal(ulong.MaxValue, _harness.Server.NextDeadlineMs);
        G.RpcMessage reply = Ask(Frame);
        Assert.Equal(500ul, reply.Ret.LeaseMs);
        Assert.Equal(1500ul, _harness.Server.NextDeadlineMs);
        _harness.Server.Tick(1499);
        string describe = $$$"""{"query":{"what":3,"cookie":"{{{reply.Ret.Cookie}}}"}}""";
        G.RecordMessage record = Assert.Single(Ask(describe).Record);
        Assert.Equal((1ul, "for now"), (record.LeaseMs, record.Label));
        _harness.Server.Tick(1500);
        Assert.Single(_harness.Provider.Released);
        Assert.Equal(0ul, _harness.Alice.Quotas.Used(QuotaKind.RamBytes));
        foreach (string request in (string[])[describe, Release(reply.Ret.Cookie), Lease(reply.Ret.Cookie, 9)])
            Assert.Equal((6u, 18u), Code(Ask(request)));
        Assert.Equal(ulong.MaxValue, _harness.Server.NextDeadlineMs);
        Assert.Equal(1ul, _harness.Server.ExpiredLeases);
    }

    [Fact]
    public void A_lease_is_renewed_set_and_ended_by_who_may_release()
    {
        ulong cookie = Ask("""{"irq":{"simple":{"irq":"4"}}}""", _harness.Child).Ret.Cookie;
        Assert.Equal((2u, 11u), Code(Ask(Lease(cookie, 100), _harness.Bob)));
        Assert.Equal(100ul, Ask(Lease(cookie, 100), _harness.Child).Ret.LeaseMs);
        _harness.Server.Tick(1099);
        Assert.Equal(2000ul, Ask(Lease(cookie, 2000)).Ret.LeaseMs);  // its parent may as well
        _harness.Server.Tick(3098);
        Assert.Equal(1, _harness.Grants.LiveCount);
        Assert.Equal(0u, Ask(Lease(cookie, 0), _harness.Child).Ret.ErrorCode);
        Assert.Equal(0, _harness.Grants.LiveCount);
        Assert.Equal((6u, 18u), Code(Ask(Release(cookie), _harness.Child)));
    }

    [Fact]
    public void Many_leases_end_in_slices_and_the_deadline_says_that_there_is_more()
    {
        for (int i = 0; i < 200; i++) Ask(Frame);
        _harness.Server.Tick(5000);
        Assert.Equal(200 - 64, _harness.Grants.LiveCount);
        Assert.True(_harness.Server.NextDeadlineMs <= 5000);
        for (int i = 0; i < 3; i++) _harness.Server.Tick(5000);
        Assert.Equal(0, _harness.Grants.LiveCount);
        Assert.Equal(ulong.MaxValue, _harness.Server.NextDeadlineMs);
    }

    [Fact]
    [Rule("RPC:R20")]
    public void The_death_of_the_owner_comes_first()
    {
        Ask(Frame);
        _harness.Server.Reclaim(_harness.Alice, int.MaxValue);
        _harness.Server.Tick(9999);
        Assert.Single(_harness.Provider.Released);
        Assert.Equal(0ul, _harness.Server.ExpiredLeases);
        Assert.Equal(ulong.MaxValue, _harness.Server.NextDeadlineMs);
    }

    [Fact]
    public void The_end_of_one_holders_lease_leaves_the_others_what_they_share()
    {
        const string screen = """{"memory":{"address":"655360","type":"8"},"hints":{"flags":1}}""";
        Ask(screen.Replace("\"flags\":1", "\"flags\":1,\"leaseMs\":\"10\""));
        Ask(screen, _harness.Bob);
        _harness.Server.Tick(1010);
        Assert.Empty(_harness.Provider.Released);
        Assert.Equal((0, 1), (_harness.Alice.GrantCount, _harness.Bob.GrantCount));
    }

    [Fact]
    public void The_longest_lease_is_the_end_of_time_and_not_a_wrapped_one()
    {
        Assert.Equal(0u, Ask(Frame.Replace("500", ulong.MaxValue.ToString())).Ret.ErrorCode);
        _harness.Server.Tick(ulong.MaxValue - 2);
        Assert.Equal(1, _harness.Grants.LiveCount);
    }

    [Fact]
    public void Without_a_clock_there_are_none()
    {
        var harness = new ServerHarness(hasClock: false);
        G.RpcMessage reply = harness.Ask(harness.Alice, Frame);
        Assert.Equal((3u, 2u), Code(reply));
        Assert.Equal(8u, reply.Detail.Argument);
        Assert.Equal((3u, 2u), Code(harness.Ask(harness.Alice, Lease(1, 1))));
    }

    private static string Lease(ulong cookie, ulong duration) => $$$"""{"lease":{"cookie":"{{{cookie}}}","durationMs":"{{{duration}}}"}}""";

    private static string Release(ulong cookie) => $$$"""{"release":{"cookie":"{{{cookie}}}"}}""";

    private static (uint, uint) Code(G.RpcMessage reply) => (reply.Ret.ErrorCode, reply.Ret.Detail);

    private G.RpcMessage Ask(string request, Session? session = null) => _harness.Ask(session ?? _harness.Alice, request);
}
