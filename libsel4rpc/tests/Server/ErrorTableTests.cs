// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>The rows of RPC:§9: each situation with its error number, its reason, and nothing changed.</summary>
[Rule("RPC:R1", "RPC:R9", "RPC:D1", "RPC:S6")]
public class ErrorTableTests
{
    /// <summary>Request, error number, reason.</summary>
    public static TheoryData<string, int, int> Refused => new()
    {
        // Unknown or absent members, and features that are off (RPC:D3).
        { "{}", 3, 2 },
        { """{"ret":{}}""", 3, 2 },
        { """{"query":{"what":99}}""", 3, 2 },
        { """{"range":{"type":"8","count":4,"flags":4}}""", 3, 2 },
        { """{"range":{"type":"8","count":4,"flags":32}}""", 3, 2 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"flags":16}}""", 3, 2 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"flags":1}}""", 3, 2 },
        { """{"irq":{"simple":{"irq":"4"}},"hints":{"flags":1}}""", 3, 2 },
        { """{"irq":{"simple":{"irq":"4"}},"hints":{"maxAddr":"4294967295"}}""", 3, 2 },
        // What hints ask for makes no sense, or cannot be (RPC:P2, RPC:B4, RPC:B5).
        { """{"memory":{"address":"1","type":"8"},"hints":{"minAddr":"8192","maxAddr":"4096"}}""", 1, 1 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"destSlot":"100"}}""", 1, 1 },
        { """{"memory":{"address":"753664","type":"8"},"hints":{"minAddr":"1048576"}}""", 1, 1 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"flags":4,"destSlot":"63"}}""", 4, 15 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"flags":4,"destSlot":"1024"}}""", 4, 15 },
        { """{"memory":{"address":"1","type":"8"},"hints":{"flags":4}}""", 4, 15 },
        { """{"range":{"type":"8","count":4},"hints":{"flags":4,"destSlot":"1021"}}""", 4, 15 },
        { """{"range":{"type":"8","count":0}}""", 4, 15 },
        { """{"range":{"type":"8","count":257}}""", 4, 15 },
        { """{"range":{"type":"8","count":4,"alignBits":48}}""", 4, 15 },
        { """{"range":{"sizeBits":"3","count":4}}""", 4, 15 },
        { """{"range":{"type":"12","count":4}}""", 1, 1 },
        { """{"range":{"type":"8","count":4,"minAddr":"8192","maxAddr":"4096"}}""", 1, 1 },
        { """{"range":{"type":"8","count":4,"minAddr":"4194304","maxAddr":"4198400","flags":16}}""", 1, 1 },
        { """{"range":{"type":"8","count":4,"minAddr":"4194305","flags":16}}""", 5, 9 },
        { """{"range":{"type":"8","count":4,"minAddr":"4194304","alignBits":24,"flags":16}}""", 5, 9 },
        { """{"range":{"type":"8","count":4,"minAddr":"18446744073709547520","flags":16}}""", 6, 6 },
        { """{"range":{"type":"8","count":4,"minAddr":"8192","flags":16}}""", 6, 6 },
        { """{"range":{"type":"8","count":4,"minAddr":"2097152","flags":16}}""", 3, 8 },
        { """{"range":{"type":"1","count":4,"minAddr":"655360","flags":16}}""", 1, 1 },
        { """{"range":{"sizeBits":"24","count":256}}""", 10, 4 },
        // Quotas (RPC:Q1): nobody's own, nobody's above, nobody's beside.
        { """{"quota":{}}""", 1, 1 },
        { """{"quota":{"op":4}}""", 1, 1 },
        { """{"quota":{"op":1,"kind":9}}""", 1, 1 },
        { """{"quota":{"op":2,"subject":"4098"}}""", 1, 1 },
        { """{"quota":{"op":3,"kind":1,"amount":"1"}}""", 1, 1 },
        { """{"quota":{"op":2,"kind":1,"amount":"1"}}""", 2, 21 },
        { """{"quota":{"op":2,"subject":"4097","kind":1,"amount":"1"}}""", 2, 21 },
        { """{"quota":{"op":1,"subject":"4099"}}""", 2, 21 },
        { """{"quota":{"op":3,"subject":"4099","kind":1,"amount":"1"}}""", 2, 21 },
        { """{"quota":{"op":1,"subject":"77"}}""", 2, 21 },
        { """{"query":{"what":8}}""", 2, 21 },
        // Values without meaning (RPC:D4, RPC:D7, RPC:D20).
        { """{"memory":{"address":"1","sizeBits":"12","type":"12"}}""", 1, 1 },
        { """{"memory":{"address":"1","sizeBits":"12","type":"18446744073709551615"}}""", 1, 1 },
        { """{"memory":{"address":"1","sizeBits":"12","type":"8","action":2}}""", 1, 1 },
        { """{"memory":{"address":"1","sizeBits":"12","type":"8","action":255}}""", 1, 1 },
        { """{"memory":{"address":"1","sizeBits":"12","type":"8","action":-1}}""", 1, 1 },
        { """{"irq":{}}""", 1, 1 },
        { """{"ioport":{"start":1023,"end":1016}}""", 1, 1 },
        { """{"release":{"cookie":"65537","flags":4}}""", 1, 1 },
        { """{"query":{}}""", 1, 1 },
        // Ranges (RPC:D15, RPC:D16, RPC:D19).
        { """{"memory":{"address":"1","sizeBits":"3"}}""", 4, 15 },
        { """{"memory":{"address":"1","sizeBits":"48"}}""", 4, 15 },
        { """{"memory":{"address":"1","sizeBits":"4294967308"}}""", 4, 15 },
        { """{"memory":{"address":"1","sizeBits":"0","type":"4"}}""", 4, 15 },
        { """{"memory":{"address":"1","sizeBits":"43","type":"4"}}""", 4, 15 },
        { """{"ioport":{"start":65536,"end":65536}}""", 4, 15 },
        { """{"ioport":{"start":66552,"end":66559}}""", 4, 15 },
        { """{"ioport":{"start":1016,"end":66559}}""", 4, 15 },
        { """{"irq":{"simple":{"irq":"108"}}}""", 4, 15 },
        { """{"irq":{"simple":{"irq":"4294967300"}}}""", 4, 15 },
        { """{"irq":{"simple":{"irq":"30"}}}""", 4, 15 },
        { """{"irq":{"ioapic":{"pin":"24","vector":"4"}}}""", 4, 15 },
        { """{"irq":{"ioapic":{"ioapic":"1","pin":"4","vector":"4"}}}""", 4, 15 },
        { """{"irq":{"ioapic":{"pin":"4","level":"2","vector":"4"}}}""", 4, 15 },
        { """{"irq":{"ioapic":{"pin":"4","polarity":"2","vector":"4"}}}""", 4, 15 },
        { """{"irq":{"ioapic":{"pin":"4","vector":"108"}}}""", 4, 15 },
        { """{"irq":{"msi":{"pciBus":"256"}}}""", 4, 15 },
        { """{"irq":{"msi":{"pciDev":"32"}}}""", 4, 15 },
        { """{"irq":{"msi":{"pciFunc":"8"}}}""", 4, 15 },
        { """{"irq":{"msi":{"vector":"108"}}}""", 4, 15 },
        // Addresses (RPC:R12, RPC:R13, RPC:D18).
        { """{"memory":{"address":"1048577","sizeBits":"12","type":"8"}}""", 5, 9 },
        { """{"memory":{"address":"4096","sizeBits":"21","type":"9"}}""", 5, 9 },
        { """{"memory":{"address":"2","sizeBits":"4"}}""", 5, 9 },
        { """{"memory":{"address":"0","sizeBits":"12","type":"8"}}""", 6, 6 },
        { """{"memory":{"address":"18446744073709547520","sizeBits":"12","type":"8"}}""", 6, 6 },
        { """{"memory":{"address":"2097152","sizeBits":"12","type":"8"}}""", 3, 8 },
        { """{"memory":{"address":"655360","type":"1"}}""", 1, 1 },
        { """{"ioport":{"start":3320,"end":3327}}""", 3, 8 },
        // Types that cannot travel (RPC:R11, RPC:D13).
        { """{"memory":{"address":"1","type":"5"}}""", 3, 10 },
        { """{"memory":{"address":"1","type":"6"}}""", 3, 10 },
        { """{"memory":{"address":"1","type":"10"}}""", 3, 10 },
        { """{"memory":{"address":"1","type":"11"}}""", 3, 10 },
        // Cookies (RPC:D5, RPC:D6).
        { """{"memory":{"address":"0","sizeBits":"12","type":"8","action":1}}""", 6, 12 },
        { """{"memory":{"address":"65536","sizeBits":"12","type":"8","action":1}}""", 6, 12 },
        { """{"memory":{"address":"18446744071562067968","sizeBits":"12","type":"8","action":1}}""", 6, 12 },
        { """{"release":{"cookie":"2147483647"}}""", 6, 12 },
        { """{"query":{"what":3,"cookie":"65537"}}""", 6, 12 },
        { """{"query":{"what":4,"cookie":"65537"}}""", 6, 12 },
        { """{"lease":{"cookie":"65537","durationMs":"5"}}""", 6, 12 },
        // Memory that is not there.
        { """{"memory":{"address":"1","sizeBits":"47"}}""", 10, 4 },
        { """{"memory":{"address":"1","sizeBits":"26"}}""", 10, 4 },
        // Other owners' grants.
        { """{"query":{"what":1,"owner":"4099"}}""", 2, 21 },
        { """{"query":{"what":1,"owner":"77"}}""", 2, 21 },
    };

    [Theory]
    [Rule("RPC:D3", "RPC:D4", "RPC:D7", "RPC:D13", "RPC:D15", "RPC:D16", "RPC:D18", "RPC:D19", "RPC:D20", "RPC:R11", "RPC:R12", "RPC:R13")]
    [Rule("RPC:B4", "RPC:P2", "RPC:Q1")]
    [MemberData(nameof(Refused))]
    public void Each_situation_has_its_error_number_and_its_reason(string request, int code, int reason)
    {
        var harness = new ServerHarness();
        var before = harness.Totals;
        G.RpcMessage reply = harness.Ask(harness.Alice, request);
        Assert.Equal((code, reason), ((int)reply.Ret.ErrorCode, (int)reply.Ret.Detail));
        Assert.Equal(0ul, reply.Ret.Cookie);
        Assert.Equal(before, harness.Totals);
    }

    [Fact]
    [Rule("RPC:R18")]
    public void Too_few_bytes_and_no_block_of_the_size_are_told_apart()
    {
        var harness = new ServerHarness();
        Assert.Equal(0u, harness.Ask(harness.Alice, """{"memory":{"address":"50331648","type":"8"}}""").Ret.ErrorCode);
        G.RpcMessage reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"25"}}""");
        Expect(10, 5, reply);
        Assert.Equal(1ul << 24, reply.Detail.Available);
        reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"26"}}""");
        Expect(10, 4, reply);
        Assert.Equal((63ul << 20) - 4096, reply.Detail.Available);
    }

    /// <summary>A server that lacks something says so, whatever else is in the request (RPC:D3, RPC:D17, RPC:D21).</summary>
    public static TheoryData<string> Lacking => new()
    {
        """{"release":{"flags":2}}""", """{"query":{"what":1}}""", """{"range":{"type":"8","count":4}}""", """{"quota":{"op":1}}""",
        """{"lease":{"cookie":"65537"}}""", """{"memory":{"address":"1","type":"8"},"hints":{"label":"x"}}""",
    };

    [Theory]
    [Rule("RPC:D3", "RPC:D17", "RPC:D21", "RPC:D33")]
    [MemberData(nameof(Lacking))]
    public void A_feature_that_is_off_is_refused_and_not_offered(string request)
    {
        var harness = new ServerHarness(features: Feature.None, hasClock: false);
        Expect(3, 2, harness.Ask(harness.Alice, request));
        Assert.Equal(0ul, harness.Ask(harness.Alice, """{"memory":{},"hello":{"version":2,"features":"1023"}}""").Info.Features);
        Expect(0, 0, harness.Ask(harness.Alice, """{"memory":{"address":"1","type":"8"}}"""));
    }

    /// <summary>What only the provider can find, and the error number that goes with it.</summary>
    public static TheoryData<int, int> ProviderReasons => new()
    {
        { (int)Reason.QuotaExceeded, 10 },
        { (int)Reason.OutOfMemory, 10 },
        { (int)Reason.Fragmented, 10 },
        { (int)Reason.NotPermitted, 3 },
        { (int)Reason.RateLimited, 10 },
        { (int)Reason.NoRight, 2 },
        { (int)Reason.DestinationOccupied, 8 },
        { (int)Reason.WaitTimedOut, 10 },
        { (int)Reason.LeaseExpired, 6 },
    };

    [Theory]
    [MemberData(nameof(ProviderReasons))]
    public void What_the_provider_refuses_is_passed_on_and_rolled_back(int reason, int code)
    {
        var harness = new ServerHarness();
        harness.Provider.Injected = Refusal.Because((Reason)reason);
        var before = harness.Totals;
        string[] requests =
        [
            """{"memory":{"address":"1","sizeBits":"12","type":"8"}}""",
            """{"irq":{"simple":{"irq":"4"}}}""",
            """{"ioport":{"start":1016,"end":1023}}""",
        ];
        foreach (string request in requests)
        {
            G.RpcMessage reply = harness.Ask(harness.Alice, request);
            Assert.Equal((code, reason), ((int)reply.Ret.ErrorCode, (int)reply.Ret.Detail));
            Assert.Equal(before, harness.Totals);
        }
    }

    [Fact]
    [Rule("RPC:Q5", "RPC:R18")]
    public void A_refusal_says_what_is_left_and_what_would_have_been_taken()
    {
        var harness = new ServerHarness();
        harness.Provider.Injected = Refusal.Quota(QuotaKind.RamBytes, 4096);
        G.RpcMessage reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"13"},"requestId":"7"}""");
        Assert.Equal(7ul, reply.RequestId);
        Assert.Equal(1u, reply.Detail.QuotaKind);
        Assert.Equal(4096ul, reply.Detail.Available);
        harness.Provider.Injected = Refusal.NotEnough(Reason.Fragmented, 8192).FromKernel(ErrorCode.NotEnoughMemory);
        reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"13"}}""");
        Assert.Equal(10u, reply.Detail.KernelError);
        Assert.Equal(8192ul, reply.Detail.Available);
        reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"50"}}""");
        Assert.Equal((2u, 4ul, 47ul), (reply.Detail.Argument, reply.Detail.RangeMin, reply.Detail.RangeMax));
    }

    [Fact]
    public void Busy_places_are_refused_to_others()
    {
        var harness = new ServerHarness();
        Assert.Equal(0u, harness.Ask(harness.Alice, """{"memory":{"address":"753664","sizeBits":"12","type":"8"}}""").Ret.ErrorCode);
        Expect(9, 7, harness.Ask(harness.Bob, """{"memory":{"address":"753664","sizeBits":"12","type":"8"}}"""));
        Expect(9, 7, harness.Ask(harness.Alice, """{"memory":{"address":"720896","sizeBits":"16"}}"""));
        Assert.Equal(0u, harness.Ask(harness.Alice, """{"irq":{"simple":{"irq":"4"}}}""").Ret.ErrorCode);
        Expect(9, 14, harness.Ask(harness.Bob, """{"irq":{"ioapic":{"pin":"4","vector":"4"}}}"""));
        Expect(9, 14, harness.Ask(harness.Alice, """{"irq":{"simple":{"irq":"4"}}}"""));
        Assert.Equal(0u, harness.Ask(harness.Alice, """{"ioport":{"start":1016,"end":1023}}""").Ret.ErrorCode);
        Expect(9, 16, harness.Ask(harness.Bob, """{"ioport":{"start":1016,"end":1023}}"""));
        Expect(9, 16, harness.Ask(harness.Alice, """{"ioport":{"start":1023,"end":1024}}"""));
    }

    [Fact]
    [Rule("RPC:R7", "RPC:D6", "RPC:D8")]
    public void A_grant_goes_back_only_by_its_owner_or_an_ancestor_and_only_as_what_it_is()
    {
        var harness = new ServerHarness();
        ulong cookie = harness.Ask(harness.Child, """{"memory":{"address":"1","sizeBits":"12","type":"8"}}""").Ret.Cookie;
        var before = harness.Totals;
        Expect(2, 11, harness.Ask(harness.Bob, Free(cookie, 12, 8)));
        Expect(2, 11, harness.Ask(harness.Bob, $$$"""{"release":{"cookie":"{{{cookie}}}"}}"""));
        Expect(2, 11, harness.Ask(harness.Bob, $$$"""{"query":{"what":3,"cookie":"{{{cookie}}}"}}"""));
        Expect(1, 1, harness.Ask(harness.Child, Free(cookie, 13, 0)));
        Expect(1, 1, harness.Ask(harness.Child, Free(cookie, 12, 99)));
        Expect(4, 15, harness.Ask(harness.Child, Free(cookie, 64, 0)));
        Assert.Equal(before, harness.Totals);
        Expect(0, 0, harness.Ask(harness.Alice, Free(cookie, 12, 8)));
        Expect(6, 13, harness.Ask(harness.Child, Free(cookie, 12, 8)));
        Expect(6, 13, harness.Ask(harness.Child, $$$"""{"release":{"cookie":"{{{cookie}}}"}}"""));
        ulong port = harness.Ask(harness.Child, """{"ioport":{"start":1016,"end":1023}}""").Ret.Cookie;
        Expect(1, 1, harness.Ask(harness.Child, Free(port, 12, 8)));
        Expect(0, 0, harness.Ask(harness.Child, $$$"""{"release":{"cookie":"{{{port}}}"}}"""));
    }

    [Fact]
    [Rule("RPC:R5", "RPC:Q4")]
    public void When_the_records_are_used_up_the_client_is_told_so()
    {
        var harness = new ServerHarness(grants: 256);
        for (int i = 0; i < 256; i++) Expect(0, 0, harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"12","type":"8"}}"""));
        var before = harness.Totals;
        Expect(10, 20, harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"12","type":"8"}}"""));
        Assert.Equal(before, harness.Totals);
        harness.Grants.Grow(1);
        Expect(0, 0, harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"12","type":"8"}}"""));
    }

    [Fact]
    [Rule("RPC:R2", "RPC:R3", "RPC:D2", "RPC:T11", "RPC:D25")]
    public void What_is_no_request_is_answered_as_well()
    {
        var harness = new ServerHarness();
        byte[] frame = Convert.FromHexString("0812060801100c1808");
        Expect(1, 1, harness.Ask(harness.Alice, 0x1cafed00d, frame));
        Expect(1, 1, harness.Ask(harness.Alice, Framing.DefaultMagic, Convert.FromHexString("020001")));
        Expect(7, 1, harness.Ask(harness.Alice, Framing.DefaultMagic, Convert.FromHexString("7f0a00")));
        Expect(7, 1, harness.Serve(harness.Alice, new MessageInfo(0, 0, 0, 1), Words()));
        Expect(7, 1, harness.Serve(harness.Alice, new MessageInfo(0, 0, 0, 0), Words()));
        Expect(1, 1, harness.Serve(harness.Alice, new MessageInfo(1, 0, 0, 3), Words()));
        Expect(1, 1, harness.Serve(harness.Alice, new MessageInfo(0, 0, 1, 3), Words()));
        Expect(1, 1, harness.Serve(harness.Alice, new MessageInfo(0, 1, 1, 3), Words()));
        Expect(0, 0, harness.Serve(harness.Alice, new MessageInfo(0, 0, 0, 3), Words()));

        ulong[] Words()
        {
            ulong[] words = ServerHarness.Registers();
            words[0] = Framing.TestMagic;
            frame.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1)));
            return words;
        }
    }

    [Fact]
    [Rule("RPC:R20")]
    public void A_closed_session_gets_nothing()
    {
        var harness = new ServerHarness();
        harness.Alice.Close();
        Expect(2, 21, harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"12","type":"8"}}"""));
    }

    private static string Free(ulong cookie, int sizeBits, int type) =>
        $$$"""{"memory":{"address":"{{{cookie}}}","sizeBits":"{{{sizeBits}}}","type":"{{{type}}}","action":1}}""";

    private static void Expect(int code, int reason, G.RpcMessage reply) =>
        Assert.Equal((code, reason), ((int)reply.Ret.ErrorCode, (int)reply.Ret.Detail));
}
