// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>What there is, how much of it is free, what was counted, and what was asked lately.</summary>
[Rule("RPC:D33", "RPC:R22")]
public class QueryTests
{
    private readonly ServerHarness _harness = new();

    [Fact]
    public void The_histogram_adds_up_to_what_is_free()
    {
        _harness.Ask(_harness.Alice, """{"memory":{"address":"1","type":"8"}}""");
        List<G.RecordMessage> records = Pages(2, 3);
        ulong Sum(uint flags) =>
            records.Where(record => record.Flags == flags).Aggregate(0ul, (sum, record) => sum + (record.Length << (int)record.Start));

        Assert.Equal((63ul << 20) - 4096, Sum(0));
        Assert.Equal((4ul << 20) + 0x20000, Sum(1));
    }

    [Fact]
    public void Regions_say_where_and_what()
    {
        List<G.RecordMessage> records = Pages(5, 1);
        Assert.Equal([0x100000, 0x300000, 0xa0000, ResourceWorld.ScreenStart], records.Select(record => record.Start));
        Assert.Equal([0u, 0u, 1u, 1u], records.Select(record => record.Flags));
    }

    [Fact]
    public void Counters_count()
    {
        _harness.Ask(_harness.Alice, """{"memory":{"address":"1","type":"8"}}""");
        _harness.Ask(_harness.Alice, """{"memory":{"address":"1","type":"99"}}""");
        Dictionary<uint, ulong> counters = Pages(6, 4).ToDictionary(record => record.Kind, record => record.Length);
        Assert.Equal((1ul, 1023ul), (counters[(uint)Counter.Grants], counters[(uint)Counter.FreeRecords]));
        Assert.Equal(2ul, counters[(uint)Counter.Member + 2]);
        Assert.Equal(1ul, counters[(uint)Counter.Reason + (uint)Reason.Malformed]);
        Assert.True(counters[(uint)Counter.Requests] >= 2);
    }

    [Fact]
    [Rule("RPC:R19")]
    public void The_audit_ring_is_for_the_privileged_and_says_who_asked_for_what()
    {
        _harness.Server.Tick(77);
        ulong cookie = _harness.Ask(_harness.Bob, """{"ioport":{"start":1016,"end":1023}}""").Ret.Cookie;
        _harness.Ask(_harness.Alice, """{"ioport":{"start":1016,"end":1023}}""");
        Assert.Equal(21u, _harness.Ask(_harness.Alice, """{"query":{"what":8}}""").Ret.Detail);
        _harness.Alice.IsPrivileged = true;
        List<G.RecordMessage> records = Pages(8, 2);
        G.RecordMessage granted = records.Single(record => record.Owner == 0x1003);
        Assert.Equal((4u, 77ul, 1016ul, 0ul, cookie), (granted.Kind, granted.Start, granted.Length, granted.Type, granted.Cookie));
        Assert.Contains(records, record => record.Kind == 4 && record.Type == (9 << 8 | 16) && record.Owner == 0x1001);
        Assert.Single(_harness.Ask(_harness.Alice, """{"query":{"what":8,"owner":"4099"}}""").Record);
        Assert.Equal(cookie, Assert.Single(_harness.Ask(_harness.Alice, """{"query":{"what":1,"owner":"4099"}}""").Record).Cookie);
    }

    [Fact]
    [Rule("RPC:R19")]
    public void The_audit_ring_forgets_the_oldest_and_counts_what_nobody_has_read()
    {
        for (int i = 0; i < 300; i++) _harness.Ask(_harness.Alice, """{"query":{"what":3,"cookie":"1"}}""");
        AuditRing audit = _harness.Server.Audit;
        Assert.Equal((45ul, 300ul, 44ul), (audit.First, audit.Last, audit.Lost));
        audit.MarkRead(300);
        for (int i = 0; i < 256; i++) _harness.Ask(_harness.Alice, "{}");
        Assert.Equal(44ul, audit.Lost);
        _harness.Ask(_harness.Alice, "{}");
        Assert.Equal(45ul, audit.Lost);
        Assert.Equal(557ul, audit[557].Serial);
    }

    [Fact]
    public void Labels_are_kept_cut_at_a_whole_character()
    {
        string label = new string('x', 30) + "ä!";
        string request = $$$"""{"memory":{"address":"1","type":"8"},"hints":{"label":"{{{label}}}"}}""";
        ulong cookie = _harness.Ask(_harness.Alice, request).Ret.Cookie;
        G.RecordMessage record = Assert.Single(_harness.Ask(_harness.Alice, $$$"""{"query":{"what":3,"cookie":"{{{cookie}}}"}}""").Record);
        Assert.Equal(new string('x', 30), record.Label);
    }

    [Fact]
    public void Pages_stay_within_952_bytes_whatever_the_labels_are()
    {
        string label = new string('y', 31);
        string request = $$$"""{"memory":{"address":"1","type":"8"},"hints":{"label":"{{{label}}}","leaseMs":"4000000000"}}""";
        for (int i = 0; i < 40; i++) _harness.Ask(_harness.Alice, request);
        Assert.Equal(40, Pages(1, 0).Select(record => record.Cookie).Distinct().Count());
    }

    [Fact]
    [Rule("RPC:Q5")]
    public void A_provider_can_say_in_words_why()
    {
        var harness = new ServerHarness();
        harness.Provider.Injected = Refusal.Because(Reason.NotPermitted, 1);
        harness.Provider.Explaining = () => harness.Server.Explain("the policy says no"u8);
        Assert.Equal("the policy says no", harness.Ask(harness.Alice, """{"memory":{"address":"1","type":"8"}}""").Detail.Text);
        harness.Provider.Explaining = null;
        Assert.Equal("", harness.Ask(harness.Alice, """{"memory":{"address":"1","type":"8"}}""").Detail.Text);
    }

    private List<G.RecordMessage> Pages(int what, int max)
    {
        var records = new List<G.RecordMessage>();
        ulong cursor = 0;
        do
        {
            string request = $$$"""{"query":{"what":{{{what}}},"max":{{{max}}},"cursor":"{{{cursor}}}"}}""";
            G.RpcMessage page = _harness.Ask(_harness.Alice, request);
            Assert.Equal(0u, page.Ret.ErrorCode);
            records.AddRange(page.Record);
            cursor = page.NextCursor;
            Assert.True(records.Count < 1000);
        }
        while (cursor != 0);
        return records;
    }
}
