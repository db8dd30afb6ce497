// SPDX-License-Identifier: BSD-2-Clause
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Where the bytes of a message lie in the message registers.</summary>
public class FramingTests
{
    private const ulong Junk = 0xa5a5a5a5a5a5a5a5;

    [Fact]
    [Rule("RPC:T2", "RPC:T5", "RPC:T12")]
    public void The_example_of_the_specification_lies_in_three_registers()
    {
        RpcMessage message = default;
        message.SelectIoPort();
        (message.IoPort.Start, message.IoPort.End) = (0x3f8, 0x3ff);
        ulong[] words = Registers();
        Assert.Equal(WireStatus.Ok, Framing.EncodeRequest(in message, Framing.DefaultMagic, words, out int count));
        Assert.Equal(3, count);
        Assert.Equal([0x00000000cafed00d, 0xff1007f808062208, 0x0000000000000007], words[..3]);
        Assert.All(words[3..], word => Assert.Equal(Junk, word));
    }

    [Fact]
    [Rule("RPC:T3")]
    public void A_reply_begins_in_register_0_without_magic()
    {
        RpcMessage message = default;
        message.SelectRet();
        message.Ret.ErrorCode = 10;
        ulong[] words = Registers();
        Assert.Equal(WireStatus.Ok, Framing.EncodeReply(in message, words, out int count));
        Assert.Equal(1, count);
        RpcMessage decoded = default;
        Assert.Equal(WireStatus.Ok, Framing.DecodeReply(words, count, ref decoded));
        Assert.Equal(10u, decoded.Ret.ErrorCode);
        Assert.Equal(0x0000000a08020a04ul, words[0]);
    }

    [Fact]
    [Rule("RPC:T8", "RPC:D24")]
    public void The_bytes_after_the_stream_are_zero_up_to_the_word()
    {
        RpcMessage message = default;
        message.SelectMemory();
        for (ulong value = 1; value != 0; value <<= 1)
        {
            message.Memory.Address = value;
            ulong[] words = Registers();
            Framing.EncodeRequest(in message, 7, words, out int count);
            int streamBytes = Codec.Encode(in message).Length;
            Assert.Equal(1 + (streamBytes + 7) / 8, count);
            var bytes = Bytes(words)[8..(8 * count)];
            Assert.True(bytes[streamBytes..].IndexOfAnyExcept((byte)0) < 0);
        }
    }

    [Fact]
    [Rule("RPC:T9")]
    public void Words_beyond_the_length_are_never_looked_at()
    {
        foreach (GoldenVector vector in GoldenVector.All.Where(vector => vector.Kind == "canonical"))
        {
            ulong[] words = Registers();
            vector.Bytes.CopyTo(Bytes(words)[8..]);
            RpcMessage message = default;
            int enough = 1 + (vector.Bytes.Length + 7) / 8;
            Assert.Equal(WireStatus.Ok, Framing.DecodeRequest(words, enough, ref message));
            for (int length = 0; length < enough; length++)
            {
                Assert.Equal(WireStatus.NeedMoreData, Framing.DecodeRequest(words, length, ref message));
            }
        }
    }

    [Fact]
    [Rule("RPC:T6", "RPC:T7", "RPC:R22", "RPC:D23")]
    public void The_longest_stream_has_952_bytes_and_one_more_changes_nothing()
    {
        RpcMessage message = default;
        message.SelectRet();
        for (int i = 0; i < RpcMessage.RecordCapacity; i++) message.AddRecord();
        int room = Framing.MaxBytes - Codec.Encode(in message).Length;
        for (int i = 0; room > 0; i++)
        {
            // An empty label costs nothing; one of n bytes costs 2 + n.
            int length = Math.Min(ShortText.Capacity, room - 2);
            message.Record[i].Label.Set(new string('x', length).Select(letter => (byte)letter).ToArray());
            room = Framing.MaxBytes - Codec.Encode(in message).Length;
        }
        ulong[] words = Registers();
        Assert.Equal(WireStatus.Ok, Framing.EncodeRequest(in message, 7, words, out int count));
        Assert.Equal(Framing.MaxWords, count);
        message.Ret.Granted = 1;
        words = Registers();
        Assert.Equal(WireStatus.BufferTooSmall, Framing.EncodeRequest(in message, 7, words, out count));
        Assert.Equal(0, count);
        Assert.Equal(WireStatus.BufferTooSmall, Framing.EncodeReply(in message, words, out _));
        Assert.All(words, word => Assert.Equal(Junk, word));
    }

    [Fact]
    [Rule("RPC:T7")]
    public void A_length_above_120_words_counts_as_120()
    {
        ulong[] words = Registers();
        var stream = Bytes(words);
        stream.Clear();
        stream[0] = 0xbf;  // 959 = 960 - 1, more than fits with its prefix of two bytes
        stream[1] = 0x07;
        RpcMessage message = default;
        Assert.Equal(WireStatus.NeedMoreData, Framing.DecodeReply(words, 127, ref message));
    }

    private static Span<byte> Bytes(ulong[] words) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan());

    private static ulong[] Registers()
    {
        var words = new ulong[Framing.MaxWords];
        Array.Fill(words, Junk);
        return words;
    }
}
