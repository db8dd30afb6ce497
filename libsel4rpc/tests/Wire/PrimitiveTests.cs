// SPDX-License-Identifier: BSD-2-Clause
using System.Text;
using Sel4.Rpc.Wire;

namespace Sel4.Tests.Rpc;

/// <summary>Varints, texts, and the storage of repeated fields.</summary>
public unsafe class PrimitiveTests
{
    [Fact]
    [Rule("RPC:M1")]
    public void Varints_are_as_short_as_they_can_be_and_read_back()
    {
        var random = new Random(3);
        byte* buffer = stackalloc byte[Varint.MaxBytes];
        for (int i = 0; i < 100_000; i++)
        {
            ulong value = RandomMessage.Number(random);
            int length = (int)(Varint.Write(buffer, value) - buffer);
            int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount(value | 1);
            Assert.Equal((bits + 6) / 7, length);
            Assert.Equal(length, Varint.ByteCount(value));
            byte* position = buffer;
            Assert.Equal(WireStatus.Ok, Varint.Read(ref position, buffer + length, out ulong back));
            Assert.Equal(value, back);
            position = buffer;
            Assert.Equal(WireStatus.Truncated, Varint.Read(ref position, buffer + length - 1, out _));
        }
    }

    [Fact]
    [Rule("RPC:R4")]
    public void A_long_text_is_cut_before_the_character_that_does_not_fit()
    {
        ShortText text = default;
        text.Set(Encoding.UTF8.GetBytes(new string('a', 63) + "é"));
        Assert.True(text.IsCut);
        Assert.Equal(63, text.Length);
        text.Set(Encoding.UTF8.GetBytes(new string('a', 62) + "é"));
        Assert.False(text.IsCut);
        Assert.Equal(64, text.Length);
        Assert.Equal((byte)0xa9, text[63]);
    }

    [Fact]
    [Rule("RPC:R4")]
    public void A_text_of_continuation_bytes_alone_is_cut_to_nothing()
    {
        ShortText text = default;
        text.Set(Enumerable.Repeat((byte)0x80, 65).ToArray());
        Assert.True(text.IsCut);
        Assert.Equal(0, text.Length);
    }

    [Fact]
    public void A_text_knows_its_own_bytes()
    {
        ShortText text = default;
        text.Set("dma"u8);
        Assert.True(text.Is("dma"u8));
        Assert.False(text.Is("dmb"u8));
        Assert.False(text.Is("dm"u8));
        var two = new byte[2];
        Assert.Equal(2, text.CopyTo(two));
        Assert.Equal("dm"u8, two);
        text.Clear();
        Assert.True(text.IsEmpty);
    }

    [Fact]
    public void Entries_beyond_the_capacity_are_counted_but_still_checked()
    {
        byte[] record = [0xaa, 0x01, 0x02, 0x10, 0x01];  // field 21 with kind 1
        byte[] many = [.. Enumerable.Repeat(record, RpcMessage.RecordCapacity + 3).SelectMany(bytes => bytes)];
        RpcMessage message = default;
        Assert.Equal(WireStatus.Ok, Framing.DecodeDelimited(Codec.Delimited(many), ref message));
        Assert.Equal(RpcMessage.RecordCapacity, message.RecordCount);
        Assert.Equal(3, message.RecordDropped);
        Assert.Equal(-1, message.AddRecord());
        many[^2] = 0x17;  // kind with wire type 7, in the last one
        Assert.Equal(WireStatus.WrongWireType, Framing.DecodeDelimited(Codec.Delimited(many), ref message));
    }

    [Fact]
    public void A_writer_without_room_drops_the_rest_and_says_so()
    {
        byte* buffer = stackalloc byte[4];
        var writer = new MessageWriter(buffer, 3);
        writer.WriteField(0x08, 1);
        writer.WriteField(0x10, 0x80);
        writer.WriteField(0x18, 1);
        Assert.Equal(WireStatus.BufferTooSmall, writer.Status);
        Assert.True(writer.Position - buffer <= 3);
    }
}
