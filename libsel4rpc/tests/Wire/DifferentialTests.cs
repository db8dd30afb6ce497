// SPDX-License-Identifier: BSD-2-Clause
using Google.Protobuf;
using Sel4.Rpc.Wire;
using GoogleRpcMessage = Sel4.Rpc.Google.RpcMessage;

namespace Sel4.Tests.Rpc;

/// <summary>Our codec against Google's: the same messages, the same bytes, the same opinion of what is no message.</summary>
[Rule("RPC:M1", "RPC:M2", "RPC:M3")]
public class DifferentialTests
{
    private const int MessageCount = 120_000;
    private const int MutantCount = 200_000;
    private const int Seed = 20_250_101;

    /// <summary>Unknown fields are passed over by us, so Google must forget them too before results are compared.</summary>
    private static readonly MessageParser<GoogleRpcMessage> s_parser = GoogleRpcMessage.Parser.WithDiscardUnknownFields(true);

    [Fact]
    public void Random_messages_have_the_same_bytes_in_both_codecs()
    {
        var random = new Random(Seed);
        RpcMessage message = default;
        for (int i = 0; i < MessageCount; i++)
        {
            GoogleRpcMessage google = RandomMessage.Make(random);
            byte[] bytes = Codec.Delimited(google.ToByteArray());
            MessageMapping.Fill(ref message, google);
            Expect(bytes.AsSpan().SequenceEqual(Codec.Encode(in message)), "encodes otherwise", i, google);
            Expect(Framing.DecodeDelimited(bytes, ref message) == WireStatus.Ok, "does not decode", i, google);
            Expect(bytes.AsSpan().SequenceEqual(Codec.Encode(in message)), "decodes otherwise", i, google);
        }
    }

    [Fact]
    public void Damaged_messages_are_judged_alike()
    {
        var random = new Random(Seed);
        byte[] bytes = [];
        for (int i = 0; i < MutantCount; i++)
        {
            if (i % 8 == 0) bytes = RandomMessage.Make(random).ToByteArray();
            byte[] mutant = Mutate(bytes, random);
            string difference = Compare(mutant);
            if (difference.Length > 0) Assert.Fail($"mutant {i} of seed {Seed}, {Convert.ToHexString(mutant)}: {difference}");
        }
    }

    private static void Expect(bool holds, string complaint, int index, GoogleRpcMessage message)
    {
        if (!holds) Assert.Fail($"message {index} of seed {Seed} {complaint}: {message}");
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        byte[] mutant = [.. bytes];
        if (mutant.Length == 0) return [(byte)random.Next(256)];
        switch (random.Next(4))
        {
            case 0:
                mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
                return mutant;
            case 1:
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
                return mutant;
            case 2:
                return mutant[..random.Next(mutant.Length)];
            default:
                int cut = random.Next(mutant.Length);
                return [.. mutant[cut..], .. mutant[..cut]];
        }
    }

    /// <summary>Empty when both codecs agree; else what they disagree about.</summary>
    private static string Compare(byte[] payload)
    {
        RpcMessage ours = default;
        WireStatus status = Framing.DecodeDelimited(Codec.Delimited(payload), ref ours);
        GoogleRpcMessage theirs;
        try
        {
            theirs = s_parser.ParseFrom(payload);
        }
        catch (InvalidProtocolBufferException e)
        {
            return status != WireStatus.Ok ? "" : "we accept it, Google says " + e.Message;
        }
        // Google cuts 32-bit values and headers off, reads groups, and takes a known field with another wire type for an
        // unknown one; the specification refuses all of these.
        if (status is WireStatus.ValueTooLarge or WireStatus.BadFieldNumber) return "";
        if (status is WireStatus.BadWireType or WireStatus.WrongWireType) return "";
        if (status == WireStatus.LengthOverrun && HasLongVarint(payload)) return "";  // Google cuts lengths off as well
        if (status != WireStatus.Ok) return $"Google accepts it, we say {status}";
        if (!IsComparable(theirs)) return "";
        RpcMessage expected = default;
        MessageMapping.Fill(ref expected, theirs);
        expected.Memory.Action = ours.Memory.Action;  // Google cuts enums to 32 bits as well
        return Codec.Encode(in expected).AsSpan().SequenceEqual(Codec.Encode(in ours)) ? "" : "the fields differ: " + theirs;
    }

    private static bool HasLongVarint(byte[] payload)
    {
        int run = 0;
        foreach (byte value in payload)
        {
            run = value >= 0x80 ? run + 1 : 0;
            if (run >= 4) return true;  // five bytes and more reach 2^32
        }
        return false;
    }

    /// <summary>False where we store less on purpose, and where Google replaced bytes that are no UTF-8.</summary>
    private static bool IsComparable(GoogleRpcMessage message) =>
        message.Record.Count <= RpcMessage.RecordCapacity
        && message.QuotaState.Count <= RpcMessage.QuotaStateCapacity
        && IsPlain(message.Info?.Name) && IsPlain(message.Hints?.Label) && IsPlain(message.Detail?.Text)
        && message.Record.All(record => IsPlain(record.Label));

    private static bool IsPlain(string? text) =>
        text is null || (!text.Contains('\ufffd') && System.Text.Encoding.UTF8.GetByteCount(text) <= ShortText.Capacity);
}
