// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Limits at every level, checked before anything is done, charged when granted, given back when released (RPC:§8).</summary>
public class QuotaTests
{
    private const string Frame = """{"memory":{"address":"1","type":"8"}}""";
    private readonly ServerHarness _harness = new();

    [Theory]
    [Rule("RPC:Q3", "RPC:Q4", "RPC:Q5", "RPC:D32")]
    [InlineData(QuotaKind.RamBytes, 4096, Frame)]
    [InlineData(QuotaKind.Grants, 1, Frame)]
    [InlineData(QuotaKind.Slots, 2, Frame)]
    [InlineData(QuotaKind.ServerBytes, 256, Frame)]
    [InlineData(QuotaKind.DeviceBytes, 4096, """{"memory":{"address":"655360","type":"8"}}""")]
    [InlineData(QuotaKind.Irqs, 1, """{"irq":{"simple":{"irq":"4"}}}""")]
    [InlineData(QuotaKind.IoPorts, 1, """{"ioport":{"start":1016,"end":1023}}""")]
    public void Exactly_the_limit_is_granted_and_one_more_is_refused(QuotaKind kind, ulong price, string request)
    {
        _harness.Alice.Quotas.TrySetLimit(kind, 3 * price - 1);
        G.RpcMessage first = Ask(request);
        Assert.Equal(0u, Ask(Other(request, 1)).Ret.ErrorCode);
        Assert.Equal(2 * price, _harness.Alice.Quotas.Used(kind));
        var before = (_harness.Totals, _harness.QuotaTotals);
        G.RpcMessage refused = Ask(Other(request, 2));
        Assert.Equal((10u, 3u), (refused.Ret.ErrorCode, refused.Ret.Detail));
        Assert.Equal(((uint)kind, price - 1), (refused.Detail.QuotaKind, refused.Detail.Available));
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
        Ask($$$"""{"release":{"cookie":"{{{first.Ret.Cookie}}}"}}""");
        Assert.Equal(0u, Ask(Other(request, 2)).Ret.ErrorCode);
        Assert.Equal(2 * price, _harness.Alice.Quotas.Peak(kind));
        _harness.Server.Reclaim(_harness.Alice, int.MaxValue);
        Assert.Equal(0ul, _harness.Alice.Quotas.Used(kind));
    }

    [Fact]
    [Rule("RPC:Q3")]
    public void What_a_child_uses_counts_at_its_parent_which_may_be_the_one_that_has_no_more()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 3 * 4096);
        _harness.Child.Quotas.TrySetLimit(QuotaKind.RamBytes, 1 << 20);
        Ask(Frame);
        Ask(Frame, _harness.Child);
        Ask(Frame, _harness.Child);
        Assert.Equal((3 * 4096ul, 2 * 4096ul), (Used(_harness.Alice), Used(_harness.Child)));
        G.RpcMessage refused = Ask(Frame, _harness.Child);
        Assert.Equal((10u, 3u, 0ul), (refused.Ret.ErrorCode, refused.Ret.Detail, refused.Detail.Available));
        Assert.Equal(0u, Ask(Frame, _harness.Bob).Ret.ErrorCode);  // who has nothing to do with it
        _harness.Server.Reclaim(_harness.Child, int.MaxValue);
        Assert.Equal((4096ul, 0ul), (Used(_harness.Alice), Used(_harness.Child)));
    }

    [Fact]
    [Rule("RPC:Q3")]
    public void A_limit_that_is_set_aside_is_there_whatever_the_parent_uses()
    {
        Quotas parent = _harness.Alice.Quotas, child = _harness.Child.Quotas;
        parent.TrySetLimit(QuotaKind.RamBytes, 4 * 4096);
        child.SetBacking(QuotaBacking.Reserved);
        Assert.False(child.TrySetLimit(QuotaKind.RamBytes, 5 * 4096));
        Assert.True(child.TrySetLimit(QuotaKind.RamBytes, 3 * 4096));
        Assert.Equal(3 * 4096ul, parent.Used(QuotaKind.RamBytes));
        Assert.Equal(0u, Ask(Frame).Ret.ErrorCode);
        Assert.Equal(10u, Ask(Frame).Ret.ErrorCode);
        for (int i = 0; i < 3; i++) Assert.Equal(0u, Ask(Frame, _harness.Child).Ret.ErrorCode);
        Assert.Equal(10u, Ask(Frame, _harness.Child).Ret.ErrorCode);
        Assert.Equal(4 * 4096ul, parent.Used(QuotaKind.RamBytes));
        // Lowered below what is in use: the share shrinks with the use.
        Assert.True(child.TrySetLimit(QuotaKind.RamBytes, 4096));
        Assert.Equal(4 * 4096ul, parent.Used(QuotaKind.RamBytes));
        Ask("""{"release":{"flags":2}}""", _harness.Child);
        Assert.Equal(2 * 4096ul, parent.Used(QuotaKind.RamBytes));
        _harness.Child.Close();
        _harness.Child.Reopen(0x2002, Feature.None);
        Assert.Equal(4096ul, parent.Used(QuotaKind.RamBytes));
    }

    [Fact]
    [Rule("RPC:Q6")]
    public void A_limit_below_present_use_takes_nothing_away()
    {
        G.RpcMessage first = Ask(Frame, _harness.Child);
        Ask(Frame, _harness.Child);
        Assert.Equal(0u, Ask("""{"quota":{"op":2,"subject":"4098","kind":1,"amount":"4096"}}""").Ret.ErrorCode);
        Assert.Equal(2, _harness.Child.GrantCount);
        Assert.Equal(10u, Ask(Frame, _harness.Child).Ret.ErrorCode);
        Ask($$$"""{"release":{"cookie":"{{{first.Ret.Cookie}}}"}}""", _harness.Child);
        Assert.Equal(10u, Ask(Frame, _harness.Child).Ret.ErrorCode);
        Ask("""{"release":{"flags":2}}""", _harness.Child);
        Assert.Equal(0u, Ask(Frame, _harness.Child).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:Q1", "RPC:Q5")]
    public void Limits_are_read_by_the_owner_and_set_by_those_above()
    {
        Assert.Equal(0u, Ask("""{"quota":{"op":2,"subject":"4098","kind":3,"amount":"7"}}""").Ret.ErrorCode);
        Ask(Frame, _harness.Child);
        G.QuotaStateMessage state = Assert.Single(Ask("""{"quota":{"op":1,"kind":3}}""", _harness.Child).QuotaState);
        Assert.Equal((3u, 7ul, 1ul, 1ul), (state.Kind, state.Limit, state.Used, state.Peak));
        Assert.Equal(8, Ask("""{"quota":{"op":1}}""", _harness.Child).QuotaState.Count);
        Assert.Equal(state, Assert.Single(Ask("""{"quota":{"op":1,"kind":3,"subject":"4098"}}""").QuotaState));
        // Above is not for those below.
        Assert.Equal(21u, Ask("""{"quota":{"op":1,"kind":3,"subject":"4097"}}""", _harness.Child).Ret.Detail);
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void A_part_of_a_limit_can_be_handed_down_and_back_up()
    {
        Quotas parent = _harness.Alice.Quotas, child = _harness.Child.Quotas;
        parent.TrySetLimit(QuotaKind.RamBytes, 10 * 4096);
        child.TrySetLimit(QuotaKind.RamBytes, 4096);
        Assert.Equal(0u, Ask("""{"quota":{"op":3,"subject":"4098","kind":1,"amount":"8192"}}""").Ret.ErrorCode);
        Assert.Equal((10 * 4096ul, 3 * 4096ul), (parent.Limit(QuotaKind.RamBytes), child.Limit(QuotaKind.RamBytes)));
        Assert.Equal(0u, Ask("""{"quota":{"op":3,"subject":"4097","kind":1,"amount":"4096"}}""", _harness.Child).Ret.ErrorCode);
        Assert.Equal(2 * 4096ul, child.Limit(QuotaKind.RamBytes));
        // Nobody hands on what it has not got, or uses.
        Ask(Frame, _harness.Child);
        G.RpcMessage refused = Ask("""{"quota":{"op":3,"subject":"4097","kind":1,"amount":"4097"}}""", _harness.Child);
        Assert.Equal((10u, 3u, 4096ul), (refused.Ret.ErrorCode, refused.Ret.Detail, refused.Detail.Available));
        Assert.Equal(10u, Ask("""{"quota":{"op":3,"subject":"4098","kind":1,"amount":"36865"}}""").Ret.ErrorCode);
        Assert.Equal(0u, Ask("""{"quota":{"op":3,"subject":"4098","kind":1,"amount":"36864"}}""").Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:Q5", "RPC:D32")]
    public void Requests_per_second_are_counted_and_returns_always_pass()
    {
        ulong cookie = Ask(Frame, _harness.Child).Ret.Cookie;
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RequestRate, 2);
        _harness.Server.Tick(5000);
        Assert.Equal(0u, Ask(Frame, _harness.Child).Ret.ErrorCode);
        Assert.Equal(0u, Ask(Frame).Ret.ErrorCode);
        G.RpcMessage refused = Ask(Frame, _harness.Child);
        Assert.Equal((10u, 19u), (refused.Ret.ErrorCode, refused.Ret.Detail));
        Assert.Equal(0u, Ask($$$"""{"release":{"cookie":"{{{cookie}}}"}}""", _harness.Child).Ret.ErrorCode);
        _harness.Server.Tick(5999);
        Assert.Equal(19u, Ask(Frame).Ret.Detail);
        _harness.Server.Tick(6000);
        Assert.Equal(0u, Ask(Frame).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:Q7")]
    public void A_reserve_is_for_those_of_high_priority()
    {
        var world = new Sel4.Rpc.Fuzz.ResourceWorld();
        var options = new RpcServerOptions { Survey = world, ReserveBytes = 62ul << 20, ReserveGrants = 255, ReservePriority = 5 };
        var harness = new ServerHarness(world, new GrantTable(8, 256), options);
        harness.Bob.Priority = 5;
        Assert.Equal(0u, harness.Ask(harness.Bob, """{"memory":{"address":"1","sizeBits":"21"}}""").Ret.ErrorCode);
        G.RpcMessage refused = harness.Ask(harness.Alice, Frame);
        Assert.Equal((10u, 20u), (refused.Ret.ErrorCode, refused.Ret.Detail));
        harness.Ask(harness.Bob, """{"release":{"flags":2}}""");
        Assert.Equal(0u, harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"20"}}""").Ret.ErrorCode);
        harness.Ask(harness.Alice, """{"release":{"flags":2}}""");
        refused = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"21"}}""");
        Assert.Equal((10u, 4u, 1ul << 20), (refused.Ret.ErrorCode, refused.Ret.Detail, refused.Detail.Available));
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void An_owner_that_is_to_end_for_it_is_reported_and_refused()
    {
        _harness.Alice.OnQuotaExceeded = QuotaAction.Kill;
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.Grants, 0);
        Assert.Equal(10u, Ask(Frame).Ret.ErrorCode);
        Assert.Equal((0x1001ul, QuotaKind.Grants), Assert.Single(_harness.Keeper.Killed));
    }

    private static ulong Used(Session session) => session.Quotas.Used(QuotaKind.RamBytes);

    /// <summary>The same request for another place.</summary>
    private static string Other(string request, int number) => request
        .Replace("655360", (655360 + number * 4096).ToString()).Replace("\"4\"", $"\"{4 + number}\"")
        .Replace("1016", (1016 + 16 * number).ToString()).Replace("1023", (1023 + 16 * number).ToString());

    private G.RpcMessage Ask(string request, Session? session = null) => _harness.Ask(session ?? _harness.Alice, request);
}
