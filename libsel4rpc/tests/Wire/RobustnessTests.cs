// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Bytes that nobody meant to send: no read beyond them, and always a verdict.</summary>
[Rule("RPC:M3", "RPC:T9", "RPC:R4")]
public class RobustnessTests
{
    public static TheoryData<GoldenVector> Vectors => [.. GoldenVector.All];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void No_truncation_of_a_vector_decodes(GoldenVector vector)
    {
        if (vector.Kind != "canonical") return;
        for (int length = 0; length < vector.Bytes.Length; length++)
        {
            Assert.Equal(WireStatus.NeedMoreData, GuardedDecode(vector.Bytes.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_shortened_payload_is_a_shorter_message_or_refused_as_such(GoldenVector vector)
    {
        // Here the prefix tells the truth about what is left: a cut between two fields is a valid message.
        for (int length = 0; length < vector.Bytes.Length; length++)
        {
            byte[] payload = vector.Bytes[Math.Min(1, vector.Bytes.Length)..][..Math.Max(0, length - 1)];
            WireStatus status = GuardedDecode(Codec.Delimited(payload), out RpcMessage message);
            if (status == WireStatus.Ok) AssertStable(in message);
            else Assert.NotEqual(WireStatus.NeedMoreData, status);
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Every_single_bit_flip_of_a_vector_gets_a_verdict(GoldenVector vector)
    {
        for (int bit = 0; bit < 8 * vector.Bytes.Length; bit++)
        {
            byte[] bytes = [.. vector.Bytes];
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
            if (GuardedDecode(bytes, out RpcMessage message) == WireStatus.Ok) AssertStable(in message);
        }
    }

    [Fact]
    public void A_million_random_streams_get_a_verdict()
    {
        var random = new Random(1);
        var bytes = new byte[48];
        var verdicts = new HashSet<WireStatus>();
        RpcMessage message = default;
        for (int i = 0; i < 1_000_000; i++)
        {
            random.NextBytes(bytes);
            bytes[0] = (byte)random.Next(bytes.Length);
            verdicts.Add(Framing.DecodeDelimited(bytes.AsSpan(0, 1 + random.Next(bytes.Length)), ref message));
        }
        // The generator is worth something only when it reaches every one of them.
        Assert.Superset(
            new HashSet<WireStatus>
            {
                WireStatus.Ok, WireStatus.NeedMoreData, WireStatus.Truncated, WireStatus.VarintTooLong, WireStatus.BadFieldNumber,
                WireStatus.BadWireType, WireStatus.WrongWireType, WireStatus.LengthOverrun, WireStatus.ValueTooLarge,
            },
            verdicts);
    }

    [Fact]
    public void Deep_nesting_in_an_unknown_field_is_passed_over()
    {
        byte[] payload = [];
        for (int depth = 0; depth < 300; depth++) payload = [0xf2, 0x01, .. Codec.Delimited(payload)];  // field 30 in field 30 in …
        Assert.Equal(WireStatus.Ok, GuardedDecode(Codec.Delimited(payload), out RpcMessage message));
        Assert.Equal(RpcMessageCase.None, message.Case);
    }

    /// <summary>Decodes twice, with different bytes behind the stream: a read beyond its end would be noticed as a difference.</summary>
    private static WireStatus GuardedDecode(ReadOnlySpan<byte> bytes, out RpcMessage message)
    {
        RpcMessage first = default, second = default;
        var low = new byte[bytes.Length + 32];
        var high = new byte[bytes.Length + 32];
        Array.Fill(high, (byte)0xff);
        bytes.CopyTo(low);
        bytes.CopyTo(high);
        WireStatus status = Framing.DecodeDelimited(low.AsSpan(0, bytes.Length), ref first);
        Assert.Equal(status, Framing.DecodeDelimited(high.AsSpan(0, bytes.Length), ref second));
        if (status == WireStatus.Ok) Assert.Equal(Codec.Encode(in first), Codec.Encode(in second));
        message = first;
        return status;
    }

    private static void AssertStable(in RpcMessage message)
    {
        byte[] once = Codec.Encode(in message);
        RpcMessage again = default;
        Assert.Equal(WireStatus.Ok, Framing.DecodeDelimited(once, ref again));
        Assert.Equal(once, Codec.Encode(in again));
    }
}
