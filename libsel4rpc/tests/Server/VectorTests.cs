// SPDX-License-Identifier: BSD-2-Clause
using System.Diagnostics;
using Sel4.Abi;
using Sel4.Rpc;
using Sel4.Rpc.Fuzz;
using Sel4.Rpc.Wire;
using G = Sel4.Rpc.Google;

namespace Sel4.Tests.Rpc;

/// <summary>Every vector, whole, cut off anywhere and with any bit turned over, is answered by the server exactly once.</summary>
[Rule("RPC:R1", "RPC:D2", "RPC:T9")]
public class VectorTests
{
    public static TheoryData<GoldenVector> Vectors => [.. GoldenVector.All];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_truncation_of_a_vector_is_answered(GoldenVector vector)
    {
        var harness = new ServerHarness(256);
        for (int length = 0; length <= vector.Bytes.Length; length++)
        {
            G.RpcMessage reply = harness.Ask(harness.Alice, 7, vector.Bytes.AsSpan(0, length));
            if (length < vector.Bytes.Length && vector.Kind == "canonical" && (length + 7) / 8 < (vector.Bytes.Length + 7) / 8)
                Assert.Equal((7u, 1u), (reply.Ret.ErrorCode, reply.Ret.Detail));  // registers are whole words: only then is it shorter
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_single_bit_flip_of_a_vector_is_answered(GoldenVector vector)
    {
        var harness = new ServerHarness(256);
        for (int bit = 0; bit < 8 * vector.Bytes.Length; bit++)
        {
            byte[] bytes = [.. vector.Bytes];
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            var before = (harness.Totals, harness.QuotaTotals);
            G.RpcMessage reply = harness.Ask(harness.Alice, 7, bytes);
            if (reply.Ret is { ErrorCode: > 0 }) Assert.Equal(before, (harness.Totals, harness.QuotaTotals));
            if (bit % 64 == 63) harness.Ask(harness.Alice, """{"release":{"flags":2}}""");
        }
    }

    /// <summary>RPC:§12 no. 16: what others hold makes a request no slower than logarithmically.</summary>
    [Fact]
    [Rule("RPC:R5", "RPC:R6")]
    public void A_hundred_thousand_grants_of_others_do_not_slow_a_request_down()
    {
        double few = BestMicrosecondsPerPair(0);
        double many = BestMicrosecondsPerPair(100_000);
        Assert.True(many < (6 * few) + 2, $"{few:F2} µs a pair with no grants, {many:F2} µs with 100,000");
    }

    private static double BestMicrosecondsPerPair(int live)
    {
        var table = new GrantTable(17, 1 << 17);
        var world = new ResourceWorld { KeepsHistory = false };
        var server = new RpcServer(world, table, new RpcServerOptions());
        Session others = new(1, null), client = new(2, null);
        ulong[] words = new ulong[Framing.MaxWords];
        RpcMessage message = default, reply = default;
        for (int i = 0; i < live; i++) Ask(others, 4, ObjectType.Untyped, MemoryAction.Allocate, 1);
        double best = double.MaxValue;
        for (int round = 0; round < 7; round++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 500; i++)
                Ask(client, 12, ObjectType.SmallPage, MemoryAction.Free, Ask(client, 12, ObjectType.SmallPage, MemoryAction.Allocate, 1));
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / 500);
        }
        Assert.Equal(live, table.LiveCount);
        return best;

        ulong Ask(Session session, int sizeBits, ObjectType type, MemoryAction action, ulong address)
        {
            message.Clear();
            message.SelectMemory();
            (message.Memory.SizeBits, message.Memory.Type, message.Memory.Action) = ((ulong)sizeBits, (ulong)type, action);
            message.Memory.Address = address;
            Framing.EncodeRequest(in message, 7, words, out int count);
            RpcReply answer = server.Serve(session, new MessageInfo(0, 0, 0, count), words);
            Framing.DecodeReply(words, answer.Info.Length, ref reply);
            Assert.Equal(0u, reply.Ret.ErrorCode);
            return reply.Ret.Cookie;
        }
    }
}
