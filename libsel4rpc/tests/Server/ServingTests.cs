// SPDX-License-Identifier: BSD-2-Clause
using System.Runtime.InteropServices;
using Google.Protobuf;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>What holds for serving as such: no memory is taken for it, and what comes back can be had again at any time.</summary>
public class ServingTests
{
    [Fact]
    [Rule("RPC:R5", "RPC:D31")]
    public void Serving_allocates_nothing()
    {
        var harness = new ServerHarness();
        for (int i = 0; i < 30; i++) harness.Ask(harness.Alice, """{"memory":{"address":"1","type":"8"},"hints":{"leaseMs":"9000"}}""");
        harness.Provider.Injected = Refusal.Because(Reason.NotPermitted, 1);
        string[] requests =
        [
            """{"memory":{"address":"1","type":"8"},"hints":{"label":"x","flags":2}}""", """{"memory":{"address":"655360","type":"8"}}""",
            """{"range":{"type":"8","count":100}}""", """{"irq":{"simple":{"irq":"4"}}}""", """{"ioport":{"start":1016,"end":1023}}""",
            """{"query":{"what":1}}""", """{"query":{"what":6}}""", """{"quota":{"op":1}}""", """{"release":{"cookie":"3"}}""",
            """{"quota":{"op":2,"subject":"4098","kind":1,"amount":"9"}}""", """{"memory":{},"hello":{"version":2}}""", "{}",
        ];
        ulong[][] messages = [.. requests.Select(Words)];
        int[] lengths = [.. requests.Select(request => 1 + (Stream(request).Length + 7) / 8)];
        ulong[] words = new ulong[Framing.MaxWords];
        Serve();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 20; round++) Serve();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Serve()
        {
            for (int i = 0; i < messages.Length; i++)
            {
                messages[i].CopyTo(words, 0);
                harness.Server.Serve(harness.Alice, new MessageInfo(0, 0, 0, lengths[i]), words);
            }
        }
    }

    [Theory]
    [Rule("RPC:R8", "RPC:R16", "RPC:D10")]
    [InlineData("""{"irq":{"simple":{"irq":"4"}}}""")]
    [InlineData("""{"irq":{"ioapic":{"pin":"5","vector":"6","level":"1"}}}""")]
    [InlineData("""{"irq":{"msi":{"vector":"7"}}}""")]
    [InlineData("""{"ioport":{"start":1016,"end":1023}}""")]
    [InlineData("""{"memory":{"address":"655360","type":"8"}}""")]
    public void What_was_released_can_be_had_again_ten_thousand_times(string request)
    {
        var harness = new ServerHarness();
        byte[] bytes = Stream(request);
        var before = (harness.Totals, harness.QuotaTotals);
        for (int i = 0; i < 10_000; i++)
        {
            ulong cookie = harness.Ask(harness.Alice, 7, bytes).Ret.Cookie;
            var release = new G.RpcMessage { Release = new G.ReleaseMessage { Cookie = cookie } };
            Assert.Equal(0u, harness.Ask(harness.Alice, 7, Codec.Delimited(release.ToByteArray())).Ret.ErrorCode);
        }
        Assert.Equal(before, (harness.Totals, harness.QuotaTotals));
    }

    [Theory]
    [Rule("RPC:R12", "RPC:B2", "RPC:B5")]
    [InlineData(ResourceWorld.RamEnd - 0x2000, 2, 0u)]
    [InlineData(ResourceWorld.RamEnd - 0x2000, 3, 6u)]
    [InlineData(ResourceWorld.RamEnd - 0x1000, 2, 6u)]
    [InlineData(ResourceWorld.RamStart - 0x1000, 1, 6u)]
    [InlineData(ResourceWorld.RamStart, 1, 0u)]
    public void A_run_at_the_edge_of_memory_is_inside_or_refused(ulong start, int count, uint code)
    {
        var harness = new ServerHarness();
        var before = harness.Totals;
        G.RpcMessage reply = harness.Ask(
            harness.Alice, $$$"""{"range":{"type":"8","count":{{{count}}},"minAddr":"{{{start}}}","flags":16}}""");
        Assert.Equal(code, reply.Ret.ErrorCode);
        if (code != 0) Assert.Equal(before, harness.Totals);
    }

    private static byte[] Stream(string request) => Codec.Delimited(JsonParser.Default.Parse<G.RpcMessage>(request).ToByteArray());

    private static ulong[] Words(string request)
    {
        ulong[] words = new ulong[Framing.MaxWords];
        words[0] = Framing.DefaultMagic;
        Stream(request).CopyTo(MemoryMarshal.AsBytes(words.AsSpan(1)));
        return words;
    }
}
