// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Sel4.Rpc.Wire;
using GoogleRpcMessage = Sel4.Rpc.Google.RpcMessage;

namespace Sel4.Tests.Rpc;

/// <summary>The vectors of libsel4rpc/golden, through our codec and through Google's.</summary>
[Rule("RPC:M1", "RPC:T4")]
[Rule("RPC:V1", "RPC:V2", "RPC:V3", "RPC:V4", "RPC:V5", "RPC:V6", "RPC:V7", "RPC:V8", "RPC:V9", "RPC:V10")]
[Rule("RPC:V11", "RPC:V12", "RPC:V13", "RPC:V14", "RPC:V15", "RPC:V16", "RPC:V17", "RPC:V18", "RPC:V19", "RPC:V20")]
[Rule("RPC:V21", "RPC:V22", "RPC:V23", "RPC:V24", "RPC:V25", "RPC:V26", "RPC:V27", "RPC:V28")]
public class GoldenTests
{
    public static TheoryData<GoldenVector> Of(string kind) => [.. GoldenVector.All.Where(vector => vector.Kind == kind)];

    [Fact]
    public void Every_vector_of_the_specification_has_its_file()
    {
        IEnumerable<string> expected = Enumerable.Range(1, 28).Select(number => $"V{number:00}");
        Assert.All(expected, id => Assert.Contains(GoldenVector.All, vector => vector.Name.StartsWith(id, StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Of), "canonical")]
    public void Canonical_vectors_encode_to_their_bytes(GoldenVector vector)
    {
        RpcMessage message = default;
        MessageMapping.Fill(ref message, vector.Message());
        Assert.Equal(Convert.ToHexString(vector.Bytes), Convert.ToHexString(Codec.Encode(in message)));
        Assert.Equal(Convert.ToHexString(vector.Bytes), Convert.ToHexString(Codec.Delimited(vector.Message().ToByteArray())));
    }

    [Theory]
    [MemberData(nameof(Of), "canonical")]
    public void Canonical_vectors_decode_and_come_back_the_same(GoldenVector vector)
    {
        RpcMessage message = default;
        Assert.Equal(WireStatus.Ok, Framing.DecodeDelimited(vector.Bytes, ref message));
        Assert.Equal(Convert.ToHexString(vector.Bytes), Convert.ToHexString(Codec.Encode(in message)));
    }

    [Theory]
    [Rule("RPC:M2", "RPC:T8")]
    [MemberData(nameof(Of), "accepted")]
    public void Other_spellings_decode_to_the_same_fields(GoldenVector vector)
    {
        RpcMessage message = default, expected = default;
        Assert.Equal(WireStatus.Ok, Framing.DecodeDelimited(vector.Bytes, ref message));
        MessageMapping.Fill(ref expected, vector.Message());
        Assert.Equal(Convert.ToHexString(Codec.Encode(in expected)), Convert.ToHexString(Codec.Encode(in message)));
    }

    [Theory]
    [Rule("RPC:M3", "RPC:R3", "RPC:T9")]
    [MemberData(nameof(Of), "refused")]
    public void Malformed_streams_are_refused_for_the_right_reason(GoldenVector vector)
    {
        RpcMessage message = default;
        Assert.Equal(vector.Status, Framing.DecodeDelimited(vector.Bytes, ref message).ToString());
    }

    [Fact]
    public void An_action_of_minus_one_keeps_all_its_bits()
    {
        RpcMessage message = default;
        byte[] bytes = Codec.Delimited(GoogleRpcMessage.Parser.ParseJson("{\"memory\":{\"action\":-1}}").ToByteArray());
        Assert.Equal(WireStatus.Ok, Framing.DecodeDelimited(bytes, ref message));
        Assert.Equal(ulong.MaxValue, (ulong)message.Memory.Action);
        Assert.Equal(bytes, Codec.Encode(in message));
    }
}
