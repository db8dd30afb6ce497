// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Several objects at once: one grant, one way back (RPC:§7.5), in a CNode or in the client's own slots (RPC:§7.6).</summary>
public class RangeTests
{
    private readonly ServerHarness _harness = new();

    [Theory]
    [Rule("RPC:B1", "RPC:B4")]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(255, 8)]
    [InlineData(256, 8)]
    public void A_batch_is_one_cnode_with_one_cookie(int count, int radix)
    {
        var before = (_harness.Totals, _harness.QuotaTotals);
        G.RpcMessage reply = Ask($$$"""{"range":{"type":"8","count":{{{count}}}}}""");
        Assert.Equal((0u, (uint)count, 1u), (reply.Ret.ErrorCode, reply.Ret.Granted, reply.Ret.Caps));
        Assert.False(_harness.Attached.IsNull);
        Assert.Equal(radix, BatchRequest.RadixFor(count));
        Assert.Equal((ulong)count * 4096 + (32ul << radix), _harness.Alice.Quotas.Used(QuotaKind.RamBytes));
        Assert.Equal((1ul, (ulong)count + 2), (_harness.Alice.Quotas.Used(QuotaKind.Grants), _harness.Alice.Quotas.Used(QuotaKind.Slots)));
        Assert.Equal(1, _harness.Grants.LiveCount);
        Assert.Equal(0u, Ask($$$"""{"release":{"cookie":"{{{reply.Ret.Cookie}}}"}}""").Ret.ErrorCode);
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
    }

    [Fact]
    [Rule("RPC:B2", "RPC:B5")]
    public void A_contiguous_batch_takes_no_more_than_it_uses_and_lies_where_it_was_wanted()
    {
        G.RpcMessage reply = Ask("""{"range":{"type":"8","count":5,"minAddr":"20971520","maxAddr":"33554431","alignBits":16,"flags":1}}""");
        Assert.Equal(0u, reply.Ret.ErrorCode);
        Assert.InRange(reply.Ret.Paddr, 20971520ul, 33554431ul - 5 * 4096);
        Assert.Equal(0ul, reply.Ret.Paddr % 65536);
        Assert.Equal(5 * 4096ul, _harness.Provider.Totals.Bytes);
        G.RecordMessage record = Assert.Single(Ask("""{"query":{"what":1}}""").Record);
        Assert.Equal((4u, reply.Ret.Paddr, 5 * 4096ul, 8ul), (record.Kind, record.Start, record.Length, record.Type));
        string behind = $$$"""{"range":{"type":"8","count":3,"minAddr":"{{{reply.Ret.Paddr + 5 * 4096}}}","flags":16}}""";
        Assert.Equal(0u, Ask(behind).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:B5", "RPC:R13")]
    public void A_frame_buffer_is_granted_where_it_is()
    {
        string request = $$$"""{"range":{"type":"9","count":2,"minAddr":"{{{ResourceWorld.ScreenStart}}}","flags":17}}""";
        G.RpcMessage reply = Ask(request);
        Assert.Equal((0u, ResourceWorld.ScreenStart), (reply.Ret.ErrorCode, reply.Ret.Paddr));
        Assert.Equal(4ul << 20, _harness.Alice.Quotas.Used(QuotaKind.DeviceBytes));
        Assert.Equal(64ul, _harness.Alice.Quotas.Used(QuotaKind.RamBytes));  // the CNode
        Assert.Equal(9u, Ask(request).Ret.ErrorCode);
    }

    [Fact]
    [Rule("RPC:B3", "RPC:R9")]
    public void All_or_nothing_unless_the_best_will_do()
    {
        var before = (_harness.Totals, _harness.QuotaTotals);
        Assert.Equal((10u, 5u), Code(Ask("""{"range":{"type":"9","count":40}}""")));
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
        G.RpcMessage reply = Ask("""{"range":{"type":"9","count":40,"flags":8}}""");
        Assert.Equal((0u, 30u), (reply.Ret.ErrorCode, reply.Ret.Granted));
        Assert.Equal((10u, 5u), Code(Ask("""{"range":{"type":"9","count":40,"flags":8}}""")));  // at least one
        Assert.Equal(60ul << 20, _harness.Provider.Totals.Bytes);
        _harness.Server.Reclaim(_harness.Alice, int.MaxValue);
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
    }

    [Theory]
    [Rule("RPC:B3", "RPC:Q5")]
    [InlineData(QuotaKind.RamBytes, 10 * 4096 + 512 - 1, 9)]
    [InlineData(QuotaKind.Slots, 12, 10)]
    [InlineData(QuotaKind.RamBytes, 100, 0)]
    public void The_best_that_quotas_allow(QuotaKind kind, ulong limit, uint granted)
    {
        _harness.Alice.Quotas.TrySetLimit(kind, limit);
        Assert.Equal((10u, 3u), Code(Ask("""{"range":{"type":"8","count":200}}""")));
        G.RpcMessage reply = Ask("""{"range":{"type":"8","count":200,"flags":8}}""");
        Assert.Equal(granted, reply.Ret.Granted);
        Assert.Equal(granted == 0 ? 10u : 0u, reply.Ret.ErrorCode);
        Assert.InRange(_harness.Alice.Quotas.Used(kind), 0ul, limit);
    }

    [Fact]
    [Rule("RPC:P1", "RPC:P2", "RPC:P3", "RPC:D13", "RPC:R11", "RPC:K3")]
    public void Direct_placement_puts_any_type_into_the_clients_slots()
    {
        foreach (int type in (int[])[0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11])
        {
            ulong slot = 100 + (ulong)type;
            G.RpcMessage reply = Ask(
                $$$"""{"memory":{"address":"1","type":"{{{type}}}","sizeBits":"12"},"hints":{"flags":4,"destSlot":"{{{slot}}}"}}""");
            Assert.Equal((0u, 1u, 1u), (reply.Ret.ErrorCode, reply.Ret.Granted, reply.Ret.Caps));
            Assert.True(_harness.Attached.IsNull);
            Assert.True(_harness.Provider.IsOccupied(_harness.Alice, slot));
        }
        Assert.Equal(0u, Ask("""{"irq":{"simple":{"irq":"4"}},"hints":{"flags":4,"destSlot":"90"}}""").Ret.ErrorCode);
        Assert.Equal(0u, Ask("""{"ioport":{"start":1016,"end":1023},"hints":{"flags":4,"destSlot":"91"}}""").Ret.ErrorCode);
        G.RpcMessage batch = Ask("""{"range":{"type":"10","count":16},"hints":{"flags":4,"destSlot":"200"}}""");
        Assert.Equal((0u, 16u, 16u), (batch.Ret.ErrorCode, batch.Ret.Granted, batch.Ret.Caps));
        Assert.True(_harness.Provider.IsOccupied(_harness.Alice, 215));
        Ask($$$"""{"release":{"cookie":"{{{batch.Ret.Cookie}}}"}}""");
        Assert.False(_harness.Provider.IsOccupied(_harness.Alice, 215));
    }

    [Theory]
    [Rule("RPC:P1", "RPC:R9")]
    [InlineData("""{"memory":{"address":"1","type":"8"},"hints":{"flags":4,"destSlot":"103"}}""")]
    [InlineData("""{"memory":{"address":"1","type":"10"},"hints":{"flags":4,"destSlot":"103"}}""")]
    [InlineData("""{"irq":{"simple":{"irq":"4"}},"hints":{"flags":4,"destSlot":"103"}}""")]
    [InlineData("""{"range":{"type":"8","count":8},"hints":{"flags":4,"destSlot":"96"}}""")]
    [InlineData("""{"range":{"type":"8","count":8,"flags":8},"hints":{"flags":4,"destSlot":"96"}}""")]
    [InlineData("""{"range":{"type":"8","count":8,"flags":1},"hints":{"flags":4,"destSlot":"103"}}""")]
    public void An_occupied_slot_is_seen_and_nothing_stays_behind(string request)
    {
        _harness.Provider.Toggle(_harness.Alice, 103);
        var before = (_harness.Totals, _harness.QuotaTotals);
        G.RpcMessage reply = Ask(request);
        Assert.Equal((8u, 22u), Code(reply));
        Assert.Equal(10u, reply.Detail.Argument);
        Assert.Equal(before, (_harness.Totals, _harness.QuotaTotals));
        Assert.False(_harness.Provider.IsOccupied(_harness.Alice, 102));
    }

    [Fact]
    [Rule("RPC:P2")]
    public void Without_a_grant_window_there_is_no_placement_and_it_is_not_offered()
    {
        _harness.Alice.Space = default;
        Assert.Equal((3u, 2u), Code(Ask("""{"memory":{"address":"1","type":"8"},"hints":{"flags":4,"destSlot":"100"}}""")));
        G.RpcMessage reply = Ask("""{"memory":{},"hello":{"version":2,"features":"1023"}}""");
        Assert.Equal((ulong)Feature.None, reply.Info.Features & (ulong)Feature.DirectPlacement);
    }

    [Fact]
    [Rule("RPC:R15", "RPC:D28")]
    public void Device_memory_comes_only_to_those_who_say_that_it_will_do()
    {
        _harness.Alice.Quotas.TrySetLimit(QuotaKind.RamBytes, 0);
        Assert.Equal((10u, 3u), Code(Ask("""{"memory":{"address":"1","type":"8"}}""")));
        G.RpcMessage reply = Ask("""{"memory":{"address":"1","type":"8"},"hints":{"flags":8}}""");
        Assert.Equal((0u, ResourceWorld.ScreenStart), (reply.Ret.ErrorCode, reply.Ret.Paddr));
        Assert.Equal((10u, 3u), Code(Ask("""{"memory":{"address":"1","type":"1"},"hints":{"flags":8}}""")));
    }

    [Fact]
    [Rule("RPC:B5", "RPC:R12")]
    public void Hints_pass_a_window_and_wishes_on()
    {
        const string hints = """{"minAddr":"1048576","maxAddr":"1052671","colour":3,"policy":7,"lifetime":3}""";
        G.RpcMessage reply = Ask("""{"memory":{"address":"1","type":"8"},"hints":""" + hints + "}");
        Assert.Equal(0x100000ul, reply.Ret.Paddr);
        MemoryRequest request = _harness.Provider.LastMemory;
        Assert.Equal((3u, 7u, Lifetime.Static), (request.Colour, request.Policy, request.Lifetime));
        Assert.Equal((1048576ul, 1052671ul), (request.WindowFirst, request.WindowLast));
    }

    private static (uint, uint) Code(G.RpcMessage reply) => (reply.Ret.ErrorCode, reply.Ret.Detail);

    private G.RpcMessage Ask(string request) => _harness.Ask(_harness.Alice, request);
}
