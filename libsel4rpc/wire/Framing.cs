// SPDX-License-Identifier: BSD-2-Clause
using System;

namespace Sel4.Rpc.Wire;

/// <summary>How a message lies in the message registers of an IPC, and how one is delimited.</summary>
/// <remarks>
/// A delimited stream is the length of the message as a varint and then the message (RPC:T4). In a request it begins at
/// the first byte of register 1, because register 0 carries the magic word (RPC:T2); in a reply at the first byte of
/// register 0 (RPC:T3). Byte i of the stream is byte i of the registers regarded as memory (RPC:T5), which are the 120
/// words of an IPC buffer's <c>msg</c> array. This code is for little-endian machines.
/// </remarks>
public static unsafe class Framing
{
    /// <summary>Bytes in a message register.</summary>
    public const int WordBytes = 8;

    /// <summary>Message registers in an IPC.</summary>
    public const int MaxWords = 120;

    /// <summary>The longest stream that we send, length prefix included. A request has no room for more (RPC:T7, RPC:R22).</summary>
    public const int MaxBytes = (MaxWords - 1) * WordBytes;

    /// <summary>The magic word that the C library uses by default (RPC:T10).</summary>
    public const ulong DefaultMagic = 0xcafed00d;

    /// <summary>The magic word of sel4test, which is also that protocol's message code (RPC:T10).</summary>
    public const ulong TestMagic = 7;

    /// <summary>Register in which the stream of a request begins.</summary>
    public const int RequestBase = 1;

    /// <summary>Register in which the stream of a reply begins.</summary>
    public const int ReplyBase = 0;

    /// <summary>Places a request.</summary>
    /// <param name="words">The message registers.</param>
    /// <param name="wordCount">The length for the MessageInfo; 0 on an error.</param>
    /// <remarks>Errors: BufferTooSmall; the words are then unchanged.</remarks>
    public static WireStatus EncodeRequest(in RpcMessage message, ulong magic, Span<ulong> words, out int wordCount)
    {
        WireStatus status = Encode(in message, words, RequestBase, out wordCount);
        if (status == WireStatus.Ok) words[0] = magic;
        return status;
    }

    /// <summary>Places a reply.</summary>
    /// <param name="words">The message registers.</param>
    /// <param name="wordCount">The length for the MessageInfo; 0 on an error.</param>
    /// <remarks>Errors: BufferTooSmall; the words are then unchanged.</remarks>
    public static WireStatus EncodeReply(in RpcMessage message, Span<ulong> words, out int wordCount) =>
        Encode(in message, words, ReplyBase, out wordCount);

    /// <summary>Places bytes as they are where a request would be.</summary>
    /// <remarks>Errors: BufferTooSmall; the words are then unchanged.</remarks>
    public static WireStatus PlaceRequest(ReadOnlySpan<byte> stream, ulong magic, Span<ulong> words, out int wordCount)
    {
        wordCount = 0;
        int count = RequestBase + (stream.Length + WordBytes - 1) / WordBytes;
        if (count > words.Length) return WireStatus.BufferTooSmall;
        words[count - 1] = 0;
        words[0] = magic;
        fixed (ulong* first = words)
        {
            var target = (byte*)(first + RequestBase);
            for (int i = 0; i < stream.Length; i++) target[i] = stream[i];
        }
        wordCount = count;
        return WireStatus.Ok;
    }

    /// <summary>Reads a request out of registers of which <paramref name="length"/> are valid.</summary>
    public static WireStatus DecodeRequest(ReadOnlySpan<ulong> words, int length, ref RpcMessage message) =>
        Decode(words, RequestBase, length, ref message);

    /// <summary>Reads a reply out of registers of which <paramref name="length"/> are valid.</summary>
    public static WireStatus DecodeReply(ReadOnlySpan<ulong> words, int length, ref RpcMessage message) =>
        Decode(words, ReplyBase, length, ref message);

    /// <summary>Writes a delimited stream.</summary>
    /// <param name="byteCount">Its length; 0 on an error.</param>
    /// <remarks>Errors: BufferTooSmall; the target is then unchanged.</remarks>
    public static WireStatus EncodeDelimited(in RpcMessage message, byte* target, int capacityBytes, out int byteCount)
    {
        int payloadBytes = message.ByteCount();
        int totalBytes = payloadBytes + Varint.ByteCount((ulong)payloadBytes);
        byteCount = 0;
        if (totalBytes > capacityBytes) return WireStatus.BufferTooSmall;
        return Write(in message, target, capacityBytes, payloadBytes, totalBytes, out byteCount);
    }

    /// <summary>Reads a delimited stream; what follows it is padding and is not looked at (RPC:T8).</summary>
    /// <remarks>
    /// Errors: NeedMoreData when the stream is shorter than it announces; VarintTooLong for a length prefix that never
    /// ends; else what <see cref="MessageReader"/> found. The message is then incomplete and says nothing.
    /// </remarks>
    public static WireStatus DecodeDelimited(byte* source, int availableBytes, ref RpcMessage message)
    {
        message.Clear();
        byte* position = source;
        byte* end = source + availableBytes;
        ulong payloadBytes = position < end ? *position++ : 0x80u;
        if (payloadBytes >= 0x80)
        {
            position = source;
            WireStatus status = Varint.Read(ref position, end, out payloadBytes);
            if (status == WireStatus.Truncated) return WireStatus.NeedMoreData;
            if (status != WireStatus.Ok) return status;
        }
        if (payloadBytes > (ulong)(end - position)) return WireStatus.NeedMoreData;
        var reader = new MessageReader(position, (int)payloadBytes);
        message.Merge(ref reader);
        return reader.Status;
    }

    /// <summary>Writes a delimited stream into a span.</summary>
    public static WireStatus EncodeDelimited(in RpcMessage message, Span<byte> target, out int byteCount)
    {
        fixed (byte* first = target) return EncodeDelimited(in message, first, target.Length, out byteCount);
    }

    /// <summary>Reads a delimited stream from a span.</summary>
    public static WireStatus DecodeDelimited(ReadOnlySpan<byte> source, ref RpcMessage message)
    {
        fixed (byte* first = source) return DecodeDelimited(first, source.Length, ref message);
    }

    private static WireStatus Encode(in RpcMessage message, Span<ulong> words, int firstWord, out int wordCount)
    {
        const int shortWords = (1 + RpcMessage.MaxShortBytes + WordBytes - 1) / WordBytes;
        if (message.IsShort && words.Length - firstWord >= shortWords)
        {
            fixed (ulong* first = words) wordCount = firstWord + EncodeShort(in message, first + firstWord);
            return WireStatus.Ok;
        }
        int payloadBytes = message.ByteCount();
        int totalBytes = payloadBytes + Varint.ByteCount((ulong)payloadBytes);
        int count = firstWord + (totalBytes + WordBytes - 1) / WordBytes;
        wordCount = 0;
        if (totalBytes > MaxBytes || count > words.Length) return WireStatus.BufferTooSmall;
        words[count - 1] = 0;  // RPC:T8, the unused bytes of the last word must not leak what was there before
        WireStatus status;
        fixed (ulong* first = words)
        {
            int capacityBytes = (words.Length - firstWord) * WordBytes;
            status = Write(in message, (byte*)(first + firstWord), capacityBytes, payloadBytes, totalBytes, out _);
        }
        if (status == WireStatus.Ok) wordCount = count;
        return status;
    }

    /// <summary>
    /// Writes a message that is known to fit, so that its size need not be computed first: its length has one byte, which is
    /// filled in afterwards. Returns how many words it takes.
    /// </summary>
    private static int EncodeShort(in RpcMessage message, ulong* words)
    {
        var target = (byte*)words;
        var writer = new MessageWriter(target + 1, RpcMessage.MaxShortBytes);
        message.WriteMemberTo(ref writer);
        int totalBytes = (int)(writer.Position - target);
        *target = (byte)(totalBytes - 1);
        int used = totalBytes % WordBytes;
        if (used != 0) words[totalBytes / WordBytes] &= (1ul << (8 * used)) - 1;  // RPC:T8
        return (totalBytes + WordBytes - 1) / WordBytes;
    }

    private static WireStatus Decode(ReadOnlySpan<ulong> words, int firstWord, int length, ref RpcMessage message)
    {
        if (length > words.Length) length = words.Length;  // as the kernel does with a length field above 120
        int availableWords = length - firstWord;
        if (availableWords < 1)
        {
            message.Clear();
            return WireStatus.NeedMoreData;
        }
        fixed (ulong* first = words)
        {
            return DecodeDelimited((byte*)(first + firstWord), availableWords * WordBytes, ref message);
        }
    }

    private static WireStatus Write(
        in RpcMessage message, byte* target, int capacityBytes, int payloadBytes, int totalBytes, out int byteCount)
    {
        var writer = new MessageWriter(target, capacityBytes);
        writer.WriteVarint((ulong)payloadBytes);
        message.WriteTo(ref writer);
        byteCount = (int)(writer.Position - target);
        // ByteCount and WriteTo come from one description; a stream with a wrong prefix must never leave all the same.
        return byteCount == totalBytes ? writer.Status : WireStatus.BufferTooSmall;
    }
}
