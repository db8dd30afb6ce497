// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>What the server grants, to whom, and that it answers everything exactly once.</summary>
public class RpcServerTests
{
    private const string Frame = """{"memory":{"address":"1","sizeBits":"12","type":"8"}}""";

    [Fact]
    [Rule("RPC:N2", "RPC:N4")]
    public void The_probe_is_answered_with_info_and_costs_nothing()
    {
        var harness = new ServerHarness();
        var before = harness.Totals;
        G.RpcMessage reply = harness.Ask(harness.Alice, Framing.DefaultMagic, Convert.FromHexString("0912008201040802101f"));
        Assert.Equal(0u, reply.Ret.ErrorCode);
        Assert.Equal((2u, 0x1ful), (reply.Info.Version, reply.Info.Features));
        Assert.Equal((64u, 952u, 0x1001ul), (reply.Info.WordBits, reply.Info.MaxBytes, reply.Info.Owner));
        Assert.Equal((KernelConfiguration.Hash, "test"), (reply.Info.ConfigHash, reply.Info.Name));
        Assert.True(harness.Attached.IsNull);
        Assert.Equal(before, harness.Totals);
        Assert.Equal(1u, harness.Ask(harness.Alice, """{"memory":{},"hello":{"version":1}}""").Info.Version);
    }

    [Fact]
    [Rule("RPC:N2")]
    public void Hello_beside_an_operation_is_answered_beside_its_result()
    {
        var harness = new ServerHarness();
        G.RpcMessage reply = harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"12","type":"8"},"hello":{"version":3}}""");
        Assert.Equal((0u, 2u), (reply.Ret.ErrorCode, reply.Info.Version));
        Assert.Equal(1, harness.Grants.LiveCount);
    }

    [Fact]
    [Rule("RPC:S2", "RPC:D10", "RPC:R6")]
    public void Each_kind_of_grant_comes_with_a_capability_and_a_cookie()
    {
        var harness = new ServerHarness();
        foreach (string request in (string[])[Frame, """{"irq":{"simple":{"irq":"4"}}}""", """{"ioport":{"start":1016,"end":1023}}"""])
        {
            G.RpcMessage reply = harness.Ask(harness.Alice, request);
            Assert.Equal(0u, reply.Ret.ErrorCode);
            Assert.InRange(reply.Ret.Cookie, 1ul, 0x7ffffffful);
            Assert.False(harness.Attached.IsNull);
            Assert.Equal((1u, 1u), (reply.Ret.Granted, reply.Ret.Caps));
        }
        Assert.Equal(3, harness.Alice.GrantCount);
    }

    [Theory]
    [Rule("RPC:S1", "RPC:S4", "RPC:S5", "RPC:T10")]
    [InlineData("V08")]
    [InlineData("V10")]
    [InlineData("V13")]
    [InlineData("V14")]
    [InlineData("V16")]
    public void An_old_client_is_served_byte_for_byte(string vector)
    {
        var harness = new ServerHarness();
        byte[] bytes = GoldenVector.All.Single(candidate => candidate.Name.StartsWith(vector, StringComparison.Ordinal)).Bytes;
        foreach (ulong magic in (ulong[])[Framing.DefaultMagic, Framing.TestMagic])
        {
            Assert.Equal(0u, harness.Ask(harness.Alice, magic, bytes).Ret.ErrorCode);
            harness.Ask(harness.Alice, """{"release":{"flags":2}}""");
        }
    }

    [Theory]
    [Rule("RPC:S5", "RPC:R16")]
    [InlineData(0, 2, false)]
    [InlineData(4, 4, false)]
    [InlineData(15, 15, false)]
    [InlineData(16, 16, true)]
    [InlineData(23, 23, true)]
    public void A_plain_interrupt_number_means_a_pin(int number, int pin, bool isLevel)
    {
        var harness = new ServerHarness();
        harness.Ask(harness.Alice, """{"irq":{"simple":{"irq":"N"}}}""".Replace("N", number.ToString()));
        IrqRequest request = harness.Provider.LastIrq;
        Assert.Equal((0ul, (ulong)pin, number), (request.IoApic, request.Pin, request.Vector));
        Assert.Equal((isLevel, isLevel), (request.IsLevel, request.IsActiveLow));
    }

    [Fact]
    [Rule("RPC:R15", "RPC:D27")]
    public void The_same_place_asked_for_again_is_the_same_grant_counted()
    {
        var harness = new ServerHarness();
        string[] requests = ["""{"memory":{"address":"753664","sizeBits":"12","type":"8"}}""", """{"ioport":{"start":1016,"end":1023}}"""];
        foreach (string request in requests)
        {
            ulong cookie = harness.Ask(harness.Alice, request).Ret.Cookie;
            CapabilityPointer capability = harness.Attached;
            Assert.Equal(cookie, harness.Ask(harness.Alice, request).Ret.Cookie);
            Assert.Equal(capability, harness.Attached);
            Assert.Equal(1, harness.Grants.LiveCount);
            string release = $$$"""{"release":{"cookie":"{{{cookie}}}"}}""";
            Assert.Equal(0u, harness.Ask(harness.Alice, release).Ret.ErrorCode);
            Assert.Equal(1, harness.Grants.LiveCount);
            Assert.Equal(0u, harness.Ask(harness.Alice, release).Ret.ErrorCode);
            Assert.Equal(0, harness.Grants.LiveCount);
            Assert.Equal(13u, harness.Ask(harness.Alice, release).Ret.Detail);
        }
    }

    [Fact]
    [Rule("RPC:T10", "RPC:T11")]
    public void The_set_of_magic_words_is_the_servers_choice()
    {
        var provider = new ResourceWorld();
        var server = new RpcServer(provider, new GrantTable(8, 1), new RpcServerOptions { Magics = [9000] });
        foreach ((ulong magic, uint code) in ((ulong, uint)[])[(9000, 0), (Framing.DefaultMagic, 1), (9000ul | 1ul << 32, 1)])
        {
            ulong[] words = ServerHarness.Registers();
            Convert.FromHexString("0812060801100c1808").CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1)));
            words[0] = magic;
            MessageInfo info = server.Serve(new Session(1, null), new MessageInfo(0, 0, 0, 3), words).Info;
            RpcMessage reply = default;
            Framing.DecodeReply(words, info.Length, ref reply);
            Assert.Equal(code, reply.Ret.ErrorCode);
        }
    }

    [Fact]
    [Rule("RPC:D28", "RPC:D29", "RPC:R12")]
    public void Anywhere_is_no_address_and_zero_is_one()
    {
        var harness = new ServerHarness();
        harness.Ask(harness.Alice, Frame);
        Assert.False(harness.Provider.LastMemory.HasAddress);
        Assert.Equal(MemorySource.Ram, harness.Provider.LastMemory.Source);
        harness.Ask(harness.Alice, """{"memory":{"address":"0","sizeBits":"12","type":"8"}}""");
        Assert.True(harness.Provider.LastMemory.HasAddress);
        Assert.Equal(0ul, harness.Provider.LastMemory.Address);
    }

    [Fact]
    [Rule("RPC:S3", "RPC:R8", "RPC:D11")]
    public void Free_takes_the_block_back_once_and_retires_the_cookie()
    {
        var harness = new ServerHarness();
        var before = harness.Totals;
        ulong cookie = harness.Ask(harness.Alice, Frame).Ret.Cookie;
        string free = """{"memory":{"address":"N","sizeBits":"12","type":"8","action":1}}""".Replace("N", cookie.ToString());
        Assert.Equal(0u, harness.Ask(harness.Alice, free).Ret.ErrorCode);
        Assert.Equal(13u, harness.Ask(harness.Alice, free).Ret.Detail);
        Assert.Single(harness.Provider.Released);
        Assert.Equal(before, harness.Totals);
    }

    [Fact]
    [Rule("RPC:R22")]
    public void A_listing_pages_through_everything_once_while_grants_come_and_go()
    {
        var harness = new ServerHarness();
        var cookies = new List<ulong>();
        for (int i = 0; i < 100; i++) cookies.Add(harness.Ask(harness.Alice, Frame).Ret.Cookie);
        var listed = new List<ulong>();
        ulong cursor = 0;
        do
        {
            G.RpcMessage page = harness.Ask(harness.Alice, $$$"""{"query":{"what":1,"max":7,"cursor":"{{{cursor}}}"}}""");
            Assert.InRange(page.Record.Count, 1, 7);
            listed.AddRange(page.Record.Select(record => record.Cookie));
            cursor = page.NextCursor;
            harness.Ask(harness.Alice, Frame);  // a new one, which an ongoing listing need not show
            if (listed.Count == 49) harness.Ask(harness.Alice, $$$"""{"release":{"cookie":"{{{listed[^1]}}}"}}""");
        }
        while (cursor != 0);
        Assert.Equal(cookies.AsEnumerable().Reverse(), listed);
        Assert.Equal(16, harness.Ask(harness.Alice, """{"query":{"what":1,"max":1000}}""").Record.Count);
        Assert.Empty(harness.Ask(harness.Bob, """{"query":{"what":1}}""").Record);
        Assert.Single(harness.Ask(harness.Alice, $$$"""{"query":{"what":3,"cookie":"{{{cookies[3]}}}"}}""").Record);
    }

    [Fact]
    [Rule("RPC:Q1", "RPC:R7")]
    public void An_ancestor_may_list_and_release_what_its_descendants_hold()
    {
        var harness = new ServerHarness();
        harness.Ask(harness.Child, """{"ioport":{"start":1016,"end":1023}}""");
        G.RecordMessage record = Assert.Single(harness.Ask(harness.Alice, """{"query":{"what":1,"owner":"4098"}}""").Record);
        Assert.Equal((3u, 1016ul, 8ul, 0x1002ul), (record.Kind, record.Start, record.Length, record.Owner));
        Assert.Equal(21u, harness.Ask(harness.Child, """{"query":{"what":1,"owner":"4097"}}""").Ret.Detail);
        Assert.Equal(0u, harness.Ask(harness.Alice, $$$"""{"release":{"cookie":"{{{record.Cookie}}}"}}""").Ret.ErrorCode);
        Assert.Equal(0, harness.Child.GrantCount);
    }

    [Fact]
    [Rule("RPC:R20", "RPC:D9")]
    public void Reclaiming_takes_everything_back_in_slices_with_cnodes_last()
    {
        var harness = new ServerHarness();
        var before = harness.Totals;
        harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"8","type":"4"}}""");
        for (int i = 0; i < 10; i++) harness.Ask(harness.Alice, Frame);
        harness.Ask(harness.Alice, """{"irq":{"simple":{"irq":"4"}}}""");
        harness.Ask(harness.Alice, """{"memory":{"address":"1","sizeBits":"8","type":"4"}}""");
        harness.Ask(harness.Bob, Frame);
        Assert.Equal(8, harness.Server.Reclaim(harness.Alice, 5));
        Assert.Equal(21u, harness.Ask(harness.Alice, Frame).Ret.Detail);
        Assert.Equal(3, harness.Server.Reclaim(harness.Alice, 5));
        Assert.Equal(0, harness.Server.Reclaim(harness.Alice, 5));
        Assert.Equal(13, harness.Provider.Released.Count);
        Assert.Equal(1, harness.Bob.GrantCount);
        harness.Server.Reclaim(harness.Bob, 1);
        Assert.Equal(before, harness.Totals);
    }

    [Fact]
    [Rule("RPC:R1", "RPC:R9", "RPC:D2", "RPC:D14", "RPC:D36", "RPC:M4", "RPC:T3")]
    public void Every_one_of_many_random_requests_gets_one_reply_and_refusals_change_nothing()
    {
        var random = new Random(11);
        var harness = new ServerHarness();
        var codes = new HashSet<uint>();
        Session[] sessions = [harness.Alice, harness.Child, harness.Bob];
        for (int i = 0; i < 120_000; i++)
        {
            Session session = sessions[random.Next(sessions.Length)];
            var before = harness.Totals;
            G.RpcMessage reply = harness.Ask(session, Framing.DefaultMagic, Request(random));
            codes.Add(reply.Ret.ErrorCode);
            bool hasChanged = reply.Ret.ErrorCode != 0 && before != harness.Totals;
            if (hasChanged) Assert.Fail($"request {i}: refused, yet {before} became {harness.Totals}");
            if (i % 200 != 199) continue;
            foreach (Session each in sessions) harness.Ask(each, """{"release":{"flags":2}}""");
        }
        Assert.Superset(new HashSet<uint> { 0, 1, 2, 3, 4, 5, 6, 7, 9, 10 }, codes);
        RpcStatistics statistics = harness.Server.Statistics;
        Assert.Equal(statistics.Total, Enumerable.Range(0, 24).Aggregate(0ul, (sum, i) => sum + statistics.Refusals((Reason)i)));
        foreach (Session each in sessions) harness.Server.Reclaim(each, int.MaxValue);
        Assert.Equal(new ServerHarness().Totals, harness.Totals);
    }

    [Fact]
    [Rule("RPC:T9")]
    public void Words_beyond_the_length_change_nothing()
    {
        var random = new Random(12);
        for (int i = 0; i < 2000; i++)
        {
            byte[] stream = Request(random);
            G.RpcMessage[] replies = new G.RpcMessage[2];
            for (int fill = 0; fill < 2; fill++)
            {
                var harness = new ServerHarness(256);
                var words = new ulong[Framing.MaxWords];
                int length = 1 + (stream.Length + 7) / 8;
                Array.Fill(words, fill == 0 ? 0 : ulong.MaxValue, length, words.Length - length);
                words[0] = Framing.DefaultMagic;
                stream.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan(1)));
                replies[fill] = harness.Serve(harness.Alice, new MessageInfo(0, 0, 0, length), words);
            }
            Assert.Equal(replies[0], replies[1]);
        }
    }

    /// <summary>A plausible request, a random message of the format, damaged bytes, or noise.</summary>
    private static byte[] Request(Random random)
    {
        if (random.Next(16) == 0)
        {
            var noise = new byte[1 + random.Next(40)];
            random.NextBytes(noise);
            return noise;
        }
        byte[] payload = random.Next(4) == 0 ? Small(RandomMessage.Make(random)) : Plausible(random).ToByteArray();
        byte[] bytes = Codec.Delimited(payload);
        if (random.Next(8) == 0) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Small(G.RpcMessage message)
    {
        message.Record.Clear();
        message.QuotaState.Clear();
        return message.ToByteArray();
    }

    private static G.RpcMessage Plausible(Random random) => random.Next(6) switch
    {
        0 or 1 => new G.RpcMessage
        {
            Memory = new G.MemoryAllocMessage
            {
                Address = random.Next(3) == 0 ? (ulong)random.Next(0x90, 0x300) << 12 : 1,
                SizeBits = (ulong)random.Next(2, 20),
                Type = (ulong)random.Next(13),
            },
        },
        2 => new G.RpcMessage
        {
            Memory = new G.MemoryAllocMessage
            {
                Address = (ulong)random.Next(1, 4) << 16 | (uint)random.Next(64),
                SizeBits = (ulong)random.Next(10, 14),
                Type = (ulong)random.Next(10),
                Action = G.Action.Free,
            },
        },
        3 => new G.RpcMessage { Irq = new G.IrqAllocMessage { Simple = new G.IrqAllocMessageSimple { Irq = (ulong)random.Next(26) } } },
        4 => new G.RpcMessage { Ioport = new G.IOPortMessage { Start = (uint)random.Next(0x1000), End = (uint)random.Next(0x1000) } },
        _ => new G.RpcMessage { Release = new G.ReleaseMessage { Cookie = (ulong)random.Next(1, 4) << 16 | (uint)random.Next(64) } },
    };
}
