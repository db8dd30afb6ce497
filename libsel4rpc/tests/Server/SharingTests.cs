// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Devices held by several owners (RPC:R15), and capabilities delivered once more (RPC:D12).</summary>
public class SharingTests
{
    private const string Screen = """{"memory":{"address":"655360","type":"8"},"hints":{"flags":1}}""";
    private const string Ports = """{"ioport":{"start":1016,"end":1023},"hints":{"flags":1}}""";
    private readonly ServerHarness _harness = new();

    [Theory]
    [Rule("RPC:R15", "RPC:D27", "RT:K4")]
    [InlineData(Screen, 7)]
    [InlineData(Ports, 16)]
    public void Who_asks_for_shared_shares_with_who_does(string request, int busy)
    {
        string alone = request.Replace(""","hints":{"flags":1}""", "");
        G.RpcMessage first = Ask(_harness.Alice, request);
        CapabilityPointer capability = _harness.Attached;
        G.RpcMessage second = Ask(_harness.Bob, request);
        Assert.Equal((0u, 0u), (first.Ret.ErrorCode, second.Ret.ErrorCode));
        Assert.NotEqual(first.Ret.Cookie, second.Ret.Cookie);
        Assert.Equal(capability, _harness.Attached);
        Assert.Equal(2u, Assert.Single(Ask(_harness.Bob, """{"query":{"what":1}}""").Record).Flags & 2);
        Assert.Equal((9u, (uint)busy), Code(Ask(_harness.Child, alone)));
        Assert.Equal((9u, (uint)busy), Code(Ask(_harness.Alice, alone)));  // she has it, but not alone
        // Each goes by itself, whoever came first; the last one takes it back.
        Release(_harness.Alice, first.Ret.Cookie);
        Assert.Empty(_harness.Provider.Released);
        Assert.Equal((9u, (uint)busy), Code(Ask(_harness.Child, alone)));
        Assert.Equal(0u, Ask(_harness.Child, request).Ret.ErrorCode);
        _harness.Server.Reclaim(_harness.Bob, 10);
        Assert.Empty(_harness.Provider.Released);
        _harness.Server.Reclaim(_harness.Child, 10);
        Assert.Single(_harness.Provider.Released);
        Assert.Equal(0u, Ask(_harness.Alice, alone).Ret.ErrorCode);
        string overlapping = request.Replace("1023", "1022").Replace("655360\",\"type\":\"8", "655360\",\"type\":\"0\",\"sizeBits\":\"13");
        Assert.Equal((9u, (uint)busy), Code(Ask(_harness.Alice, overlapping)));
    }

    [Fact]
    [Rule("RPC:R15", "RPC:Q3")]
    public void Everybody_pays_for_what_is_shared_and_a_refused_share_changes_nothing()
    {
        Ask(_harness.Alice, Screen);
        _harness.Bob.Quotas.TrySetLimit(QuotaKind.DeviceBytes, 4095);
        var before = (_harness.Totals, _harness.QuotaTotals);
        Assert.Equal((10u, 3u), Code(Ask(_harness.Bob, Screen)));
        _harness.Bob.Quotas.TrySetLimit(QuotaKind.DeviceBytes, 4096);
        _harness.Provider.Toggle(_harness.Bob, 100);
        Assert.Equal((8u, 22u), Code(Ask(_harness.Bob, Screen.Replace("\"flags\":1", "\"flags\":5,\"destSlot\":\"100\""))));
        _harness.Provider.Injected = Refusal.Because(Reason.NotPermitted);
        Assert.Equal((3u, 17u), Code(Ask(_harness.Bob, Screen)));
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
        _harness.Provider.Injected = null;
        Assert.Equal(0u, Ask(_harness.Bob, Screen).Ret.ErrorCode);
        Assert.Equal(4096ul, _harness.Bob.Quotas.Used(QuotaKind.DeviceBytes));
    }

    [Fact]
    [Rule("RPC:R15")]
    public void The_only_holder_can_have_it_alone_from_then_on()
    {
        ulong cookie = Ask(_harness.Alice, Screen).Ret.Cookie;
        Assert.Equal(cookie, Ask(_harness.Alice, Screen.Replace(""","hints":{"flags":1}""", "")).Ret.Cookie);
        Assert.Equal((9u, 7u), Code(Ask(_harness.Bob, Screen)));
    }

    [Fact]
    [Rule("RPC:R15")]
    public void Memory_that_is_cleared_for_one_owner_is_not_shared() =>
        Assert.Equal((3u, 2u), Code(Ask(_harness.Alice, Screen.Replace("655360", "4194304"))));

    [Fact]
    [Rule("RPC:D12", "RPC:D34")]
    public void A_capability_that_got_lost_is_delivered_again_to_its_holder()
    {
        foreach (string request in (string[])["""{"memory":{"address":"1","type":"8"}}""", """{"irq":{"simple":{"irq":"4"}}}""",
            """{"range":{"type":"8","count":4}}"""])
        {
            ulong cookie = Ask(_harness.Child, request).Ret.Cookie;
            CapabilityPointer capability = _harness.Attached;
            var before = _harness.Totals;
            string again = $$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"}}""";
            G.RpcMessage reply = Ask(_harness.Child, again);
            Assert.Equal((0u, cookie), (reply.Ret.ErrorCode, reply.Ret.Cookie));
            Assert.Equal(capability, _harness.Attached);
            Assert.Equal((2u, 11u), Code(Ask(_harness.Alice, again)));  // who may release it, but does not hold it
            Assert.Equal((2u, 11u), Code(Ask(_harness.Bob, again)));
            Assert.Equal(before, _harness.Totals);
            Release(_harness.Child, cookie);
            Assert.Equal((6u, 13u), Code(Ask(_harness.Child, again)));
        }
    }

    [Fact]
    [Rule("RPC:D12", "RPC:P1")]
    public void What_exists_in_the_holders_slots_alone_cannot_be_delivered_again()
    {
        ulong cookie = Ask(_harness.Alice, """{"memory":{"address":"1","type":"10"},"hints":{"flags":4,"destSlot":"100"}}""").Ret.Cookie;
        Assert.Equal((3u, 10u), Code(Ask(_harness.Alice, $$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"}}""")));
        cookie = Ask(_harness.Alice, """{"memory":{"address":"1","type":"8"},"hints":{"flags":4,"destSlot":"101"}}""").Ret.Cookie;
        Assert.Equal(0u, Ask(_harness.Alice, $$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"}}""").Ret.ErrorCode);
        Assert.False(_harness.Attached.IsNull);
        string place = $$$"""{"query":{"what":4,"cookie":"{{{cookie}}}"},"hints":{"flags":4,"destSlot":"102"}}""";
        G.RpcMessage placed = Ask(_harness.Alice, place);
        Assert.Equal((0u, 1u), (placed.Ret.ErrorCode, placed.Ret.Caps));
        Assert.True(_harness.Attached.IsNull && _harness.Provider.IsOccupied(_harness.Alice, 102));
    }

    private static (uint, uint) Code(G.RpcMessage reply) => (reply.Ret.ErrorCode, reply.Ret.Detail);

    private G.RpcMessage Ask(Session session, string request) => _harness.Ask(session, request);

    private void Release(Session session, ulong cookie) =>
        Assert.Equal(0u, Ask(session, $$$"""{"release":{"cookie":"{{{cookie}}}"}}""").Ret.ErrorCode);
}
