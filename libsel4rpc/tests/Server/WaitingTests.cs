// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Requests whose answer comes later, and exactly one (RPC:R1, RPC:R17).</summary>
[Rule("RPC:R17", "RPC:R1")]
public class WaitingTests
{
    private const string Waiting =
        """{"memory":{"address":"1","type":"8"},"requestId":"7","hints":{"flags":2,"waitMs":200,"label":"me"}}""";
    private const string Frame = """{"memory":{"address":"1","type":"8"}}""";
    private readonly ServerHarness _harness = new();

    public WaitingTests()
    {
        _harness.Server.Tick(1000);
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 4096);
    }

    [Fact]
    public void Who_waits_is_answered_when_something_was_given_back()
    {
        ulong cookie = Ask(Frame).Ret.Cookie;
        Assert.Null(Ask(Waiting).Ret);
        Assert.Equal((1, 1), (_harness.Server.WaitingCount, _harness.Keeper.KeptCount));
        Assert.Equal(1200ul, _harness.Server.NextDeadlineMs);
        // The reply to the release is its own, although another one was made while it was being made.
        G.RpcMessage reply = Ask($$$"""{"release":{"cookie":"{{{cookie}}}"},"requestId":"9"}""");
        Assert.Equal((0u, 9ul, 0ul), (reply.Ret.ErrorCode, reply.RequestId, reply.Ret.Cookie));
        (_, G.RpcMessage answer, CapabilityPointer attached) = Assert.Single(_harness.Keeper.Answers);
        Assert.Equal((0u, 7ul), (answer.Ret.ErrorCode, answer.RequestId));
        Assert.NotEqual(0ul, answer.Ret.Cookie);
        Assert.False(attached.IsNull);
        Assert.Equal((0, 1), (_harness.Server.WaitingCount, _harness.Alice.GrantCount));
    }

    [Fact]
    public void The_end_of_the_wait_is_a_refusal_of_its_own()
    {
        Ask(Frame);
        Ask(Waiting);
        _harness.Server.Tick(1199);
        Assert.Empty(_harness.Keeper.Answers);
        _harness.Server.Tick(1200);
        G.RpcMessage answer = Assert.Single(_harness.Keeper.Answers).Message;
        Assert.Equal((10u, 23u, 7ul), (answer.Ret.ErrorCode, answer.Ret.Detail, answer.RequestId));
        Assert.Equal(ulong.MaxValue, _harness.Server.NextDeadlineMs);
    }

    [Fact]
    public void The_server_has_its_own_longest_wait()
    {
        Ask(Frame);
        Ask(Waiting.Replace("200", "4000000"));
        Ask(Waiting.Replace("\"waitMs\":200", "\"waitMs\":0"));
        _harness.Server.Tick(11_000);
        Assert.Equal(2, _harness.Keeper.Answers.Count);
    }

    [Fact]
    public void Their_number_is_bounded_for_each_and_for_all()
    {
        foreach (Session session in (Session[])[_harness.Alice, _harness.Child, _harness.Bob])
            session.Quotas.TrySetLimit(QuotaKind.RamBytes, 0);
        for (int i = 0; i < 3; i++) Assert.Null(Ask(Waiting).Ret);
        Assert.Equal((10u, 3u), Code(Ask(Waiting)));
        for (int i = 0; i < 3; i++) Assert.Null(Ask(Waiting, _harness.Bob).Ret);
        Assert.Equal((10u, 3u), Code(Ask(Waiting, _harness.Child)));
        _harness.Server.Reclaim(_harness.Alice, 1);
        _harness.Keeper.HasRoom = false;
        Assert.Equal((10u, 3u), Code(Ask(Waiting, _harness.Child)));
    }

    [Fact]
    [Rule("RPC:R20")]
    public void Those_of_a_dead_owner_are_dropped_and_get_nothing()
    {
        Ask(Frame, _harness.Child);
        Ask(Waiting, _harness.Child);
        Ask(Waiting);
        _harness.Server.Reclaim(_harness.Child, 10);
        Assert.Single(_harness.Keeper.Dropped);
        // What the dead one held goes to the other who waited for it.
        Assert.Equal(0u, Assert.Single(_harness.Keeper.Answers).Message.Ret.ErrorCode);
        Assert.Equal((0, 1), (_harness.Keeper.KeptCount, _harness.Alice.GrantCount));
    }

    [Fact]
    public void The_urgent_come_before_the_early()
    {
        ulong cookie = Ask(Frame).Ret.Cookie;
        Ask(Waiting);
        Ask(Waiting.Replace("\"7\"", "\"8\"").Replace("\"label\"", "\"priority\":5,\"label\""));
        Ask(Waiting.Replace("\"7\"", "\"9\"").Replace("\"label\"", "\"priority\":5,\"label\""));
        Ask($$$"""{"release":{"cookie":"{{{cookie}}}"}}""");
        Assert.Equal(8ul, Assert.Single(_harness.Keeper.Answers).Message.RequestId);
        Ask("""{"release":{"flags":2}}""");
        Assert.Equal(9ul, _harness.Keeper.Answers[1].Message.RequestId);
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void A_parent_that_is_asked_sees_who_waits_for_what_and_raises_the_limit()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 1 << 20);
        _harness.Child.Quotas.TrySetLimit(QuotaKind.RamBytes, 10_000);
        _harness.Child.OnQuotaExceeded = QuotaAction.AskParent;
        Assert.Null(Ask("""{"memory":{"address":"1","sizeBits":"14"},"hints":{"label":"cache"}}""", _harness.Child).Ret);
        Assert.Equal((0x1002ul, QuotaKind.RamBytes), Assert.Single(_harness.Keeper.Asked));
        G.RecordMessage record = Assert.Single(Ask("""{"query":{"what":7}}""").Record);
        Assert.Equal((1u, 16384ul - 10_000, 0x1002ul, "cache"), (record.Kind, record.Length, record.Owner, record.Label));
        Assert.Empty(Ask("""{"query":{"what":7}}""", _harness.Bob).Record);
        Ask("""{"quota":{"op":2,"subject":"4098","kind":1,"amount":"16383"}}""");
        Assert.Empty(_harness.Keeper.Answers);
        Assert.Equal(0u, Ask("""{"quota":{"op":3,"subject":"4098","kind":1,"amount":"1"}}""").Ret.ErrorCode);
        Assert.Equal(0u, Assert.Single(_harness.Keeper.Answers).Message.Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void A_parent_can_wait_until_it_is_asked()
    {
        const string watch = """{"query":{"what":7},"requestId":"5","hints":{"flags":2,"waitMs":100}}""";
        _harness.Child.Quotas.TrySetLimit(QuotaKind.RamBytes, 0);
        Assert.Null(Ask(watch).Ret);
        Assert.Null(Ask(watch, _harness.Bob).Ret);
        Assert.Empty(Ask("""{"query":{"what":7}}""").Record);  // who waits so is not listed
        Assert.Null(Ask(Waiting, _harness.Child).Ret);
        G.RpcMessage answer = Assert.Single(_harness.Keeper.Answers).Message;
        Assert.Equal((5ul, 0x1002ul, 4096ul), (answer.RequestId, answer.Record[0].Owner, answer.Record[0].Length));
        Ask("""{"quota":{"op":2,"subject":"4098","kind":1,"amount":"4096"}}""");
        Assert.Equal(0u, _harness.Keeper.Answers[1].Message.Ret.ErrorCode);
        _harness.Server.Tick(1100);
        Assert.Equal(23u, _harness.Keeper.Answers[2].Message.Ret.Detail);  // nobody asked Bob
        Assert.Equal(0, _harness.Server.WaitingCount);
        // Without a way to wait the list is empty at once.
        _harness.Keeper.HasRoom = false;
        Assert.Equal(0u, Ask(watch).Ret.ErrorCode);
    }

    [Fact]
    public void Lists_of_the_waiting_come_in_pages()
    {
        Ask(Frame);
        for (int i = 0; i < 3; i++) Ask(Waiting);
        G.RpcMessage page = Ask("""{"query":{"what":7,"max":2}}""");
        Assert.Equal(2, page.Record.Count);
        page = Ask($$$"""{"query":{"what":7,"max":2,"cursor":"{{{page.NextCursor}}}"}}""");
        Assert.Single(page.Record);
        Assert.Equal(0ul, page.NextCursor);
    }

    [Fact]
    public void What_no_wait_can_mend_is_refused_at_once()
    {
        Assert.Equal((5u, 9u), Code(Ask(Waiting.Replace("\"address\":\"1\"", "\"address\":\"4097\""))));
        Ask("""{"ioport":{"start":1016,"end":1023}}""", _harness.Bob);
        Assert.Equal((9u, 16u), Code(Ask("""{"ioport":{"start":1016,"end":1023},"hints":{"flags":2}}""")));
        var deaf = new ServerHarness(hasClock: false);
        deaf.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 0);
        Assert.Equal((10u, 3u), Code(deaf.Ask(deaf.Alice, Waiting)));
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void Handing_on_more_than_there_is_does_not_wait()
    {
        string give = """{"quota":{"op":3,"subject":"4098","kind":1,"amount":"5000"},"hints":{"flags":2}}""";
        Assert.Equal((10u, 3u), Code(Ask(give)));
        _harness.Alice.OnQuotaExceeded = QuotaAction.Wait;
        Assert.Equal((10u, 3u), Code(Ask(give)));
        Assert.Equal(0, _harness.Server.WaitingCount);
    }

    [Fact]
    [Rule("RPC:N2")]
    public void A_greeting_beside_a_request_that_waits_is_answered_with_it()
    {
        ulong cookie = Ask(Frame).Ret.Cookie;
        Ask(Waiting.Replace("\"requestId\"", "\"hello\":{\"version\":2},\"requestId\""));
        Ask($$$"""{"release":{"cookie":"{{{cookie}}}"}}""");
        Assert.Equal(0x1001ul, Assert.Single(_harness.Keeper.Answers).Message.Info.Owner);
    }

    private static (uint, uint) Code(G.RpcMessage reply) => (reply.Ret.ErrorCode, reply.Ret.Detail);

    private G.RpcMessage Ask(string request, Session? session = null) => _harness.Ask(session ?? _harness.Alice, request);
}
